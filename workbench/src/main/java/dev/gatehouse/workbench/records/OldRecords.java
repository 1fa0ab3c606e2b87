package dev.gatehouse.workbench.records;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes vendor alerts, vendor incidents and superseded versions that are kept no longer, in portions: however many there are,
 * each table is one statement a portion. What is removed and comes again is new.
 *
 * <p>Whoever stores a page locks the row of the current record before anything of it is written for good, and so does whoever
 * removes it. So one comes after the other: what was stored first is looked at again and stays, and what comes right after its
 * removal is stored as new, with all that belongs to it.
 */
@Component
public class OldRecords {

    private final JdbcClient database;
    private final Fence fence;

    OldRecords(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    /**
     * What a vendor alert or a vendor incident is known by.
     *
     * @param id as its table has it
     */
    public record Key(TenantId tenant, String id) {

        static Key of(ResultSet row) throws SQLException {
            return new Key(new TenantId(row.getObject("tenant_id", UUID.class)), row.getString("id"));
        }
    }

    /**
     * A place in the order in which records are looked at.
     *
     * @param at a moment, by our clock
     * @param key of the last one
     */
    public record Place(Instant at, Key key) {

        /** Before all of them. */
        public static final Place FIRST = new Place(Instant.EPOCH, new Key(new TenantId(new UUID(0, 0)), ""));
    }

    /**
     * What became of a portion.
     *
     * @param records how many vendor alerts or vendor incidents were removed
     * @param versions how many versions, those of removed records included
     * @param next behind which the next portion begins; empty after the last one
     */
    public record Portion(int records, int versions, Optional<Place> next) {}

    private static final Portion NOTHING = new Portion(0, 0, Optional.empty());

    // Vendor alerts

    private static final String HOLD = """
            select a.tenant_id, a.id
            from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            join vendor_alert a on a.tenant_id = k.tenant_id and a.id = k.id
            where a.last_changed_at < :before
            order by a.tenant_id, a.id
            for update of a skip locked
            """;

    // Asked when all are held: what waits for the rules has come with a change of its vendor alert.
    private static final String STAYING = """
            select k.tenant_id, k.id
            from unnest(:tenants::uuid[], :ids::text[], :held::boolean[]) as k (tenant_id, id, is_held)
            where exists (select from undecided_vendor_alert u where u.tenant_id = k.tenant_id and u.id = k.id)
               or not k.is_held and exists (select from vendor_alert a where a.tenant_id = k.tenant_id and a.id = k.id)
            """;

    /**
     * Holds vendor alerts until the transaction ends, for whoever wants to {@linkplain #remove remove} them in it. Only inside
     * {@link Fence#write}.
     *
     * @return those that have to stay: they have changed since, the rules have not looked at them yet, or somebody else holds them
     */
    public Set<Key> holdAllBut(Collection<Key> vendorAlerts, Instant before) {
        var wanted = List.copyOf(vendorAlerts);
        var held = new HashSet<>(of(HOLD, wanted)
                .param("before", Columns.timestamp(before))
                .query((row, number) -> Key.of(row))
                .list());
        return new HashSet<>(of(STAYING, wanted)
                .param("held", wanted.stream().map(held::contains).toArray(Boolean[]::new))
                .query((row, number) -> Key.of(row))
                .list());
    }

    private static final String REMOVE_VERSIONS = """
            delete from {table}_version v using unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            where v.tenant_id = k.tenant_id and v.id = k.id
            """;

    private static final String REMOVE = """
            delete from {table} r using unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            where r.tenant_id = k.tenant_id and r.id = k.id
            """;

    /**
     * Removes vendor alerts that are {@linkplain #holdAllBut held}, with all their versions and entities; a part of the transaction
     * that removes their alerts. Their counters follow; how many came on which day stays.
     */
    public Portion remove(Collection<Key> vendorAlerts) {
        of(VendorAlertTable.REMOVE_ENTITIES, vendorAlerts).update();
        return removeAll("vendor_alert", vendorAlerts, Optional.empty());
    }

    private Portion removeAll(String table, Collection<Key> records, Optional<Place> next) {
        if (records.isEmpty()) {
            return new Portion(0, 0, next);
        }
        var versions = of(REMOVE_VERSIONS.replace("{table}", table), records).update();
        return new Portion(of(REMOVE.replace("{table}", table), records).update(), versions, next);
    }

    // Vendor incidents

    private static final String UNCHANGED_INCIDENTS = """
            select i.tenant_id, i.id, i.last_changed_at as at from vendor_incident i
            where i.last_changed_at < :before and (i.last_changed_at, i.tenant_id, i.id) > (:at, :tenant, :id)
            order by i.last_changed_at, i.tenant_id, i.id limit :most
            """;

    // In the order in which pages lock them.
    private static final String FAMILIES = """
            with root as (
                select i.tenant_id, i.id
                from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
                join vendor_incident i on i.tenant_id = k.tenant_id and i.id = k.id
                where i.redirect_id = '' or not exists (select from vendor_incident s
                                                        where s.tenant_id = i.tenant_id and s.id = i.redirect_id)
            )
            select i.tenant_id, i.id, r.id as root, i.last_changed_at < :before as is_due
            from root r
            cross join lateral vendor_incident_members(r.tenant_id, r.id) as m (id)
            join vendor_incident i on i.tenant_id = r.tenant_id and i.id = m.id
            order by i.tenant_id, i.id collate "C"
            for update of i
            """;

    /**
     * Removes vendor incidents that have not changed for long, with all their versions. Those that were merged into one go with it,
     * when none of them has changed since: Gatehouse would ask Microsoft for what one was merged into and is not here.
     *
     * @param before which they changed last, by our clock
     * @param place behind which to go on
     * @param most how many to look at
     */
    public Portion removeVendorIncidents(Instant before, Place place, int most) {
        return fence.write(() -> {
            var unchanged = from(place, database.sql(UNCHANGED_INCIDENTS), before, most);
            if (unchanged.isEmpty()) {
                return NOTHING;
            }
            var families = new LinkedHashMap<Key, Family>();
            of(FAMILIES, unchanged.stream().map(Place::key).toList())
                    .param("before", Columns.timestamp(before))
                    .query(row -> {
                        var member = Key.of(row);
                        families.computeIfAbsent(
                                        new Key(member.tenant(), row.getString("root")),
                                        root -> new Family(new ArrayList<>(), new ArrayList<>()))
                                .add(member, row.getBoolean("is_due"));
                    });
            var due = families.values().stream()
                    .filter(family -> family.staying().isEmpty())
                    .flatMap(family -> family.due().stream())
                    .toList();
            return removeAll("vendor_incident", due, next(unchanged, most));
        });
    }

    /** A vendor incident and what was merged into it. */
    private record Family(List<Key> due, List<Key> staying) {

        void add(Key member, boolean isDue) {
            (isDue ? due : staying).add(member);
        }
    }

    // Versions

    private static final String SUPERSEDED = """
            select r.tenant_id, r.id, r.first_seen_at as at from {table} r
            where r.versions > 1 and r.first_seen_at < :before and (r.first_seen_at, r.tenant_id, r.id) > (:at, :tenant, :id)
            order by r.first_seen_at, r.tenant_id, r.id limit :most
            for update skip locked
            """;

    private static final String REMOVE_SUPERSEDED = """
            delete from {table}_version v
            using unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id), {table} r
            where r.tenant_id = k.tenant_id and r.id = k.id and v.tenant_id = r.tenant_id and v.id = r.id
              and v.version <> r.version and v.first_seen_at < :before
            returning v.tenant_id, v.id
            """;

    private static final String COUNT_VERSIONS = """
            update {table} r set versions = (select count(*) from {table}_version v where v.tenant_id = r.tenant_id and v.id = r.id)
            from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            where r.tenant_id = k.tenant_id and r.id = k.id
            """;

    /**
     * Removes superseded versions of vendor alerts. The current version stays, however long ago it came.
     *
     * @param before which they came, by our clock
     * @param place behind which to go on
     * @param most how many vendor alerts to look at
     */
    public Portion removeVersionsOfVendorAlerts(Instant before, Place place, int most) {
        return removeSuperseded("vendor_alert", before, place, most);
    }

    /** The same of vendor incidents. */
    public Portion removeVersionsOfVendorIncidents(Instant before, Place place, int most) {
        return removeSuperseded("vendor_incident", before, place, most);
    }

    private Portion removeSuperseded(String table, Instant before, Place place, int most) {
        Function<String, String> here = sql -> sql.replace("{table}", table);
        return fence.write(() -> {
            var superseded = from(place, database.sql(here.apply(SUPERSEDED)), before, most);
            if (superseded.isEmpty()) {
                return NOTHING;
            }
            var removed = of(
                            here.apply(REMOVE_SUPERSEDED),
                            superseded.stream().map(Place::key).toList())
                    .param("before", Columns.timestamp(before))
                    .query((row, number) -> Key.of(row))
                    .list();
            if (!removed.isEmpty()) {
                of(here.apply(COUNT_VERSIONS), Set.copyOf(removed)).update();
            }
            return new Portion(0, removed.size(), next(superseded, most));
        });
    }

    // What is common

    private static List<Place> from(Place place, JdbcClient.StatementSpec statement, Instant before, int most) {
        return statement
                .param("before", Columns.timestamp(before))
                .param("at", Columns.timestamp(place.at()))
                .param("tenant", place.key().tenant().value())
                .param("id", place.key().id())
                .param("most", most)
                .query((row, number) -> new Place(Columns.instant(row, "at"), Key.of(row)))
                .list();
    }

    private static Optional<Place> next(List<Place> places, int most) {
        return places.size() < most ? Optional.empty() : Optional.of(places.getLast());
    }

    private JdbcClient.StatementSpec of(String sql, Collection<Key> keys) {
        return database.sql(sql)
                .param("tenants", keys.stream().map(key -> key.tenant().value()).toArray(UUID[]::new))
                .param("ids", keys.stream().map(Key::id).toArray(String[]::new));
    }
}
