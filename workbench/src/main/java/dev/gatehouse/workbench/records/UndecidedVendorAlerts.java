package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The vendor alerts whose present version no detection rule has looked at yet. A row is written in the transaction that
 * stores a version, and taken away in the one that stores what the rules made of it, so none is ever passed over.
 */
@Component
public class UndecidedVendorAlerts {

    private final JdbcClient database;
    private final Fence fence;
    private final Reread reread;
    private final FreshVendorAlerts fresh;

    UndecidedVendorAlerts(JdbcClient database, Fence fence, Reread reread, FreshVendorAlerts fresh) {
        this.database = database;
        this.fence = fence;
        this.reread = reread;
        this.fresh = fresh;
    }

    /**
     * One of them.
     *
     * @param id of the vendor alert, as its table has it
     * @param version its present version
     * @param alert what it says; empty when it cannot be read again
     * @param fault why it cannot be read; empty when it can
     */
    public record Undecided(String id, ContentHash version, Optional<VendorAlert> alert, String fault) {}

    private static final String NEXT = """
            select u.id, u.version from undecided_vendor_alert u
            where u.tenant_id = :tenant and (u.next_at is null or u.next_at <= :now)
            order by u.since, u.id
            limit :limit
            """;

    /**
     * The next ones of a tenant, those that have waited longest first.
     *
     * @param now by our clock; what was tried in vain waits for its time
     */
    public List<Undecided> next(TenantId tenant, Instant now, int limit) {
        record Key(String id, ContentHash version) {}
        var keys = database.sql(NEXT)
                .param("tenant", tenant.value())
                .param("now", Columns.timestamp(now))
                .param("limit", limit)
                .query((row, number) -> new Key(row.getString("id"), new ContentHash(row.getBytes("version"))))
                .list();
        var found = new HashMap<Key, Undecided>();
        var missing = new ArrayList<Key>();
        for (var key : keys) {
            fresh.take(tenant, key.id(), key.version())
                    .ifPresentOrElse(
                            alert -> found.put(key, new Undecided(key.id(), key.version(), Optional.of(alert), "")),
                            () -> missing.add(key));
        }
        if (!missing.isEmpty()) {
            database.sql(ORIGINALS)
                    .param("tenant", tenant.value())
                    .param("ids", missing.stream().map(Key::id).toArray(String[]::new))
                    .param(
                            "versions",
                            missing.stream().map(key -> key.version().bytes()).toArray(byte[][]::new))
                    .query(row -> {
                        var key = new Key(row.getString("id"), new ContentHash(row.getBytes("version")));
                        found.put(key, read(tenant, key.id(), key.version(), row.getBytes("original")));
                    });
        }
        return keys.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static final String ORIGINALS = """
            select v.id, v.version, v.original
            from unnest(:ids::text[], :versions::bytea[]) as wanted (id, version)
            join vendor_alert_version v on v.tenant_id = :tenant and v.id = wanted.id and v.version = wanted.version
            """;

    /** One that cannot be read keeps none of the others from it. */
    private Undecided read(TenantId tenant, String id, ContentHash version, byte[] original) {
        try {
            var alert = (VendorAlert) reread.read(tenant, Feed.ALERTS, Compressed.inflate(original));
            return new Undecided(id, version, Optional.of(alert), "");
        } catch (IllegalStateException e) {
            return new Undecided(id, version, Optional.empty(), "It cannot be read again: " + e.getMessage());
        }
    }

    private static final String DECIDED = """
            delete from undecided_vendor_alert u
            using unnest(:ids::text[], :versions::bytea[]) as done (id, version)
            where u.tenant_id = :tenant and u.id = done.id and u.version = done.version
            """;

    /**
     * Takes away those that were decided; a part of the transaction that stores the decision. One that has a newer version
     * meanwhile stays.
     */
    public void decided(TenantId tenant, Collection<Undecided> done) {
        fence.run(() -> database.sql(DECIDED)
                .param("tenant", tenant.value())
                .param("ids", done.stream().map(Undecided::id).toArray(String[]::new))
                .param(
                        "versions",
                        done.stream().map(each -> each.version().bytes()).toArray(byte[][]::new))
                .update());
    }

    private static final String FAILED = """
            update undecided_vendor_alert set
                attempts = attempts + 1,
                fault    = :fault,
                next_at  = :now::timestamptz + least(interval '1 minute' * power(2, least(attempts, 10)), interval '1 hour')
            where tenant_id = :tenant and id = :id and version = :version
            """;

    /** Notes why one could not be decided. It is tried again after a minute, later each time, and within the hour. */
    public void failed(TenantId tenant, Undecided one, String fault, Instant now) {
        fence.run(() -> database.sql(FAILED)
                .param("tenant", tenant.value())
                .param("id", one.id())
                .param("version", one.version().bytes())
                .param("fault", Columns.text(fault))
                .param("now", Columns.timestamp(now))
                .update());
    }

    /**
     * That a vendor alert is not decided yet.
     *
     * @param since when its present version came
     * @param attempts how often it was tried in vain
     * @param fault why it could not be decided; empty when it was not tried yet
     */
    public record Waiting(Instant since, int attempts, String fault) {}

    private static final String WAITING = """
            select since, attempts, coalesce(fault, '') as fault from undecided_vendor_alert
            where tenant_id = :tenant and id = :id and {scope}
            """;

    /** Whether a vendor alert still waits for the rules. */
    public Optional<Waiting> waiting(Scope scope, TenantId tenant, String id) {
        return scope.tenants(database, WAITING, "tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) ->
                        new Waiting(Columns.instant(row, "since"), row.getInt("attempts"), row.getString("fault")))
                .optional();
    }

    private static final String COUNT =
            "select count(*) from (select from undecided_vendor_alert where {scope} limit 10001) w";

    /** How many wait; more than ten thousand count as that and one. */
    public long count(Scope scope) {
        return scope.tenants(database, COUNT, "tenant_id").query(Long.class).single();
    }

    /** Puts vendor alerts that have just got a new present version in line. */
    static final String INSERT = """
            insert into undecided_vendor_alert (tenant_id, id, version, since)
            select :tenant, u.id, u.version, :now from unnest(:ids::text[], :versions::bytea[]) as u (id, version)
            on conflict (tenant_id, id) do update set version = excluded.version, attempts = 0, next_at = null, fault = null
            """;
}
