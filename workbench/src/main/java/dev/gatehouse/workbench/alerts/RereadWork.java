package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.AlertTable.Taken;
import dev.gatehouse.workbench.alerts.AlertTable.Weighed;
import dev.gatehouse.workbench.alerts.Reread.Difference;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.Labels;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Subject;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the history of one directory again, a portion at a time. Each portion is one transaction with the place that it has come
 * to, so that a process that dies loses one portion and nothing is done twice.
 *
 * <p>Applied, a vendor alert that another rule takes, or that is joined by something else, leaves its alert. What leaves one
 * together becomes a new alert; when nothing would stay, the largest part keeps the alert and changes its rule. So no alert is
 * ever without a vendor alert, and no alert is put together with one that is there. Alerts that somebody has worked on are left
 * as they are, and are told.
 */
@Component
class RereadWork {

    private static final int PORTION = 200;

    /** Alerts whose vendor alerts are changed in one transaction. */
    private static final int ALERTS = 20;

    /** An alert that holds more is only told. */
    private static final int MOST_VENDOR_ALERTS = 2_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Rereads rereads;
    private final Detector rules;
    private final AlertTable table;
    private final VendorAlerts vendorAlerts;
    private final ObjectProvider<NewAlertPart> parts;
    private final Organizations organizations;
    private final ContextLabels labels;
    private final SecurityDevices devices;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    RereadWork(
            JdbcClient database,
            Rereads rereads,
            Detector rules,
            AlertTable table,
            VendorAlerts vendorAlerts,
            ObjectProvider<NewAlertPart> parts,
            Organizations organizations,
            ContextLabels labels,
            SecurityDevices devices,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.database = database;
        this.rereads = rereads;
        this.rules = rules;
        this.table = table;
        this.vendorAlerts = vendorAlerts;
        this.parts = parts;
        this.organizations = organizations;
        this.labels = labels;
        this.devices = devices;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    private static final String FROM_OPEN = """
            from rule_reread_tenant t
            join rule_reread r on r.id = t.reread_id and not t.is_done and r.state in ('LOOKING', 'APPLYING')
            """;

    private static final String OPEN = "select r.*, t.reached_at, t.reached_id " + FROM_OPEN + """
            where t.tenant_id = :tenant
            order by r.requested_at, r.id limit 1
            """;

    private static final String WITH_WORK =
            "select distinct t.tenant_id " + FROM_OPEN + "where t.tenant_id = any (:tenants)";

    /** Those of some tenants whose history is being read again. */
    Set<TenantId> withWork(Collection<TenantId> tenants) {
        return database.sql(WITH_WORK)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .set();
    }

    private record Open(
            UUID id, String rule, Instant to, boolean isApplying, Actor actor, Instant reachedAt, String reachedId) {}

    private static Open open(ResultSet row) throws SQLException {
        var isApplying = row.getString("state").equals("APPLYING");
        return new Open(
                row.getObject("id", UUID.class),
                row.getString("rule_id"),
                Columns.instant(row, "looks_to"),
                isApplying,
                isApplying ? Actor.of(row) : Actor.GATEHOUSE,
                Columns.instant(row, "reached_at"),
                row.getString("reached_id"));
    }

    /**
     * Does the next portion.
     *
     * @return whether there may be more
     * @throws dev.gatehouse.workbench.platform.database.LeaseLost when another process reads the tenant by now
     */
    boolean next(TenantId tenant) {
        var open = database.sql(OPEN)
                .param("tenant", tenant.value())
                .query((row, number) -> open(row))
                .optional();
        if (open.isEmpty()) {
            return false;
        }
        if (open.get().isApplying()) {
            apply(tenant, open.get());
        } else {
            look(tenant, open.get());
        }
        return true;
    }

    // Looking

    private static final String MEMBERS = """
            select m.vendor_alert_id, m.alert_id, m.joined_at, m.rule_id, m.severity, a.join_key,
                   (a.status = 'OPEN' and a.assignee_id is null and a.investigation_id is null and a.first_worked_at is null)
                       as is_untouched
            from alert_vendor_alert m join alert a on a.id = m.alert_id
            where m.tenant_id = :tenant and (m.joined_at, m.vendor_alert_id) > (:at, :id) and m.joined_at <= :to
            order by m.joined_at, m.vendor_alert_id limit :limit
            """;

    private record Member(
            String vendorAlert,
            UUID alert,
            Instant joined,
            String rule,
            String severity,
            String joinKey,
            boolean isUntouched) {}

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getString("vendor_alert_id"),
                row.getObject("alert_id", UUID.class),
                Columns.instant(row, "joined_at"),
                row.getString("rule_id"),
                row.getString("severity"),
                row.getString("join_key"),
                row.getBoolean("is_untouched"));
    }

    private static final String ADD = """
            insert into rule_reread_finding (reread_id, tenant_id, vendor_alert_id, alert_id, joined_at, change, from_rule, to_rule,
                                             to_key, from_severity, to_severity, is_untouched)
            select :reread, :tenant, r.vendor_alert_id, r.alert_id, r.joined_at, r.change, r.from_rule, r.to_rule, r.to_key,
                   r.from_severity, r.to_severity, r.is_untouched
            from jsonb_to_recordset(:rows::jsonb) as r (vendor_alert_id text, alert_id uuid, joined_at timestamptz, change text,
                from_rule text, to_rule text, to_key text, from_severity text, to_severity text, is_untouched boolean)
            on conflict do nothing
            """;

    private static final String MOVE = """
            update rule_reread_tenant set reached_at = :at, reached_id = :last, is_done = :done,
                                          looked_at = looked_at + :looked, failed = failed + :failed
            where reread_id = :reread and tenant_id = :tenant
            """;

    private void look(TenantId tenant, Open open) {
        var members = database.sql(MEMBERS)
                .param("tenant", tenant.value())
                .param("at", Columns.timestamp(open.reachedAt()))
                .param("id", open.reachedId())
                .param("to", Columns.timestamp(open.to()))
                .param("limit", PORTION)
                .query((row, number) -> member(row))
                .list();
        var decisions = decide(tenant, members.stream().map(Member::vendorAlert).toList());
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var member : members) {
            var decision =
                    Optional.ofNullable(decisions.get(member.vendorAlert())).map(Decided::decision);
            decision.flatMap(each -> difference(open.rule(), member, each)).ifPresent(change -> rows.addObject()
                    .put("vendor_alert_id", member.vendorAlert())
                    .put("alert_id", member.alert().toString())
                    .put("joined_at", Columns.timestamp(member.joined()).toString())
                    .put("change", change.name())
                    .put("from_rule", member.rule())
                    .put("to_rule", decision.get().rule().value())
                    .put("to_key", Columns.key(decision.get().join().value()))
                    .put("from_severity", member.severity())
                    .put("to_severity", decision.get().severity().name())
                    .put("is_untouched", member.isUntouched()));
        }
        var last = members.isEmpty() ? Optional.<Member>empty() : Optional.of(members.getLast());
        var isDone = members.size() < PORTION;
        fence.run(() -> {
            if (!rows.isEmpty()) {
                database.sql(ADD)
                        .param("reread", open.id())
                        .param("tenant", tenant.value())
                        .param("rows", JSON.writeValueAsString(rows))
                        .update();
            }
            database.sql(MOVE)
                    .param("reread", open.id())
                    .param("tenant", tenant.value())
                    .param("at", Columns.timestamp(last.map(Member::joined).orElse(open.reachedAt())))
                    .param("last", last.map(Member::vendorAlert).orElse(open.reachedId()))
                    .param("done", isDone)
                    .param("looked", members.size())
                    .param("failed", members.size() - decisions.size())
                    .update();
            if (isDone) {
                rereads.finishIfDone(open.id());
            }
        });
    }

    /** What would become different, as far as this rule has to do with it. */
    private static Optional<Difference> difference(String rule, Member member, Decision decision) {
        var toRule = decision.rule().value();
        if (!member.rule().equals(rule) && !toRule.equals(rule)) {
            return Optional.empty();
        }
        if (!member.rule().equals(toRule)) {
            return Optional.of(Difference.OTHER_RULE);
        }
        if (!member.joinKey().equals(Columns.key(decision.join().value()))) {
            return Optional.of(Difference.OTHER_ALERT);
        }
        return member.severity().equals(decision.severity().name())
                ? Optional.empty()
                : Optional.of(Difference.SEVERITY);
    }

    /** What the rules make of a vendor alert now. */
    private record Decided(VendorAlert alert, Decision decision) {}

    /** Those that cannot be read any more, or that the rules fail at, are left out. */
    private Map<String, Decided> decide(TenantId tenant, Collection<String> ids) {
        var now = clock.instant();
        var contents = vendorAlerts.asOf(
                Scope.everything(),
                ids.stream().map(id -> new VendorAlerts.AsOf(tenant, id, now)).toList());
        var owner = organizations.of(tenant);
        var deviceName = devices.of(Scope.everything(), tenant).stream()
                .map(SecurityDevice::name)
                .findFirst()
                .orElse("");
        var labelled = owner.map(organization -> labels.of(organization.id(), contents.values()))
                .orElse(Labels.NONE);
        var decided = new HashMap<String, Decided>();
        contents.forEach((key, alert) -> {
            try {
                var subject = Subject.of(alert, owner, deviceName).in(labelled.of(alert));
                decided.put(key.id(), new Decided(alert, rules.decide(subject)));
            } catch (RuntimeException | StackOverflowError e) {
                // It is counted with those that cannot be read.
            }
        });
        return decided;
    }

    // Applying

    private static final String NEXT_ALERTS = """
            select distinct alert_id from rule_reread_finding
            where reread_id = :reread and tenant_id = :tenant and result is null limit :limit
            """;

    private static final String FOUND = """
            select vendor_alert_id, alert_id from rule_reread_finding
            where reread_id = :reread and tenant_id = :tenant and result is null and alert_id = any (:alerts)
            """;

    private static final String DONE = """
            update rule_reread_finding f set result = r.result
            from unnest(:ids::text[], :results::text[]) as r (id, result)
            where f.reread_id = :reread and f.tenant_id = :tenant and f.vendor_alert_id = r.id
            """;

    private void apply(TenantId tenant, Open open) {
        var alerts = database.sql(NEXT_ALERTS)
                .param("reread", open.id())
                .param("tenant", tenant.value())
                .param("limit", ALERTS)
                .query((row, number) -> row.getObject("alert_id", UUID.class))
                .list();
        if (alerts.isEmpty()) {
            fence.run(() -> {
                database.sql(
                                "update rule_reread_tenant set is_done = true where reread_id = :reread and tenant_id = :tenant")
                        .param("reread", open.id())
                        .param("tenant", tenant.value())
                        .update();
                rereads.finishIfDone(open.id());
            });
            return;
        }
        var found = new LinkedHashMap<String, UUID>();
        database.sql(FOUND)
                .param("reread", open.id())
                .param("tenant", tenant.value())
                .param("alerts", alerts.toArray(UUID[]::new))
                .query(row -> {
                    found.put(row.getString("vendor_alert_id"), row.getObject("alert_id", UUID.class));
                });
        var decisions = decide(tenant, found.keySet());
        var changed = fence.write(() -> {
            table.haveToOurselves(tenant);
            var regrouping = new Regrouping(tenant, open, alerts, found, decisions);
            regrouping.run();
            return regrouping.changed();
        });
        events.publishEvent(changed);
    }

    /** Changes some alerts in one transaction. */
    private final class Regrouping {

        private final TenantId tenant;
        private final Open open;
        private final Map<String, UUID> found;
        private final Map<String, Decided> decisions;
        private final Instant now = clock.instant();
        private final Map<UUID, AlertState> states;
        private final Map<UUID, List<Weighed>> members;
        private final List<AlertState> made = new ArrayList<>();
        private final List<Taken> taken = new ArrayList<>();
        private final Map<String, String> results = new LinkedHashMap<>();

        Regrouping(
                TenantId tenant,
                Open open,
                List<UUID> alerts,
                Map<String, UUID> found,
                Map<String, Decided> decisions) {
            this.tenant = tenant;
            this.open = open;
            this.found = found;
            this.decisions = decisions;
            this.states = table.lock(Scope.everything(), alerts);
            this.members = table.weighed(states.keySet()).stream().collect(Collectors.groupingBy(Weighed::alert));
        }

        void run() {
            table.countRulesAnew(states.keySet(), false);
            states.values().forEach(this::change);
            found.keySet().forEach(id -> results.putIfAbsent(id, "OBSOLETE"));
            var all = new ArrayList<>(states.values());
            all.addAll(made);
            table.saveUncounted(all);
            table.putMembers(tenant, taken, now);
            table.countRulesAnew(all.stream().map(state -> state.id).toList(), true);
            if (!made.isEmpty()) {
                parts.forEach(part ->
                        part.made(tenant, made.stream().map(state -> state.id).toList()));
            }
            database.sql(DONE)
                    .param("reread", open.id())
                    .param("tenant", tenant.value())
                    .param("ids", results.keySet().toArray(String[]::new))
                    .param("results", results.values().toArray(String[]::new))
                    .update();
        }

        private void change(AlertState state) {
            var held = members.getOrDefault(state.id, List.of());
            var different =
                    held.stream().filter(each -> isDifferent(state, each)).toList();
            if (different.isEmpty()) {
                return;
            }
            if (!state.isUntouched() || held.size() > MOST_VENDOR_ALERTS) {
                state.readAgain(open.actor(), told(different), now);
                different.forEach(each -> results.put(each.facts().id(), "NOTED"));
                return;
            }
            different.forEach(each -> results.put(each.facts().id(), "CHANGED"));
            regroup(state, held, different);
        }

        /** It may have been decided anew since it was looked at: then there is nothing to change. */
        private boolean isDifferent(AlertState state, Weighed member) {
            var decided = decisions.get(member.facts().id());
            return decided != null
                    && found.containsKey(member.facts().id())
                    && (isMoving(state, decided.decision())
                            || decided.decision().severity() != member.severity());
        }

        private boolean isMoving(AlertState state, Decision decision) {
            return !decision.rule().value().equals(state.ruleId)
                    || !Columns.key(decision.join().value()).equals(state.joinKey);
        }

        private String told(List<Weighed> different) {
            return different.stream()
                            .limit(3)
                            .map(each -> {
                                var decision = decision(each);
                                return "rule %s would take vendor alert “%s” as %s now"
                                        .formatted(
                                                decision.rule(),
                                                each.facts().title(),
                                                decision.severity().title());
                            })
                            .collect(Collectors.joining(", "))
                    + (different.size() > 3 ? ", and %,d more".formatted(different.size() - 3) : "")
                    + ". Nothing was changed, because somebody has worked on this alert";
        }

        private Decision decision(Weighed member) {
            var decided = decisions.get(member.facts().id());
            if (decided == null) {
                throw new IllegalStateException(
                        "Nothing was decided about " + member.facts().id());
            }
            return decided.decision();
        }

        private void regroup(AlertState state, List<Weighed> held, List<Weighed> different) {
            var groups = different.stream()
                    .filter(each -> isMoving(state, decision(each)))
                    .collect(Collectors.groupingBy(
                            each -> decision(each).rule().value() + "\n"
                                    + Columns.key(decision(each).join().value()),
                            LinkedHashMap::new,
                            Collectors.toList()));
            var moving = groups.values().stream().flatMap(List::stream).toList();
            var staying = new ArrayList<>(held);
            staying.removeAll(moving);
            if (staying.isEmpty()) {
                var largest = groups.values().stream()
                        .max(Comparator.comparingInt(List::size))
                        .orElseThrow();
                groups.values().remove(largest);
                staying.addAll(largest);
                takeOver(state, largest);
            }
            groups.values().forEach(group -> split(state, group));
            for (var each : staying) {
                if (different.contains(each)) {
                    taken.add(new Taken(state.id, each.facts(), each.version(), decision(each)));
                }
            }
            state.holds(staying.stream().map(Weighed::facts).toList());
            weigh(state, staying);
        }

        private void takeOver(AlertState state, List<Weighed> group) {
            var before = state.ruleId;
            var decision = decision(group.getFirst());
            state.takenBy(decision, called(group.getFirst(), decision));
            state.readAgain(
                    open.actor(),
                    before.equals(state.ruleId)
                            ? "rule %s joins its vendor alerts by something else now".formatted(state.ruleId)
                            : "rule %s takes it instead of %s".formatted(state.ruleId, before),
                    now,
                    new AlertEvent.Change("rule", before, state.ruleId));
        }

        private void split(AlertState from, List<Weighed> group) {
            var decision = decision(group.getFirst());
            var state = new AlertState(
                    UUID.randomUUID(),
                    tenant,
                    decision.rule().value(),
                    decision.ruleVersion(),
                    called(group.getFirst(), decision),
                    Columns.key(decision.join().value()),
                    decision.severity(),
                    decision.severityReason(),
                    now);
            state.tactics.addAll(decision.tactics());
            state.techniques.addAll(decision.techniques());
            state.holds(group.stream().map(this::whole).toList());
            state.readAgain(
                    open.actor(),
                    "rule %s takes what was in alert “%s” before".formatted(decision.rule(), from.name),
                    now);
            weigh(state, group);
            made.add(state);
            group.forEach(each -> taken.add(new Taken(state.id, each.facts(), each.version(), decision(each))));
            from.readAgain(
                    open.actor(),
                    "%,d of its vendor alerts are an alert of rule %s now".formatted(group.size(), decision.rule()),
                    now);
        }

        /** With the accounts and hosts that it is found by, which are not kept beside the alert. */
        private VendorAlertFacts whole(Weighed member) {
            var decided = decisions.get(member.facts().id());
            return decided == null
                    ? member.facts()
                    : VendorAlertFacts.of(member.facts().id(), decided.alert());
        }

        private String called(Weighed member, Decision decision) {
            return decision.rule().isDefault() && !member.facts().title().isBlank()
                    ? member.facts().title()
                    : decision.ruleName();
        }

        /** As bad as the worst of what it holds. */
        private void weigh(AlertState state, List<Weighed> held) {
            var severity = AlertSeverity.TUNING;
            var reason = state.severityReason;
            for (var each : held) {
                var isDecided = results.containsKey(each.facts().id());
                var own = isDecided ? decision(each).severity() : each.severity();
                if (!Severities.isAtLeast(severity, own)) {
                    severity = own;
                    reason = isDecided ? decision(each).severityReason() : each.severityReason();
                }
            }
            state.weigh(open.actor(), severity, reason, now);
        }

        AlertsChanged changed() {
            return new AlertsChanged(
                    made.stream().map(state -> state.id).toList(),
                    states.values().stream()
                            .filter(AlertState::hasChanged)
                            .map(state -> state.id)
                            .toList(),
                    Optional.of(tenant));
        }
    }
}
