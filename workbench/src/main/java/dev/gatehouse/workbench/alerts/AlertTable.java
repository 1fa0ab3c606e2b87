package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.AlertState.Counted;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes alerts with their history, their vendor alerts and their counters, as parts of one transaction. However many
 * alerts there are, each table is one statement.
 */
@Component
class AlertTable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final ObjectProvider<AlertHistoryPart> parts;

    AlertTable(JdbcClient database, ObjectProvider<AlertHistoryPart> parts) {
        this.database = database;
        this.parts = parts;
    }

    private static final String HAVE_TENANT =
            "select from (select pg_advisory_xact_lock(hashtextextended('alerts ' || :tenant, 0))) as locked";

    /** Whoever else makes alerts of that tenant waits until the transaction has ended. */
    void haveToOurselves(TenantId tenant) {
        database.sql(HAVE_TENANT).param("tenant", tenant.toString()).query(row -> {});
    }

    private static final String LOCK = "select id from alert where id = any (:ids) and {scope} order by id for update";

    private static final String LOCKED = AlertRows.TO_CHANGE + "where a.id = any (:ids)";

    /**
     * Locks alerts until the transaction ends, always in the same order, so that nobody waits in a circle.
     *
     * @return those that are there and in scope
     */
    Map<UUID, AlertState> lock(Scope scope, Collection<UUID> ids) {
        var states = new LinkedHashMap<UUID, AlertState>();
        if (ids.isEmpty()) {
            return states;
        }
        var locked = scope.tenants(database, LOCK, "tenant_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
        database.sql(LOCKED)
                .param("ids", locked.toArray(UUID[]::new))
                .query((row, number) -> new AlertState(
                        AlertRows.alert(row), row.getString("join_key"), Columns.instant(row, "last_joined_at")))
                .list()
                .forEach(state -> states.put(state.id, state));
        return states;
    }

    // Key by key: of "any", PostgreSQL may read all alerts of the tenant, by a plan that it made while there were few.
    private static final String JOINABLE = """
            select newest.id
            from unnest(:keys::text[]) as k (join_key)
            cross join lateral (select a.id from alert a where a.tenant_id = :tenant and a.join_key = k.join_key
                                order by a.last_joined_at desc, a.id limit 1) newest
            """;

    /** The newest alert of each join key, whatever its state. */
    List<UUID> joinable(TenantId tenant, Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return database.sql(JOINABLE)
                .param("tenant", tenant.value())
                .param("keys", keys.toArray(String[]::new))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * A vendor alert that belongs to an alert.
     *
     * @param facts what was known of it last
     * @param version the version that was looked at last
     */
    record Member(String vendorAlert, UUID alert, String ruleId, ContentHash version, VendorAlertFacts facts) {}

    // One by one: of "any", PostgreSQL may read all members of the tenant, by a plan that it made while there were few.
    private static final String MEMBERS = """
            select m.*
            from unnest(:ids::text[]) as k (id)
            cross join lateral (select vendor_alert_id, alert_id, rule_id, version, facts from alert_vendor_alert
                                where tenant_id = :tenant and vendor_alert_id = k.id limit 1) m
            """;

    /** Those of these vendor alerts that belong to an alert already. */
    Map<String, Member> members(TenantId tenant, Collection<String> vendorAlerts) {
        var members = new HashMap<String, Member>();
        database.sql(MEMBERS)
                .param("tenant", tenant.value())
                .param("ids", vendorAlerts.toArray(String[]::new))
                .query((row, number) -> new Member(
                        row.getString("vendor_alert_id"),
                        row.getObject("alert_id", UUID.class),
                        row.getString("rule_id"),
                        new ContentHash(row.getBytes("version")),
                        facts(row.getString("vendor_alert_id"), row.getString("facts"))))
                .list()
                .forEach(member -> members.put(member.vendorAlert(), member));
        return members;
    }

    private static final String PUT_MEMBERS = """
            insert into alert_vendor_alert (tenant_id, vendor_alert_id, alert_id, rule_id, rule_version, reason, severity,
                                            severity_reason, joined_at, version, facts, search)
            select :tenant, r.vendor_alert_id, r.alert_id, r.rule_id, r.rule_version, r.reason, r.severity,
                   r.severity_reason, :now, decode(r.version, 'hex'), r.facts, coalesce(r.search, '')
            from json_to_recordset(:rows::json) as r (vendor_alert_id text, alert_id uuid, rule_id text,
                 rule_version integer, reason text, severity text, severity_reason text, version text, facts jsonb, search text)
            on conflict (tenant_id, vendor_alert_id) do update set
                alert_id = excluded.alert_id, rule_id = excluded.rule_id, rule_version = excluded.rule_version,
                reason = excluded.reason, severity = excluded.severity, severity_reason = excluded.severity_reason,
                version = excluded.version, facts = excluded.facts,
                search = coalesce(nullif(excluded.search, ''), alert_vendor_alert.search)
            """;

    /** What the rules made of a vendor alert. */
    record Taken(UUID alert, VendorAlertFacts facts, ContentHash version, Decision decision) {}

    /** Notes which alerts vendor alerts belong to, and what is known of them now. */
    void putMembers(TenantId tenant, Collection<Taken> taken, Instant now) {
        if (taken.isEmpty()) {
            return;
        }
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var one : taken) {
            rows.addObject()
                    .put("vendor_alert_id", one.facts().id())
                    .put("alert_id", one.alert().toString())
                    .put("rule_id", one.decision().rule().value())
                    .put("rule_version", one.decision().ruleVersion())
                    .put("reason", Columns.text(one.decision().reason()))
                    .put("severity", one.decision().severity().name())
                    .put("severity_reason", one.decision().severityReason())
                    .put("version", one.version().toString())
                    .put("search", one.facts().searched().map(Columns::text).orElse(null))
                    .set("facts", facts(one.facts()));
        }
        database.sql(PUT_MEMBERS)
                .param("tenant", tenant.value())
                .param("now", Columns.timestamp(now))
                .param("rows", JSON.writeValueAsString(rows))
                .update();
    }

    private static ObjectNode facts(VendorAlertFacts facts) {
        var node = JsonNodeFactory.instance.objectNode();
        facts.values().forEach(node::put);
        node.put("is_resolved", facts.isResolved());
        node.put("first_activity", facts.firstActivity().toString());
        node.put("last_activity", facts.lastActivity().toString());
        return node;
    }

    private static VendorAlertFacts facts(String id, String json) {
        var values = new LinkedHashMap<String, String>();
        var node = JSON.readTree(json);
        node.properties().forEach(property -> {
            if (property.getValue().isString()) {
                values.put(property.getKey(), property.getValue().asString());
            }
        });
        var first = Instant.parse(node.path("first_activity").asString());
        var last = Instant.parse(node.path("last_activity").asString());
        values.keySet().removeAll(List.of("first_activity", "last_activity"));
        return new VendorAlertFacts(id, values, node.path("is_resolved").asBoolean(), first, last, Optional.empty());
    }

    private static final String COLUMNS = """
            rule_id, rule_version, name, join_key, severity, severity_rank, severity_reason, status, close_reason, close_comment, assignee_kind, assignee_id,
            assignee_name, investigation_id, suppression_id, tactics, techniques, first_activity, last_activity, vendor_alerts,
            vendor_resolved, updated_at, last_joined_at, status_changed_at, first_assigned_at, first_worked_at,
            first_closed_at, closed_at, revision
            """;

    private static final String RECORDSET = """
            json_to_recordset(:rows::json) as r (id uuid, tenant_id uuid, rule_id text, rule_version integer, name text,
                join_key text, created_at timestamptz, severity text, severity_rank smallint, severity_reason text,
                status text, close_reason text, close_comment text, assignee_kind text, assignee_id uuid,
                assignee_name text, investigation_id uuid, suppression_id uuid, tactics text[], techniques text[], first_activity timestamptz,
                last_activity timestamptz, vendor_alerts integer, vendor_resolved integer, updated_at timestamptz,
                last_joined_at timestamptz, status_changed_at timestamptz, first_assigned_at timestamptz,
                first_worked_at timestamptz, first_closed_at timestamptz, closed_at timestamptz, revision integer)
            """;

    private static final String INSERT = """
            insert into alert (id, tenant_id, organization_id, created_at, %1$s)
            select id, tenant_id, %3$s, created_at, %1$s from %2$s
            """.formatted(COLUMNS, RECORDSET, Organizations.idOf("r.tenant_id"));

    private static final String UPDATE = """
            update alert a set (%s) = row(%s) from %s where a.id = r.id
            """.formatted(COLUMNS, COLUMNS.replaceAll("\\w+", "r.$0"), RECORDSET);

    /** Writes everything that became different about these alerts: their rows, their history, and the counters. */
    void save(Collection<AlertState> states) {
        saveUncounted(states);
        var changed = states.stream().filter(AlertState::hasChanged).toList();
        countRules(changed);
        var happened = changed.stream()
                .map(state -> new AlertHistoryPart.Happened(state.id, state.tenant, state.isNew, state.events()))
                .toList();
        if (!happened.isEmpty()) {
            parts.forEach(part -> part.happened(happened));
        }
    }

    /**
     * The same without counting what rules have made, for whoever counts that anew by {@link #countRulesAnew}, and without telling
     * {@link AlertHistoryPart}.
     */
    void saveUncounted(Collection<AlertState> states) {
        var changed = states.stream().filter(AlertState::hasChanged).toList();
        var made = changed.stream().filter(state -> state.isNew).toList();
        var known = changed.stream().filter(state -> !state.isNew).toList();
        write(INSERT, made);
        write(UPDATE, known);
        writeNames(changed);
        writeHistory(changed);
        count(changed);
    }

    private static final String PUT_NAMES = """
            insert into alert_name (alert_id, tenant_id, name)
            select alert_id, tenant_id, name from unnest(:ids::uuid[], :tenants::uuid[], :names::text[])
                as t (alert_id, tenant_id, name)
            on conflict (alert_id) do update set name = excluded.name
            """;

    /** Only of those that are called something else: each name has many entries in its index. */
    private void writeNames(List<AlertState> changed) {
        var named = changed.stream().filter(AlertState::hasOtherName).toList();
        if (!named.isEmpty()) {
            database.sql(PUT_NAMES)
                    .param("ids", named.stream().map(state -> state.id).toArray(UUID[]::new))
                    .param(
                            "tenants",
                            named.stream().map(state -> state.tenant.value()).toArray(UUID[]::new))
                    .param(
                            "names",
                            named.stream()
                                    .map(state -> Columns.text(state.name))
                                    .toArray(String[]::new))
                    .update();
        }
    }

    private void write(String sql, List<AlertState> states) {
        if (states.isEmpty()) {
            return;
        }
        var rows = JsonNodeFactory.instance.arrayNode();
        states.forEach(state -> rows.add(row(state)));
        database.sql(sql).param("rows", JSON.writeValueAsString(rows)).update();
    }

    private static ObjectNode row(AlertState state) {
        var row = JsonNodeFactory.instance
                .objectNode()
                .put("id", state.id.toString())
                .put("tenant_id", state.tenant.toString())
                .put("rule_id", state.ruleId)
                .put("rule_version", state.ruleVersion)
                .put("name", Columns.text(state.name))
                .put("join_key", Columns.key(state.joinKey))
                .put("created_at", text(state.created))
                .put("severity", state.severity.name())
                .put("severity_rank", Severities.rank(state.severity))
                .put("severity_reason", Columns.text(state.severityReason))
                .put("status", state.status.name())
                .put("close_reason", state.closeReason.map(CloseReason::name).orElse(null))
                .put("close_comment", state.closeReason.isPresent() ? Columns.text(state.closeComment) : null)
                .put(
                        "assignee_kind",
                        state.assignee.map(who -> who.kind().key()).orElse(null))
                .put(
                        "assignee_id",
                        state.assignee.flatMap(Actor::id).map(UUID::toString).orElse(null))
                .put("assignee_name", state.assignee.map(Actor::name).orElse(null))
                .put("investigation_id", state.investigation.map(UUID::toString).orElse(null))
                .put("suppression_id", state.suppression.map(UUID::toString).orElse(null))
                .put("first_activity", text(state.firstActivity))
                .put("last_activity", text(state.lastActivity))
                .put("vendor_alerts", state.vendorAlerts)
                .put("vendor_resolved", state.vendorResolved)
                .put("updated_at", text(state.updated))
                .put("last_joined_at", text(state.lastJoined))
                .put("status_changed_at", text(state.statusChanged))
                .put("first_assigned_at", text(state.firstAssigned))
                .put("first_worked_at", text(state.firstWorked))
                .put("first_closed_at", text(state.firstClosed))
                .put("closed_at", text(state.closed))
                .put("revision", state.revision);
        var tactics = row.putArray("tactics");
        state.tactics.forEach(tactics::add);
        var techniques = row.putArray("techniques");
        // They are indexed, and Microsoft's can be texts of any length.
        state.techniques.forEach(technique -> techniques.add(Columns.key(technique)));
        return row;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : Columns.timestamp(instant).toString();
    }

    private static final String INSERT_HISTORY = """
            insert into alert_history (tenant_id, alert_id, at, action, actor_kind, actor_id, actor_name, revision, value)
            select r.tenant_id, r.alert_id, r.at, r.action, r.actor_kind, r.actor_id, r.actor_name, r.revision, r.value
            from json_to_recordset(:rows::json) as r (tenant_id uuid, alert_id uuid, at timestamptz, action text,
                 actor_kind text, actor_id uuid, actor_name text, revision integer, value jsonb)
            """;

    private void writeHistory(List<AlertState> states) {
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var state : states) {
            for (var event : state.events()) {
                var row = rows.addObject()
                        .put("tenant_id", state.tenant.toString())
                        .put("alert_id", state.id.toString())
                        .put("at", text(event.at()))
                        .put("action", event.action().name())
                        .put("actor_kind", event.actor().kind().key())
                        .put("actor_id", event.actor().id().map(UUID::toString).orElse(null))
                        .put("actor_name", event.actor().name())
                        .put("revision", event.revision());
                row.set("value", value(event));
            }
        }
        if (!rows.isEmpty()) {
            database.sql(INSERT_HISTORY)
                    .param("rows", JSON.writeValueAsString(rows))
                    .update();
        }
    }

    private static JsonNode value(AlertEvent event) {
        var value = JsonNodeFactory.instance.objectNode();
        event.facts().forEach((fact, text) -> value.put(fact, Columns.text(text)));
        if (!event.changes().isEmpty()) {
            var changes = value.putArray("changes");
            event.changes().forEach(change -> changes.addObject()
                    .put("what", change.what())
                    .put("from", Columns.text(change.from()))
                    .put("to", Columns.text(change.to())));
        }
        return value;
    }

    private static final String HISTORY = """
            select h.* from alert_history h where h.alert_id = any (:ids) and {scope} order by h.id
            """;

    /** What happened to alerts, oldest first. */
    Map<UUID, List<AlertEvent>> history(Scope scope, Collection<UUID> ids) {
        var history = new LinkedHashMap<UUID, List<AlertEvent>>();
        scope.tenants(database, HISTORY, "h.tenant_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    var value = JSON.readTree(row.getString("value"));
                    var facts = new LinkedHashMap<String, String>();
                    value.properties().forEach(property -> {
                        if (property.getValue().isString()) {
                            facts.put(property.getKey(), property.getValue().asString());
                        }
                    });
                    var changes = new ArrayList<AlertEvent.Change>();
                    value.path("changes")
                            .forEach(change -> changes.add(new AlertEvent.Change(
                                    change.path("what").asString(),
                                    change.path("from").asString(),
                                    change.path("to").asString())));
                    history.computeIfAbsent(row.getObject("alert_id", UUID.class), id -> new ArrayList<>())
                            .add(new AlertEvent(
                                    Columns.instant(row, "at"),
                                    AlertAction.valueOf(row.getString("action")),
                                    Actor.of(row),
                                    row.getInt("revision"),
                                    facts,
                                    changes));
                });
        return history;
    }

    private static final String COUNT = """
            insert into alert_count (tenant_id, outcome, severity_rank, alerts)
            select tenant_id, outcome, severity_rank, alerts from json_to_recordset(:rows::json)
                as r (tenant_id uuid, outcome text, severity_rank smallint, alerts bigint)
            order by 1, 2, 3
            on conflict (tenant_id, outcome, severity_rank) do update set alerts = alert_count.alerts + excluded.alerts
            """;

    // The sums of all tenants follow by triggers, row by row; each tenant is counted in one of sixteen. A transaction
    // comes to the rows of the sums in the order of their keys, whatever tenants it has: no two wait for each other.
    private static final String BY_SUM = "abs(hashtext(tenant_id::text)) % 16";

    private static final String COUNT_DAYS = """
            insert into alert_day (tenant_id, day, severity_rank, outcome, investigated, alerts)
            select tenant_id, day, severity_rank, outcome, investigated, alerts from json_to_recordset(:rows::json)
                as r (tenant_id uuid, day date, severity_rank smallint, outcome text, investigated boolean, alerts bigint)
            order by {sum}, day, severity_rank, outcome, investigated, tenant_id
            on conflict (tenant_id, day, severity_rank, outcome, investigated)
                do update set alerts = alert_day.alerts + excluded.alerts
            """.replace("{sum}", BY_SUM);

    private static final String COUNT_RULE_DAYS = """
            insert into alert_rule_day (tenant_id, day, rule_id, alerts, vendor_alerts)
            select tenant_id, day, rule_id, sum(alerts), sum(vendor_alerts) from json_to_recordset(:rows::json)
                as r (tenant_id uuid, day date, rule_id text, alerts bigint, vendor_alerts bigint)
            group by 1, 2, 3 order by {sum}, day, rule_id, tenant_id
            on conflict (tenant_id, day, rule_id) do update set
                alerts = alert_rule_day.alerts + excluded.alerts,
                vendor_alerts = alert_rule_day.vendor_alerts + excluded.vendor_alerts
            """.replace("{sum}", BY_SUM);

    private static final String COUNT_RULES_ANEW = """
            insert into alert_rule_day (tenant_id, day, rule_id, alerts, vendor_alerts)
            select tenant_id, day, rule_id, :sign * sum(alerts), :sign * sum(vendor_alerts)
            from (select tenant_id, (created_at at time zone 'UTC')::date as day, rule_id, 1 as alerts, 0 as vendor_alerts
                  from alert where id = any (:ids)
                  union all
                  select a.tenant_id, (m.joined_at at time zone 'UTC')::date, a.rule_id, 0, 1
                  from alert a join alert_vendor_alert m on m.alert_id = a.id where a.id = any (:ids)) made
            group by 1, 2, 3 order by {sum}, day, rule_id, tenant_id
            on conflict (tenant_id, day, rule_id) do update set
                alerts = alert_rule_day.alerts + excluded.alerts,
                vendor_alerts = alert_rule_day.vendor_alerts + excluded.vendor_alerts
            """.replace("{sum}", BY_SUM);

    /** Takes what alerts count for their rules away before they are changed, and adds it again after. */
    void countRulesAnew(Collection<UUID> ids, boolean isAfter) {
        database.sql(COUNT_RULES_ANEW)
                .param("ids", ids.toArray(UUID[]::new))
                .param("sign", isAfter ? 1 : -1)
                .update();
    }

    /**
     * A vendor alert of an alert, with what was made of it last.
     *
     * @param facts what is known of it
     * @param severity what the rule made of it
     */
    record Weighed(
            UUID alert, VendorAlertFacts facts, ContentHash version, AlertSeverity severity, String severityReason) {}

    private static final String WEIGHED = """
            select alert_id, vendor_alert_id, version, facts, severity, severity_reason from alert_vendor_alert
            where alert_id = any (:alerts) order by joined_at, vendor_alert_id
            """;

    /** All vendor alerts of some alerts, in the order in which they joined. */
    List<Weighed> weighed(Collection<UUID> alerts) {
        return database.sql(WEIGHED)
                .param("alerts", alerts.toArray(UUID[]::new))
                .query((row, number) -> new Weighed(
                        row.getObject("alert_id", UUID.class),
                        facts(row.getString("vendor_alert_id"), row.getString("facts")),
                        new ContentHash(row.getBytes("version")),
                        AlertSeverity.valueOf(row.getString("severity")),
                        row.getString("severity_reason")))
                .list();
    }

    private void countRules(List<AlertState> states) {
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var state : states) {
            var joined = state.vendorAlerts - state.vendorAlertsBefore;
            if (state.isNew || joined != 0) {
                rows.addObject()
                        .put("tenant_id", state.tenant.toString())
                        .put("rule_id", state.ruleId)
                        .put(
                                "day",
                                LocalDate.ofInstant(state.lastJoined, ZoneOffset.UTC)
                                        .toString())
                        .put("alerts", state.isNew ? 1 : 0)
                        .put("vendor_alerts", joined);
            }
        }
        if (!rows.isEmpty()) {
            database.sql(COUNT_RULE_DAYS)
                    .param("rows", JSON.writeValueAsString(rows))
                    .update();
        }
    }

    // In the order of the keys, so that whoever else counts locks these rows in the same order.
    private void count(List<AlertState> states) {
        var counts = new HashMap<ObjectNode, Long>();
        var days = new HashMap<ObjectNode, Long>();
        for (var state : states) {
            state.counted.ifPresent(before -> {
                counts.merge(countKey(before), -1L, Long::sum);
                days.merge(dayKey(before), -1L, Long::sum);
            });
            counts.merge(countKey(state.count()), 1L, Long::sum);
            days.merge(dayKey(state.count()), 1L, Long::sum);
        }
        add(COUNT, counts);
        add(COUNT_DAYS, days);
    }

    private static ObjectNode countKey(Counted counted) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tenant_id", counted.tenant().toString())
                .put("outcome", counted.outcome())
                .put("severity_rank", Severities.rank(counted.severity()));
    }

    private static ObjectNode dayKey(Counted counted) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tenant_id", counted.tenant().toString())
                .put(
                        "day",
                        LocalDate.ofInstant(counted.created(), ZoneOffset.UTC).toString())
                .put("severity_rank", Severities.rank(counted.severity()))
                .put("outcome", counted.outcome())
                .put("investigated", counted.investigated());
    }

    private void add(String sql, Map<ObjectNode, Long> deltas) {
        var rows = JsonNodeFactory.instance.arrayNode();
        deltas.forEach((key, delta) -> {
            if (delta != 0) {
                rows.add(key.deepCopy().put("alerts", delta));
            }
        });
        if (!rows.isEmpty()) {
            database.sql(sql).param("rows", JSON.writeValueAsString(rows)).update();
        }
    }
}
