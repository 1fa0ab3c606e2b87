package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.NearSearch;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds alerts for lists, opens them, and counts them. */
@Component
public class Alerts {

    /** What is counted for a filter that no counter is kept for; more than that is "more than". */
    public static final int COUNTED = 1_000;

    private final JdbcClient database;
    private final AlertTable table;

    Alerts(JdbcClient database, AlertTable table) {
        this.database = database;
        this.table = table;
    }

    /**
     * Lists alerts.
     *
     * @param place where to begin; empty for the beginning of the list
     * @param limit how many to give at most
     */
    public KeysetPage<Alert> list(Scope scope, AlertFilter filter, AlertOrder order, Optional<Place> place, int limit) {
        var conditions = conditions(scope, filter);
        var backwards = place.filter(Place::backwards).isPresent();
        place.ifPresent(at -> {
            conditions.add(order.keys().beyond(at.backwards()));
            conditions.parameters().putAll(at.parameters());
        });
        var orderBy = order.keys().orderBy(backwards);
        var isLookedFor = isLookedFor(filter);
        var chosen = isLookedFor
                ? "(select a.* from alert a where a.id = any (:found))"
                : "(select a.* from alert a" + conditions.where() + orderBy + " limit :limit)";
        if (isLookedFor) {
            conditions.parameters().put("found", search(conditions, filter, orderBy, limit + 1));
        }
        // The rows are chosen first, so that what a row shows besides is looked up for these alone.
        var found = database.sql(AlertRows.SELECT.replace("from alert a\n", "from " + chosen + " a\n") + orderBy)
                .params(conditions.parameters())
                .param("limit", limit + 1)
                .query((row, number) -> AlertRows.alert(row))
                .list();
        return KeysetPage.of(found, limit, place, alert -> place(alert, order));
    }

    /** Among as many a text or a technique is looked for, before an index that has no order is asked. */
    private static final int LOOKED_AT = 2_000;

    private static final String SEARCH_NEAR = """
            with near as materialized (select a.id, a.severity_rank, a.created_at, a.updated_at, a.techniques, a.name
                                       from alert a{where}{order} limit :looked),
                 found as (select a.id, row_number() over ({order}) as place from near a where {found})
            """ + NearSearch.ENDING;

    // Alert by alert: of a join, PostgreSQL may read all texts there are. The thousandth vendor alert of a flood is not
    // looked at.
    private static final String HAS_TEXT = """
            (a.name ilike :pattern
             or (select true from (select m.search from alert_vendor_alert m where m.alert_id = a.id order by m.joined_at limit 100) m
                 where m.search ilike :pattern limit 1))
            """;

    private static final String SEARCH_ALL = "select a.id from alert a{where}{order} limit :limit";

    /** Whether it has what no index with an order helps to find. */
    private static boolean isLookedFor(AlertFilter filter) {
        return !filter.text().isEmpty() || !filter.technique().isEmpty();
    }

    /** The alerts that have a text in them, or a technique. */
    private UUID[] search(Conditions conditions, AlertFilter filter, String orderBy, int limit) {
        var wanted = conditions.copy();
        var found = new ArrayList<String>();
        if (!filter.text().isEmpty()) {
            wanted.parameters().put("pattern", Columns.containing(filter.text()));
            found.add(HAS_TEXT);
        }
        if (!filter.technique().isEmpty()) {
            technique(filter, wanted);
            found.add(wanted.all().getLast());
        }
        var near = database.sql(SEARCH_NEAR
                        .replace("{where}", conditions.where())
                        .replace("{order}", orderBy)
                        .replace("{found}", String.join(" and ", found)))
                .params(wanted.parameters());
        RowMapper<UUID> key = (row, number) -> row.getObject("id", UUID.class);
        return new NearSearch(LOOKED_AT, 0, limit)
                .find(near, key, () -> searchAll(wanted, filter, orderBy, limit, key))
                .toArray(UUID[]::new);
    }

    private List<UUID> searchAll(
            Conditions wanted, AlertFilter filter, String orderBy, int limit, RowMapper<UUID> key) {
        if (!filter.text().isEmpty()) {
            wanted.add("a.id in (select alerts_like(:pattern, :text))", "text", Columns.text(filter.text()));
        }
        return database.sql(SEARCH_ALL.replace("{where}", wanted.where()).replace("{order}", orderBy))
                .params(wanted.parameters())
                .param("limit", limit)
                .query(key)
                .list();
    }

    private static Place place(Alert alert, AlertOrder order) {
        return new Place(
                Severities.rank(alert.severity()),
                order.isByUpdate() ? alert.updated() : alert.created(),
                alert.id(),
                false);
    }

    /** Conditions with their parameters. */
    private record Conditions(List<String> all, Map<String, Object> parameters) {

        Conditions copy() {
            return new Conditions(new ArrayList<>(all), new LinkedHashMap<>(parameters));
        }

        void add(String condition) {
            all.add(condition);
        }

        void add(String condition, String name, Object value) {
            all.add(condition);
            parameters.put(name, value);
        }

        String where() {
            return all.isEmpty() ? "" : " where " + String.join(" and ", all);
        }
    }

    private static Conditions conditions(Scope scope, AlertFilter filter) {
        var conditions = new Conditions(new ArrayList<>(), new LinkedHashMap<>());
        if (!(scope instanceof Scope.Everything)) {
            conditions.add(scope.organization("a.organization_id"), "scope", scope.parameter());
        }
        if (!filter.severities().isEmpty()) {
            conditions.add(
                    "a.severity_rank in (:ranks)",
                    "ranks",
                    filter.severities().stream().map(Severities::rank).toList());
        }
        if (filter.statuses().equals(OPEN_STATUSES)) {
            // In the words of the index.
            conditions.add("a.status <> 'CLOSED'");
        } else if (!filter.statuses().isEmpty()) {
            conditions.add(
                    "a.status in (:statuses)",
                    "statuses",
                    filter.statuses().stream().map(AlertStatus::name).toList());
        }
        if (!filter.closeReasons().isEmpty()) {
            conditions.add(
                    "a.close_reason in (:closeReasons)",
                    "closeReasons",
                    filter.closeReasons().stream().map(CloseReason::name).toList());
        }
        switch (filter.assignee()) {
            case AlertFilter.Assignment.Any _ -> {}
            case AlertFilter.Assignment.Nobody _ -> conditions.add("a.assignee_id is null");
            case AlertFilter.Assignment.To(var id) -> conditions.add("a.assignee_id = :assignee", "assignee", id);
        }
        filter.tenant().ifPresent(tenant -> conditions.add("a.tenant_id = :tenant", "tenant", tenant.value()));
        if (!filter.rule().isEmpty()) {
            conditions.add("a.rule_id = :rule", "rule", filter.rule());
        }
        filter.investigation()
                .ifPresent(id -> conditions.add("a.investigation_id = :investigation", "investigation", id));
        filter.suppression().ifPresent(id -> conditions.add("a.suppression_id = :suppression", "suppression", id));
        filter.from().ifPresent(from -> conditions.add("a.created_at >= :from", "from", Columns.timestamp(from)));
        filter.to().ifPresent(to -> conditions.add("a.created_at < :to", "to", Columns.timestamp(to)));
        behind(filter.behind(), conditions);
        return conditions;
    }

    private static void technique(AlertFilter filter, Conditions conditions) {
        if (filter.technique().equals(AlertFilter.Behind.NONE)) {
            conditions.add("a.techniques = '{}'");
        } else {
            conditions.add(
                    "a.techniques && array[:techniques]::text[]", "techniques", andThoseBelow(filter.technique()));
        }
    }

    private static void behind(AlertFilter.Behind behind, Conditions conditions) {
        if (behind.isInvestigated()) {
            conditions.add("a.investigation_id is not null");
        }
        behind.ending()
                .ifPresent(ending -> conditions.add(
                        ending == AlertEnding.OPEN
                                ? "a.close_reason is null and cardinality(:endings::text[]) = 0"
                                : "a.close_reason = any (:endings)",
                        "endings",
                        ending.reasons().stream().map(CloseReason::name).toArray(String[]::new)));
        behind.time().ifPresent(time -> conditions.add("a." + time.column() + " is not null"));
        if (behind.tactic().equals(AlertFilter.Behind.NONE)) {
            conditions.add("a.tactics = '{}'");
        } else if (!behind.tactic().isEmpty()) {
            conditions.add("a.tactics @> array[:tactic]::text[]", "tactic", behind.tactic());
        }
    }

    /** A technique and all that can be below it: an index knows whole names only. */
    private static List<String> andThoseBelow(String technique) {
        var all = new ArrayList<String>();
        all.add(technique);
        for (var number = 1; number < 100; number++) {
            all.add(String.format(Locale.ROOT, "%s.%03d", technique, number));
        }
        return all;
    }

    private static final java.util.Set<AlertStatus> OPEN_STATUSES =
            java.util.Set.of(AlertStatus.OPEN, AlertStatus.IN_PROGRESS);

    private static final String KEPT = """
            select severity_rank, sum(alerts) as alerts from alert_count
            where (cardinality(:outcomes::text[]) = 0 or outcome = any (:outcomes::text[])) and {scope}
            group by severity_rank
            """;

    /** What {@code alert_count} has for statuses and close reasons; empty for all. */
    private static String[] outcomes(AlertFilter filter) {
        if (filter.statuses().isEmpty() && filter.closeReasons().isEmpty()) {
            return new String[0];
        }
        var open = OPEN_STATUSES.stream()
                .filter(status ->
                        filter.closeReasons().isEmpty() && filter.statuses().contains(status))
                .map(AlertStatus::name);
        var closed = Arrays.stream(CloseReason.values())
                .filter(reason ->
                        filter.statuses().isEmpty() || filter.statuses().contains(AlertStatus.CLOSED))
                .filter(reason ->
                        filter.closeReasons().isEmpty() || filter.closeReasons().contains(reason))
                .map(CloseReason::name);
        var all = Stream.concat(open, closed).toArray(String[]::new);
        return all.length == 0 ? new String[] {"NOTHING"} : all;
    }

    /**
     * How many alerts of each severity there are among those that the rest of a filter lets through. Exact where counters are
     * kept, otherwise at most one more than {@link #COUNTED} for each severity; empty with a text or a technique that would have to be
     * looked for in very many.
     */
    public Map<AlertSeverity, Long> countBySeverity(Scope scope, AlertFilter filter) {
        var counts = new EnumMap<AlertSeverity, Long>(AlertSeverity.class);
        if (isLookedFor(filter) && isMany(scope)) {
            return counts;
        }
        for (var severity : AlertSeverity.values()) {
            counts.put(severity, 0L);
        }
        if (filter.isCounted()) {
            scope.tenants(database, KEPT, "tenant_id")
                    .param("outcomes", outcomes(filter))
                    .query(row -> {
                        counts.put(Severities.of(row.getInt("severity_rank")), row.getLong("alerts"));
                    });
            return Collections.unmodifiableMap(counts);
        }
        var conditions = conditions(scope, filter.withSeverities(java.util.Set.of()));
        if (!filter.text().isEmpty()) {
            conditions.add(HAS_TEXT, "pattern", Columns.containing(filter.text()));
        }
        if (!filter.technique().isEmpty()) {
            technique(filter, conditions);
        }
        return countEach(counts, conditions);
    }

    private Map<AlertSeverity, Long> countEach(Map<AlertSeverity, Long> counts, Conditions conditions) {
        conditions.add("a.severity_rank = s.rank");
        var sql = """
                select s.rank, (select count(*) from (select from alert a%s limit %d) c) as alerts
                from unnest(:all::integer[]) as s (rank)
                """.formatted(conditions.where(), COUNTED + 1);
        var ranks = new ArrayList<Integer>();
        for (var severity : AlertSeverity.values()) {
            ranks.add(Severities.rank(severity));
        }
        database.sql(sql)
                .params(conditions.parameters())
                .param("all", ranks.toArray(Integer[]::new))
                .query(row -> {
                    counts.put(Severities.of(row.getInt("rank")), row.getLong("alerts"));
                });
        return Collections.unmodifiableMap(counts);
    }

    private static final String ALL_KEPT = "select coalesce(sum(alerts), 0) from alert_count where {scope}";

    /** How many alerts there are, from counters. */
    public long number(Scope scope) {
        return scope.tenants(database, ALL_KEPT, "tenant_id").query(Long.class).single();
    }

    /** Whether there are more alerts than one looks for a text or a technique in. */
    private boolean isMany(Scope scope) {
        return number(scope) > LOOKED_AT;
    }

    private static final String ONE = AlertRows.SELECT + "where a.id = :id and {scope}";

    /** One alert. */
    public Optional<Alert> find(Scope scope, UUID id) {
        return scope.organizations(database, ONE, "a.organization_id")
                .param("id", id)
                .query((row, number) -> AlertRows.alert(row))
                .optional();
    }

    private static final String STAYS = "select true from alert a where a.id = :id and {scope} for key share";

    /**
     * Whether an alert is there. If it is, it stays there until the transaction ends, whatever else changes of it: for whoever is
     * about to write something that belongs to it. Only inside {@link dev.gatehouse.workbench.platform.database.Fence#write}.
     */
    public boolean stays(Scope scope, UUID id) {
        return scope.organizations(database, STAYS, "a.organization_id")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** What happened to an alert, oldest first. */
    public List<AlertEvent> history(Scope scope, UUID id) {
        return table.history(scope, List.of(id)).getOrDefault(id, List.of());
    }

    private static final String VENDOR_ALERTS = """
            select m.*, a.name as alert_name from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.alert_id = :alert and {scope}
            order by m.joined_at, m.vendor_alert_id
            limit :limit
            """;

    /** The vendor alerts of an alert, in the order in which they joined. */
    public List<AlertVendorAlert> vendorAlerts(Scope scope, UUID alert, int limit) {
        return scope.tenants(database, VENDOR_ALERTS, "m.tenant_id")
                .param("alert", alert)
                .param("limit", limit)
                .query((row, number) -> vendorAlert(row))
                .list();
    }

    private static final String VENDOR_ALERTS_OF = """
            select m.*, a.name as alert_name from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.alert_id = any (:alerts) and {scope}
            order by m.joined_at desc, m.vendor_alert_id
            limit :limit
            """;

    /** The vendor alerts of several alerts, those that joined last first. */
    public List<AlertVendorAlert> vendorAlerts(Scope scope, Collection<UUID> alerts, int limit) {
        return scope.tenants(database, VENDOR_ALERTS_OF, "m.tenant_id")
                .param("alerts", alerts.toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, number) -> vendorAlert(row))
                .list();
    }

    private static final String INVESTIGATIONS_OF = """
            select m.vendor_alert_id, a.investigation_id from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.tenant_id = :tenant and m.vendor_alert_id = any (:ids) and a.investigation_id is not null and {scope}
            """;

    /** In which investigations vendor alerts of one directory are; those that are in none are left out. */
    public Map<String, UUID> investigationsOf(Scope scope, TenantId tenant, Collection<String> vendorAlerts) {
        var investigations = new HashMap<String, UUID>();
        scope.tenants(database, INVESTIGATIONS_OF, "m.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", vendorAlerts.stream().map(Columns::key).toArray(String[]::new))
                .query(row -> {
                    investigations.put(row.getString("vendor_alert_id"), row.getObject("investigation_id", UUID.class));
                });
        return investigations;
    }

    private static final String OF_VENDOR_ALERT = """
            select m.*, a.name as alert_name from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.tenant_id = :tenant and m.vendor_alert_id = :id and {scope}
            """;

    /** Which alert a vendor alert belongs to, and why; empty while the rules have not looked at it. */
    public Optional<AlertVendorAlert> ofVendorAlert(Scope scope, TenantId tenant, String id) {
        return scope.tenants(database, OF_VENDOR_ALERT, "m.tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) -> vendorAlert(row))
                .optional();
    }

    private static AlertVendorAlert vendorAlert(ResultSet row) throws SQLException {
        return new AlertVendorAlert(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("vendor_alert_id"),
                row.getObject("alert_id", UUID.class),
                row.getString("alert_name"),
                row.getString("rule_id"),
                row.getInt("rule_version"),
                row.getString("reason"),
                row.getString("severity"),
                row.getString("severity_reason"),
                Columns.instant(row, "joined_at"));
    }

    /**
     * How alerts of one kind ended.
     *
     * @param open how many are not closed
     * @param closed how many were closed, by the reason
     * @param investigated how many of all are in an investigation
     */
    public record Ended(long open, Map<CloseReason, Long> closed, long investigated) {

        public Ended {
            closed = Collections.unmodifiableMap(new LinkedHashMap<>(closed));
        }
    }

    private static final String ENDED = """
            select coalesce(close_reason, '') as reason, count(*) as alerts, count(investigation_id) as investigated
            from (select a.close_reason, a.investigation_id from alert a
                  where a.rule_id = :rule and a.id <> :id and a.created_at >= :since and {scope} {more}
                  order by a.created_at desc limit 10000) e
            group by 1 order by 2 desc
            """;

    /**
     * How other alerts of the same rule ended that were made since a moment; the newest ten thousand of them.
     *
     * @param onlySameTenant of the same directory only, otherwise of all that may be seen
     */
    public Ended ended(Scope scope, Alert alert, Instant since, boolean onlySameTenant) {
        var open = new long[1];
        var investigated = new long[1];
        var closed = new LinkedHashMap<CloseReason, Long>();
        scope.organizations(
                        database,
                        ENDED.replace("{more}", onlySameTenant ? "and a.tenant_id = :tenant" : ""),
                        "a.organization_id")
                .param("rule", alert.ruleId())
                .param("id", alert.id())
                .param("since", Columns.timestamp(since))
                .param("tenant", alert.tenant().value())
                .query(row -> {
                    investigated[0] += row.getLong("investigated");
                    if (row.getString("reason").isEmpty()) {
                        open[0] = row.getLong("alerts");
                    } else {
                        closed.put(CloseReason.valueOf(row.getString("reason")), row.getLong("alerts"));
                    }
                });
        return new Ended(open[0], closed, investigated[0]);
    }

    /**
     * An alert that is like another.
     *
     * @param alert it
     * @param shared the accounts, hosts and addresses that both have
     */
    public record Similar(Alert alert, List<String> shared) {

        public Similar {
            shared = List.copyOf(shared);
        }
    }

    /** As many similar alerts are shown of one. */
    public static final int MOST_SIMILAR = 10;

    private static final String SHARING = AlertViews.sharing(":id", ":tenant", ":limit");

    /** Alerts of the same directory that share accounts, hosts or addresses, those that share most first. */
    public List<Similar> sharing(Scope scope, Alert alert, int limit) {
        // Names are looked for in the scope of the connection; where the Workbench works by itself, it has none.
        var shared = Scoped.within(scope, () -> {
            var names = new LinkedHashMap<UUID, List<String>>();
            database.sql(SHARING)
                    .param("id", alert.id())
                    .param("tenant", alert.tenant().value())
                    .param("limit", limit)
                    .query(row -> {
                        names.put(row.getObject("alert_id", UUID.class), Columns.texts(row, "shared"));
                    });
            return names;
        });
        var found = all(scope, shared.keySet());
        var similar = new ArrayList<Similar>();
        shared.forEach((id, names) -> {
            var other = found.get(id);
            if (other != null) {
                similar.add(new Similar(other, names));
            }
        });
        return similar;
    }

    private static final String HOLDING = """
            select distinct a.id, a.created_at from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.tenant_id = :tenant and m.vendor_alert_id = any (:ids) and {scope}
            order by a.created_at desc, a.id desc limit :limit
            """;

    /** The alerts that some vendor alerts of one directory belong to, newest first. */
    public List<Alert> holding(Scope scope, TenantId tenant, Collection<String> vendorAlerts, int limit) {
        var ids = scope.tenants(database, HOLDING, "m.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", vendorAlerts.stream().map(Columns::key).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
        var found = all(scope, ids);
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static final String SOME = AlertRows.SELECT + "where a.id = any (:ids) and {scope}";

    /** Some alerts, those that may be seen. */
    public Map<UUID, Alert> all(Scope scope, Collection<UUID> ids) {
        var found = new HashMap<UUID, Alert>();
        scope.organizations(database, SOME, "a.organization_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> AlertRows.alert(row))
                .list()
                .forEach(alert -> found.put(alert.id(), alert));
        return found;
    }
}
