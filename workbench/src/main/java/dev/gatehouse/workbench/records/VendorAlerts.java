package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.Verbatim;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.NearSearch;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds alerts for lists and opens them. */
@Component
public class VendorAlerts {

    private final JdbcClient database;
    private final Reread reread;
    private final Originals originals;

    VendorAlerts(JdbcClient database, Reread reread) {
        this.database = database;
        this.reread = reread;
        this.originals = new Originals(database, "vendor_alert");
    }

    private static final String SELECT = """
            select a.*, d.id as device_id, d.name as device_name,
                   array(select e.name from vendor_alert_entity e
                         where e.tenant_id = a.tenant_id and e.alert_id = a.id and e.kind not in ('sid', 'hash')
                         order by e.kind, e.name limit 6) as entities
            from vendor_alert a
            left join lateral (select s.id, s.name from security_device s where s.directory_id = a.tenant_id
                               order by s.kind = any (a.kinds) desc, s.deleted_at desc nulls first,
                                        array_position(a.kinds, s.kind), s.created_at limit 1) d on true
            """;

    /** What is counted for a filter that no counter is kept for; more than that is "more than". */
    public static final int COUNTED = 10_000;

    /**
     * Lists alerts. Which ones is found by their keys, and what a row shows is looked up for these alone.
     *
     * @param offset how many to skip
     * @param limit how many to give at most
     */
    public Slice<VendorAlertRow> list(
            Scope scope, VendorAlertFilter filter, VendorAlertOrder order, int offset, int limit) {
        var conditions = Conditions.of(scope, filter);
        var keys = filter.text().isEmpty()
                ? keys(conditions, order, offset, limit + 1)
                : search(conditions, filter, order, offset, limit + 1);
        var rows = rows(keys.subList(0, Math.min(limit, keys.size())), order);
        var read = offset + (long) rows.size();
        if (keys.size() <= limit && (!keys.isEmpty() || offset == 0)) {
            return new Slice<>(rows, offset, read);
        }
        if (!filter.text().isEmpty()) {
            return new Slice<>(rows, offset, keys.isEmpty() ? 0 : read + 1, false);
        }
        var count = count(scope, filter, conditions);
        return count <= COUNTED || filter.isCounted()
                ? new Slice<>(rows, offset, count)
                : new Slice<>(rows, offset, Math.max(count, read + (keys.size() > limit ? 1 : 0)), false);
    }

    /** What a vendor alert is known by. */
    private record Key(TenantId tenant, String id) {

        static Key of(ResultSet row) throws SQLException {
            return new Key(new TenantId(row.getObject("tenant_id", UUID.class)), row.getString("id"));
        }
    }

    private List<Key> keys(Conditions conditions, VendorAlertOrder order, int offset, int limit) {
        return database.sql("select a.tenant_id, a.id from vendor_alert a" + conditions.where() + " order by "
                        + order.sql() + " limit :limit offset :offset")
                .params(conditions.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> Key.of(row))
                .list();
    }

    /** Among as many a text is looked for, before the indexes of all texts are asked. */
    private static final int LOOKED_AT = 2_000;

    private static final String HAS_TEXT = VendorAlertViews.HAS_TEXT
            .replace("{r}", "a")
            .replace("{pattern}", ":pattern")
            .replace("{text}", ":text");

    private static final String SEARCH_NEAR = """
            with near as materialized (select a.tenant_id, a.id, a.title, a.detector_id, a.severity_rank, a.created_at, a.updated_at
                                       from vendor_alert a{where} order by {order} limit :looked),
                 found as (select a.tenant_id, a.id, row_number() over (order by {order}) as place from near a where {text})
            """ + NearSearch.ENDING;

    private static final String FOUND_ANYWHERE =
            "(a.tenant_id, a.id) in (select f.tenant_id, f.id from vendor_alerts_like(:pattern, :text) f)";

    private List<Key> search(
            Conditions conditions, VendorAlertFilter filter, VendorAlertOrder order, int offset, int limit) {
        conditions.parameters().put("text", Columns.text(filter.text()));
        conditions.parameters().put("pattern", Columns.containing(filter.text()));
        var near = database.sql(SEARCH_NEAR
                        .replace("{where}", conditions.where())
                        .replace("{order}", order.sql())
                        .replace("{text}", HAS_TEXT))
                .params(conditions.parameters());
        return new NearSearch(LOOKED_AT, offset, limit).find(near, (row, number) -> Key.of(row), () -> {
            conditions.all().add(FOUND_ANYWHERE);
            return keys(conditions, order, offset, limit);
        });
    }

    private static final String OF_KEYS = """
            where (a.tenant_id, a.id) in (select k.tenant_id, k.id from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id))
            order by
            """;

    private List<VendorAlertRow> rows(List<Key> keys, VendorAlertOrder order) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return database.sql(SELECT + OF_KEYS + order.sql())
                .param("tenants", keys.stream().map(key -> key.tenant().value()).toArray(UUID[]::new))
                .param("ids", keys.stream().map(Key::id).toArray(String[]::new))
                .query((row, number) -> row(row))
                .list();
    }

    private long count(Scope scope, VendorAlertFilter filter, Conditions conditions) {
        if (filter.isCounted()) {
            return kept(scope, filter).entrySet().stream()
                    .filter(each ->
                            filter.severities().isEmpty() || filter.severities().contains(each.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
        return database.sql("select count(*) from (select from vendor_alert a" + conditions.where() + " limit "
                        + (COUNTED + 1) + ") c")
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    private static final String KEPT = """
            select severity_rank, sum(vendor_alerts) as alerts from vendor_alert_count
            where (cardinality(:statuses::text[]) = 0 or status = any (:statuses::text[])) and {scope}
            group by severity_rank
            """;

    private Map<Severity, Long> kept(Scope scope, VendorAlertFilter filter) {
        var counts = new EnumMap<Severity, Long>(Severity.class);
        for (var severity : Severity.values()) {
            counts.put(severity, 0L);
        }
        scope.tenants(database, KEPT, "tenant_id")
                .param("statuses", filter.statusKeys().toArray(String[]::new))
                .query(row -> {
                    counts.merge(Rank.severity(row.getInt("severity_rank")), row.getLong("alerts"), Long::sum);
                });
        return counts;
    }

    /**
     * How many alerts there are of each severity, among those that the rest of a filter lets through. Empty where no counters are
     * kept and more than {@link #COUNTED} would have to be counted, and for a text that would have to be looked for in very many.
     */
    public Map<Severity, Long> countBySeverity(Scope scope, VendorAlertFilter filter) {
        if (filter.isCounted()) {
            return Collections.unmodifiableMap(kept(scope, filter));
        }
        var conditions = Conditions.of(scope, filter.withSeverities(Set.of()));
        if (!filter.text().isEmpty()) {
            var there = kept(scope, VendorAlertFilter.ALL).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (there > LOOKED_AT) {
                return Map.of();
            }
            conditions.all().add("(" + HAS_TEXT + ")");
            conditions.parameters().put("text", Columns.text(filter.text()));
            conditions.parameters().put("pattern", Columns.containing(filter.text()));
        }
        var counts = new EnumMap<Severity, Long>(Severity.class);
        for (var severity : Severity.values()) {
            counts.put(severity, 0L);
        }
        var sql = "select severity_rank, count(*) as alerts from (select a.severity_rank from vendor_alert a"
                + conditions.where() + " limit " + (COUNTED + 1) + ") a group by severity_rank";
        database.sql(sql).params(conditions.parameters()).query(row -> {
            counts.merge(Rank.severity(row.getInt("severity_rank")), row.getLong("alerts"), Long::sum);
        });
        var all = counts.values().stream().mapToLong(Long::longValue).sum();
        return all > COUNTED ? Map.of() : Collections.unmodifiableMap(counts);
    }

    private static final String NEW_SINCE = """
            select tenant_id, count(*) as alerts from vendor_alert where first_seen_at >= :since and {scope} group by tenant_id
            """;

    /** How many alerts came for the first time since an instant, by our clock, for every directory that had any. */
    public Map<TenantId, Long> newSince(Scope scope, Instant since) {
        var counts = new LinkedHashMap<TenantId, Long>();
        scope.organizations(database, NEW_SINCE, "organization_id")
                .param("since", Columns.timestamp(since))
                .query(row -> {
                    counts.put(new TenantId(row.getObject("tenant_id", UUID.class)), row.getLong("alerts"));
                });
        return Collections.unmodifiableMap(counts);
    }

    private static final String BY_HOUR = """
            select date_trunc('hour', created_at, 'UTC') as hour, severity_rank, count(*) as alerts
            from vendor_alert
            where created_at >= :from and created_at < :to and {scope}
            group by 1, 2
            """;

    /**
     * The alerts of one severity that Microsoft made in an hour.
     *
     * @param start of the hour
     * @param alerts how many; more than none
     */
    public record OfHour(Instant start, Severity severity, long alerts) {}

    /** How many alerts Microsoft made in each hour, by severity; only of hours and severities that have any. */
    public List<OfHour> byHour(Scope scope, Window window) {
        return scope.organizations(database, BY_HOUR, "organization_id")
                .param("from", Columns.timestamp(window.from()))
                .param("to", Columns.timestamp(window.to()))
                .query((row, number) -> new OfHour(
                        Columns.instant(row, "hour"),
                        Rank.severity(row.getInt("severity_rank")),
                        row.getLong("alerts")))
                .list();
    }

    private static final String OF_INCIDENT = """
            where a.tenant_id = :tenant and a.incident_id in (select vendor_incident_members(:tenant, :incident))
              and a.incident_id <> '' and {scope}
            order by a.created_at, a.id
            """;

    /** The alerts of an incident that we keep, and of those that were merged into it, oldest first. */
    public List<VendorAlertRow> ofIncident(Scope scope, TenantId tenant, String incidentId) {
        return scope.tenants(database, SELECT + OF_INCIDENT, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("incident", Columns.key(incidentId))
                .query((row, number) -> row(row))
                .list();
    }

    private static final String ONE = "where a.tenant_id = :tenant and a.id = :id and {scope}";

    /** Opens an alert. */
    public Optional<VendorAlertDetail> find(Scope scope, TenantId tenant, String id) {
        return scope.tenants(database, SELECT + ONE, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) -> row(row))
                .optional()
                .flatMap(row -> open(scope, row));
    }

    /** Empty when it has been removed since its row was read. */
    private Optional<VendorAlertDetail> open(Scope scope, VendorAlertRow row) {
        var versions = originals.versions(scope, row.tenant(), row.id());
        return versions.stream()
                .filter(Version::isCurrent)
                .findFirst()
                .flatMap(current -> originals.find(scope, row.tenant(), row.id(), current.hash()))
                .map(original -> new VendorAlertDetail(
                        row, (VendorAlert) reread.read(row.tenant(), Feed.ALERTS, original), versions));
    }

    private static final String ORIGINALS_OF = """
            select a.tenant_id, a.id, v.original
            from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            join vendor_alert a on a.tenant_id = k.tenant_id and a.id = k.id
            join vendor_alert_version v on v.tenant_id = a.tenant_id and v.id = a.id and v.version = a.version
            where {scope}
            """;

    /** The present text of a vendor alert is read by whoever knows it only by directory and id. */
    public Map<Known, VendorAlert> present(Scope scope, Collection<Known> wanted) {
        var found = new HashMap<Known, VendorAlert>();
        scope.tenants(database, ORIGINALS_OF, "a.tenant_id")
                .param(
                        "tenants",
                        wanted.stream().map(each -> each.tenant().value()).toArray(UUID[]::new))
                .param("ids", wanted.stream().map(Known::id).toArray(String[]::new))
                .query(row -> {
                    var known = new Known(new TenantId(row.getObject("tenant_id", UUID.class)), row.getString("id"));
                    found.put(known, (VendorAlert)
                            reread.read(known.tenant(), Feed.ALERTS, Compressed.inflate(row.getBytes("original"))));
                });
        return found;
    }

    /**
     * What a vendor alert is known by.
     *
     * @param id as its table has it
     */
    public record Known(TenantId tenant, String id) {}

    /** Opens what a list shows, in its order and with one statement; what is gone meanwhile is left out. */
    public List<Opened> open(Scope scope, List<VendorAlertRow> rows) {
        var originalOf = new HashMap<Key, Original>();
        scope.tenants(database, ORIGINALS_OF, "a.tenant_id")
                .param("tenants", rows.stream().map(row -> row.tenant().value()).toArray(UUID[]::new))
                .param("ids", rows.stream().map(VendorAlertRow::id).toArray(String[]::new))
                .query(row -> {
                    originalOf.put(Key.of(row), Compressed.inflate(row.getBytes("original")));
                });
        var opened = new ArrayList<Opened>();
        for (var row : rows) {
            var original = originalOf.get(new Key(row.tenant(), row.id()));
            if (original != null) {
                opened.add(new Opened(row, (VendorAlert) reread.read(row.tenant(), Feed.ALERTS, original)));
            }
        }
        return List.copyOf(opened);
    }

    /**
     * A vendor alert with its row.
     *
     * @param row what a list shows of it
     * @param alert all that it says in its present version
     */
    public record Opened(VendorAlertRow row, VendorAlert alert) {}

    private static final String SOME = """
            where a.tenant_id = :tenant and a.id = any (:ids) and {scope}
            """;

    private static final String ORIGINALS = """
            select v.id, v.original from vendor_alert a
            join vendor_alert_version v on v.tenant_id = a.tenant_id and v.id = a.id and v.version = a.version
            where a.tenant_id = :tenant and a.id = any (:ids) and {scope}
            """;

    /** Opens some vendor alerts of one directory, in the order of their creation. */
    public List<Opened> open(Scope scope, TenantId tenant, Collection<String> ids) {
        var keys = ids.stream().map(Columns::key).toArray(String[]::new);
        var originalOf = new HashMap<String, Original>();
        scope.tenants(database, ORIGINALS, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", keys)
                .query(row -> {
                    originalOf.put(row.getString("id"), Compressed.inflate(row.getBytes("original")));
                });
        var rows = scope.tenants(database, SELECT + SOME, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", keys)
                .query((row, number) -> row(row))
                .list();
        var opened = new ArrayList<Opened>();
        for (var row : rows) {
            var original = originalOf.get(row.id());
            if (original != null) {
                opened.add(new Opened(row, (VendorAlert) reread.read(tenant, Feed.ALERTS, original)));
            }
        }
        opened.sort(Comparator.comparing((Opened each) -> each.row().created())
                .thenComparing(each -> each.row().id()));
        return opened;
    }

    /**
     * A vendor alert as of a moment.
     *
     * @param id of the vendor alert, as its table has it
     */
    public record AsOf(TenantId tenant, String id, Instant at) {}

    private static final String ORIGINALS_AS_OF = """
            select w.place, v.original
            from unnest(:tenants::uuid[], :ids::text[], :times::timestamptz[]) with ordinality as w (tenant_id, id, at, place)
            cross join lateral (
                select v.original from vendor_alert_version v
                where v.tenant_id = w.tenant_id and v.id = w.id
                order by v.first_seen_at <= w.at desc, case when v.first_seen_at <= w.at then v.updated_at end desc, v.updated_at
                limit 1) v
            where {scope}
            """;

    /**
     * Vendor alerts as they were known at moments: the newest version of those that had come by then, or the oldest one when
     * they came later. What is not there, or cannot be read again, is left out.
     */
    public Map<AsOf, VendorAlert> asOf(Scope scope, List<AsOf> wanted) {
        var found = new HashMap<AsOf, VendorAlert>();
        scope.tenants(database, ORIGINALS_AS_OF, "w.tenant_id")
                .param(
                        "tenants",
                        wanted.stream().map(each -> each.tenant().value()).toArray(UUID[]::new))
                .param(
                        "ids",
                        wanted.stream().map(each -> Columns.key(each.id())).toArray(String[]::new))
                .param(
                        "times",
                        wanted.stream()
                                .map(each -> Columns.timestamp(each.at()).toString())
                                .toArray(String[]::new))
                .query(row -> {
                    var each = wanted.get(row.getInt("place") - 1);
                    try {
                        found.put(each, (VendorAlert)
                                reread.read(each.tenant(), Feed.ALERTS, Compressed.inflate(row.getBytes("original"))));
                    } catch (IllegalStateException e) {
                        // Whoever asks does without it, and says so.
                    }
                });
        return found;
    }

    /**
     * A version of one of several vendor alerts.
     *
     * @param id of the vendor alert
     * @param version which one
     * @param updated when Microsoft made it
     * @param firstSeen when it came, by our clock
     */
    public record VersionOf(String id, ContentHash version, Instant updated, Instant firstSeen) {}

    private static final String VERSIONS_OF = """
            select id, version, updated_at, first_seen_at from vendor_alert_version
            where tenant_id = :tenant and id = any (:ids) and {scope}
            order by updated_at desc, id, version limit :limit
            """;

    /** The newest versions of some vendor alerts of one directory. */
    public List<VersionOf> versions(Scope scope, TenantId tenant, Collection<String> ids, int limit) {
        return scope.tenants(database, VERSIONS_OF, "tenant_id")
                .param("tenant", tenant.value())
                .param("ids", ids.stream().map(Columns::key).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new VersionOf(
                        row.getString("id"),
                        new ContentHash(row.getBytes("version")),
                        Columns.instant(row, "updated_at"),
                        Columns.instant(row, "first_seen_at")))
                .list();
    }

    private static final String NAMED = """
            select e.kind, e.name, coalesce(array_agg(distinct r.role) filter (where r.role is not null), '{}') as roles,
                   count(distinct e.alert_id) as vendor_alerts
            from vendor_alert_entity e left join lateral unnest(e.roles) as r (role) on true
            where e.tenant_id = :tenant and e.alert_id = any (:ids) and e.kind not in ('sid', 'hash') and {scope}
            group by e.kind, e.name
            order by count(distinct e.alert_id) desc, e.kind, e.name
            limit :limit
            """;

    /**
     * An account, host or address that vendor alerts name.
     *
     * @param kind {@code account}, {@code host} or {@code ip_address}
     * @param name as Microsoft writes it
     * @param roles what Microsoft says that it did, e.g. {@code attacker}
     * @param vendorAlerts how many of them name it
     */
    public record Named(String kind, String name, List<String> roles, int vendorAlerts) {

        public Named {
            roles = List.copyOf(roles);
        }
    }

    /** Who and what some vendor alerts of one directory name, what most of them name first. */
    public List<Named> named(Scope scope, TenantId tenant, Collection<String> ids, int limit) {
        return scope.tenants(database, NAMED, "e.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", ids.stream().map(Columns::key).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new Named(
                        row.getString("kind"),
                        row.getString("name"),
                        Columns.texts(row, "roles"),
                        row.getInt("vendor_alerts")))
                .list();
    }

    /** What lists show of some vendor alerts of one directory, in the order of their creation. */
    public List<VendorAlertRow> rows(Scope scope, TenantId tenant, Collection<String> ids) {
        return scope.tenants(database, SELECT + SOME + " order by a.created_at, a.id", "a.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", ids.stream().map(Columns::key).toArray(String[]::new))
                .query((row, number) -> row(row))
                .list();
    }

    /** The text of one version of an alert, as it was received. */
    public Optional<Original> original(Scope scope, TenantId tenant, String id, ContentHash version) {
        return originals.find(scope, tenant, id, version);
    }

    private static VendorAlertRow row(ResultSet row) throws SQLException {
        return new VendorAlertRow(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Optional.ofNullable(row.getObject("device_id", UUID.class)),
                Optional.ofNullable(row.getString("device_name")).orElse(""),
                row.getString("id"),
                row.getString("incident_id"),
                row.getString("title"),
                Verbatim.of(Severity.class, row.getString("severity")),
                Verbatim.of(VendorAlertStatus.class, row.getString("status")),
                row.getString("category"),
                row.getString("detector_id"),
                row.getString("assigned_to"),
                Columns.texts(row, "techniques"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.optionalInstant(row, "first_activity"),
                Columns.optionalInstant(row, "last_activity"),
                row.getInt("versions"),
                Columns.instant(row, "first_seen_at"),
                Columns.instant(row, "last_changed_at"),
                Columns.texts(row, "entities"));
    }
}
