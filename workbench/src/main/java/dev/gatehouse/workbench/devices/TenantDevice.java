package dev.gatehouse.workbench.devices;

/**
 * The SQL that gives a row of a tenant the device that people know the tenant by. A tenant may have several devices, or only
 * removed ones.
 */
public final class TenantDevice {

    private static final String JOIN = """
            left join lateral (select s.id, s.name from security_device s where s.directory_id = %s
                               order by s.deleted_at desc nulls first, %s s.created_at, s.id limit 1) d on true
            """;

    private TenantDevice() {}

    /** A join with {@code d.id} and {@code d.name}: the first device of the tenant, a removed one if need be. */
    public static String join(String tenant) {
        return JOIN.formatted(tenant, "");
    }

    /**
     * The same, but the device that is asked for when it is one of the tenant's.
     *
     * @param asked a parameter with a device's id or null, e.g. {@code :device}
     */
    public static String join(String tenant, String asked) {
        return JOIN.formatted(tenant, "(s.id = cast(%s as uuid)) desc nulls last,".formatted(asked));
    }

    /** A condition that keeps to tenants that have a device. */
    public static String isThere(String tenant) {
        return "exists (select from security_device s where s.directory_id = %s and s.deleted_at is null)"
                .formatted(tenant);
    }

    /** A condition that keeps to the tenant of a device, when one is asked for. */
    public static String isOf(String tenant, String asked) {
        return "(cast(%2$s as uuid) is null or %1$s = (select directory_id from security_device where id = cast(%2$s as uuid)))"
                .formatted(tenant, asked);
    }
}
