package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.secrets.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of security devices: which column keeps which field, and the secret sealed. */
@Component
class DeviceTable {

    private final JdbcClient database;
    private final Vault vault;
    private final Clouds clouds;
    private final InstantSource clock;

    DeviceTable(JdbcClient database, Vault vault, Clouds clouds, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.clouds = clouds;
        this.clock = clock;
    }

    private static final String PRESENT = """
            select d.*, o.id as owner_id, o.name as owner_name, o.short_name as owner_short_name
            from security_device d
            join tenant t on t.tenant_id = d.directory_id
            join organization o on o.id = t.organization_id
            where d.deleted_at is null""";

    private static final String ALL = PRESENT + " and {scope} order by lower(d.name), d.id";

    /** All devices that were not removed, by name. */
    List<SecurityDevice> all(Scope scope) {
        return scope.tenants(database, ALL, "d.directory_id")
                .query((row, number) -> device(row))
                .list();
    }

    private static final String SEARCH = PRESENT + """
             and (d.name ilike :pattern or d.location ilike :pattern
                  or d.directory_id::text = lower(:text) or d.application_id::text = lower(:text) or d.id::text = lower(:text))
             and {scope}
            order by length(d.name), lower(d.name), d.id limit :limit
            """;

    /** Devices with a text in their name or location, or with one of their ids. */
    List<SecurityDevice> search(Scope scope, String text, int limit) {
        return scope.tenants(database, SEARCH, "d.directory_id")
                .param("text", Columns.text(text))
                .param("pattern", Columns.containing(text))
                .param("limit", limit)
                .query((row, number) -> device(row))
                .list();
    }

    private static final String NAMED = """
            select d.id, d.name from security_device d
            where d.deleted_at is null and d.name ilike :pattern and {scope}
            order by lower(d.name), d.id limit :limit
            """;

    /** Names of devices that were not removed and have a text in their name, by name. */
    List<SecurityDevices.Named> named(Scope scope, String part, int limit) {
        return scope.tenants(database, NAMED, "d.directory_id")
                .param("pattern", Columns.containing(part))
                .param("limit", limit)
                .query((row, number) ->
                        new SecurityDevices.Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    private static final String OF_TENANT =
            PRESENT + " and d.directory_id = :tenant and {scope} order by d.created_at, d.id";

    /** The devices of a directory that were not removed, the first one first. */
    List<SecurityDevice> of(Scope scope, TenantId tenant) {
        return scope.tenants(database, OF_TENANT, "d.directory_id")
                .param("tenant", tenant.value())
                .query((row, number) -> device(row))
                .list();
    }

    private static final String EDITIONS = """
            select directory_id, string_agg(xmin::text, ' ' order by id) as edition
            from security_device where directory_id = any (:tenants) and deleted_at is null group by directory_id
            """;

    /** Texts that change with any device of a tenant; of tenants without a device there is none. */
    Map<TenantId, String> editions(Collection<TenantId> tenants) {
        var editions = new HashMap<TenantId, String>();
        database.sql(EDITIONS)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query(row -> {
                    editions.put(new TenantId(row.getObject("directory_id", UUID.class)), row.getString("edition"));
                });
        return editions;
    }

    private static final String ONE = PRESENT + " and d.id = :id and {scope}";

    /** The device with that id, unless it was removed. */
    Optional<SecurityDevice> find(Scope scope, UUID id) {
        return scope.tenants(database, ONE, "d.directory_id")
                .param("id", id)
                .query((row, number) -> device(row))
                .optional();
    }

    private static SecurityDevice device(ResultSet row) throws SQLException {
        return new SecurityDevice(
                row.getObject("id", UUID.class),
                DeviceKind.of(row.getString("kind")).orElse(DeviceKind.USUAL),
                row.getString("name"),
                row.getString("location"),
                new TenantId(row.getObject("directory_id", UUID.class)),
                new ApplicationId(row.getObject("application_id", UUID.class)),
                row.getString("cloud"),
                new DeviceOrganization(
                        row.getObject("owner_id", UUID.class),
                        row.getString("owner_name"),
                        row.getString("owner_short_name")),
                new DeviceCredential(
                        DeviceCredential.Kind.of(row.getString("credential")),
                        Optional.ofNullable(row.getString("credential_id")),
                        Columns.optionalInstant(row, "credential_expires_at")),
                row.getBoolean("enabled"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private static final String INSERT = """
            insert into security_device (id, kind, name, location, directory_id, application_id, cloud,
                                         credential, sealed_secret, credential_id, credential_expires_at,
                                         created_at, updated_at)
            select device.*, :now, :now
            from unnest(:ids::uuid[], :kinds::text[], :names::text[], :locations::text[], :directories::uuid[], :applications::uuid[],
                        :clouds::text[], :credentials::text[], :secrets::bytea[], :keys::text[], :expiries::timestamptz[]) device
            on conflict do nothing
            returning id
            """;

    /**
     * A device that is about to be added.
     *
     * @param id what it will have
     * @param draft without errors
     */
    record NewDevice(UUID id, DeviceDraft draft) {

        String text(DeviceField field) {
            return draft.text(field);
        }

        DeviceKind kind() {
            return draft.kind().orElseThrow();
        }

        TenantId directory() {
            return TenantId.parse(text(DeviceField.DIRECTORY_ID));
        }
    }

    /** Adds devices; those whose directory another device of their kind has by now are left out. */
    Set<UUID> insert(List<NewDevice> devices) {
        return database.sql(INSERT)
                .param("ids", texts(devices, NewDevice::id))
                .param("kinds", texts(devices, device -> device.kind().key()))
                .param("names", texts(devices, device -> device.text(DeviceField.NAME)))
                .param("locations", texts(devices, device -> device.text(DeviceField.LOCATION)))
                .param("directories", texts(devices, NewDevice::directory))
                .param(
                        "applications",
                        texts(devices, device -> ApplicationId.parse(device.text(DeviceField.APPLICATION_ID))))
                .param("clouds", texts(devices, device -> cloudOf(device.draft())))
                .param(
                        "credentials",
                        texts(devices, device -> kindOf(device.draft().credential())))
                .param(
                        "secrets",
                        devices.stream()
                                .map(device -> vault.seal(device.draft().credential(), device.id()))
                                .toArray(byte[][]::new))
                .param("keys", texts(devices, device -> device.draft().credentialId()))
                .param(
                        "expiries",
                        texts(
                                devices,
                                device ->
                                        Columns.optionalTimestamp(device.draft().expires())))
                .param("now", Columns.timestamp(clock.instant()))
                .query((row, number) -> row.getObject("id", UUID.class))
                .set();
    }

    private static @Nullable String[] texts(List<NewDevice> devices, Function<NewDevice, @Nullable Object> column) {
        return devices.stream()
                .map(column)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    private static final String LOCK = "select true from security_device where id = :id for update";

    /** Keeps others from changing a device until the transaction of this thread ends. */
    void lock(UUID id) {
        database.sql(LOCK).param("id", id).query(Boolean.class).optional();
    }

    private static final String UPDATE = """
            update security_device
            set name = :name, location = :location, directory_id = :directory, application_id = :application,
                cloud = :cloud, updated_at = :now
            where id = :id and deleted_at is null
            """;

    /** Changes everything but what the device signs in with. */
    void update(UUID id, DeviceDraft draft) {
        database.sql(UPDATE)
                .param("id", id)
                .param("name", draft.text(DeviceField.NAME))
                .param("location", draft.text(DeviceField.LOCATION))
                .param(
                        "directory",
                        TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)).value())
                .param(
                        "application",
                        ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID))
                                .value())
                .param("cloud", cloudOf(draft))
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private static final String UPDATE_EXPIRY =
            "update security_device set credential_expires_at = :expires where id = :id";

    /** Changes only when the secret ends. */
    void updateExpiry(UUID id, Optional<Instant> expires) {
        database.sql(UPDATE_EXPIRY)
                .param("id", id)
                .param("expires", Columns.optionalTimestamp(expires))
                .update();
    }

    private static final String UPDATE_SECRET = """
            update security_device
            set sealed_secret = :secret, credential = :kind, credential_id = :key, credential_expires_at = :expires
            where id = :id and directory_id = :directory and application_id = :application and deleted_at is null
            """;

    /**
     * Puts a secret or certificate in place of the one that a device has.
     *
     * @param keyId Microsoft's id of it; null when nobody knows
     * @return whether it was done; not, when the device was removed or has another directory or application by now
     */
    boolean updateCredential(
            UUID id,
            TenantId directory,
            ApplicationId application,
            Credential credential,
            @Nullable String keyId,
            Optional<Instant> expires) {
        return database.sql(UPDATE_SECRET)
                        .param("id", id)
                        .param("directory", directory.value())
                        .param("application", application.value())
                        .param("secret", vault.seal(credential, id))
                        .param("kind", kindOf(credential))
                        .param("key", keyId)
                        .param("expires", Columns.optionalTimestamp(expires))
                        .update()
                > 0;
    }

    private static final String OF_APPLICATION = """
            select id from security_device
            where directory_id = :directory and application_id = :application and deleted_at is null
            order by created_at, id
            """;

    /** The devices that sign in as an application. */
    List<UUID> of(TenantId directory, ApplicationId application) {
        return database.sql(OF_APPLICATION)
                .param("directory", directory.value())
                .param("application", application.value())
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    private static final String DELETE = """
            update security_device set deleted_at = :now, updated_at = :now where id = :id and deleted_at is null
            """;

    void delete(UUID id) {
        database.sql(DELETE)
                .param("id", id)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private static final String ENABLE = """
            update security_device set enabled = :enabled, updated_at = :now where id = :id and deleted_at is null
            """;

    void setEnabled(UUID id, boolean enabled) {
        database.sql(ENABLE)
                .param("id", id)
                .param("enabled", enabled)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private static final String SEALED = "select sealed_secret from security_device where id = :id";

    /** What a device signs in with, sealed. */
    byte[] sealed(UUID id) {
        return database.sql(SEALED).param("id", id).query(byte[].class).single();
    }

    private String cloudOf(DeviceDraft draft) {
        return clouds.named(draft.text(DeviceField.CLOUD)).orElseThrow().name();
    }

    private static String kindOf(Credential credential) {
        return DeviceCredential.Kind.of(credential).key();
    }
}
