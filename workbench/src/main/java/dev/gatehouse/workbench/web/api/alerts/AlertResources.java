package dev.gatehouse.workbench.web.api.alerts;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.texts;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.through;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNone;

import dev.gatehouse.workbench.alerts.AlertAction;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.alerts.AlertOutcomes;
import dev.gatehouse.workbench.alerts.AlertOutcomes.Outcome;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.AlertViews;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Assignees;
import dev.gatehouse.workbench.web.api.resources.Attribute;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Relation;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** {@code expel_alerts}: what analysts work on, and {@code expel_alert_histories}: what happened to it. */
@Component
class AlertResources implements Description {

    static final String ALERTS = "expel_alerts";
    private static final String HISTORIES = "expel_alert_histories";

    private static final String STATUS = "status";
    private static final String CLOSE_REASON = "close_reason";
    private static final String CLOSE_COMMENT = "close_comment";
    private static final String INVESTIGATION = "investigation";

    private final Alerts alerts;
    private final AlertActions actions;
    private final AlertOutcomes outcomes;
    private final InvestigationActions investigations;
    private final Investigations cases;
    private final InvestigativeActions steps;
    private final Assignees assignees;

    AlertResources(
            Alerts alerts,
            AlertActions actions,
            AlertOutcomes outcomes,
            InvestigationActions investigations,
            Investigations cases,
            InvestigativeActions steps,
            Assignees assignees) {
        this.alerts = alerts;
        this.actions = actions;
        this.outcomes = outcomes;
        this.investigations = investigations;
        this.cases = cases;
        this.steps = steps;
        this.assignees = assignees;
    }

    @Override
    public List<Resource> resources() {
        return List.of(alerts(), histories());
    }

    private Resource alerts() {
        return Resource.of(ALERTS, AlertViews.ALERTS)
                .says("What analysts work on: vendor alerts that a detection rule put together.")
                .has(
                        text("expel_name").from("name"),
                        none("expel_alias_name", Type.TEXT),
                        text("expel_message").from("severity_reason"),
                        text("expel_severity").from("severity").of(AlertSeverity.values()),
                        text("expel_signature_id").from("rule_id"),
                        integer("expel_version").from("rule_version"),
                        time("expel_alert_time").from("created_at"),
                        always("alert_type", Type.TEXT, "CLOUD"),
                        text(STATUS).of(AlertStatus.values()).writable(),
                        time("status_updated_at").from("status_changed_at"),
                        text(CLOSE_REASON).of(CloseReason.values()).writable(),
                        text(CLOSE_COMMENT).writable(),
                        time("activity_first_at").from("first_activity"),
                        time("activity_last_at").from("last_activity"),
                        integer("vendor_alert_count").from("vendor_alerts"),
                        computed("investigative_action_count", Type.INTEGER),
                        none("is_auto_add", Type.BOOLEAN),
                        none("is_viewed_by_assignable_expel_user", Type.BOOLEAN),
                        always("rapid_triage_priority", Type.TEXT, "UNKNOWN"),
                        none("ref_event_id", Type.TEXT),
                        none("git_rule_url", Type.TEXT),
                        none("tuning_requested", Type.BOOLEAN),
                        time("created_at"),
                        time("updated_at"),
                        texts("mitre_tactics").from("tactics"),
                        texts("mitre_techniques").from("techniques"),
                        time("first_assigned_at"),
                        time("closed_at"),
                        integer("revision").writable())
                .has(counters())
                .leadsTo(
                        one("organization", "organizations", "organization_id"),
                        one("vendor", "vendors", "vendor_id"),
                        through(
                                "vendor_alerts",
                                "vendor_alerts",
                                AlertViews.VENDOR_ALERTS,
                                List.of("alert_id"),
                                List.of("tenant_id", "vendor_alert_id")),
                        through(
                                "evidence",
                                "vendor_alert_evidences",
                                AlertViews.VENDOR_ALERTS,
                                List.of("alert_id"),
                                List.of("tenant_id", "vendor_alert_id")),
                        one(Assignees.RELATION, Actors.TYPE, "assignee_id").writable(),
                        one(INVESTIGATION, "investigations", "investigation_id").writable(),
                        many("investigative_actions", "investigative_actions", "alert_id"),
                        many(HISTORIES, HISTORIES, "alert_id"),
                        one("suppression", "suppressions", "suppression_id"),
                        through(
                                "suppression_histories",
                                "suppression_histories",
                                AlertViews.SUPPRESSED,
                                List.of("alert_id"),
                                List.of("suppression_id")),
                        through(
                                        "similar_alerts",
                                        ALERTS,
                                        AlertViews.SIMILAR,
                                        List.of("alert_id"),
                                        List.of("similar_id"))
                                .onlyFollowed(),
                        addresses("source_ip_addresses", AlertViews.SOURCE_ADDRESSES, AlertViews.ALERTS_BY_SOURCE),
                        addresses(
                                "destination_ip_addresses",
                                AlertViews.DESTINATION_ADDRESSES,
                                AlertViews.ALERTS_BY_DESTINATION),
                        one("status_last_updated_by", Actors.TYPE, "status_changed_by"),
                        toNobody("created_by", Actors.TYPE),
                        toNobody("updated_by", Actors.TYPE),
                        toNone("suggestions", "suggestions"),
                        through(
                                        "context_labels",
                                        "context_labels",
                                        AlertViews.LABELLED,
                                        List.of("alert_id"),
                                        List.of("label_id"))
                                .onlyFollowed())
                .sortedBy("-created_at")
                .ranked("expel_severity", "severity_rank")
                .counted(alerts::number)
                .computed(this::addCounts)
                .changed(Right.WORK_ALERTS, this::change)
                .build();
    }

    /** Addresses of alerts, and for filters the alerts of addresses. */
    private static Relation addresses(String name, ReadView ofAlerts, ReadView ofAddresses) {
        return addresses(name, ofAlerts).filteredAs(addresses(name, ofAddresses));
    }

    private static Relation addresses(String name, ReadView links) {
        return through(name, "ip_addresses", links, List.of("alert_id"), List.of("tenant_id", "name"));
    }

    /** How other alerts of the same rule ended, where the reader may see them; told of one alert alone, not in lists. */
    private static List<Attribute> counters() {
        var counters = new ArrayList<Attribute>();
        for (var prefix : List.of("disposition_", "cust_disp_", "vendor_disp_")) {
            for (var what : List.of(
                    "closed_alerts",
                    "disposed_alerts",
                    "alerts_in_investigations",
                    "alerts_in_incidents",
                    "alerts_in_critical_incidents")) {
                counters.add(computed(prefix + what + "_count", Type.INTEGER));
            }
        }
        return counters;
    }

    private void addCounts(List<Row> rows, Scope scope, boolean isWhole) {
        var ids = rows.stream().map(row -> UUID.fromString(row.text("id"))).toList();
        var steps = this.steps.count(scope, ids);
        for (var row : rows) {
            row.with("investigative_action_count", (long) steps.getOrDefault(UUID.fromString(row.text("id")), 0));
        }
        if (isWhole) {
            rows.forEach(row -> addOutcomes(row, scope));
        }
    }

    private void addOutcomes(Row row, Scope scope) {
        var all = outcomes.of(scope, row.text("rule_id"), UUID.fromString(row.text("id")));
        var incidents = cases.incidents(
                scope,
                all.stream()
                        .flatMap(each -> each.investigation().stream())
                        .distinct()
                        .toList());
        var own = all.stream()
                .filter(each -> each.organization().map(UUID::toString).equals(row.get("organization_id")))
                .toList();
        put(row, "disposition_", all, incidents);
        put(row, "cust_disp_", own, incidents);
        // There is one vendor.
        put(row, "vendor_disp_", all, incidents);
    }

    private static void put(Row row, String prefix, List<Outcome> outcomes, Map<UUID, Boolean> incidents) {
        row.with(prefix + "closed_alerts_count", sum(outcomes, Outcome::isClosed));
        row.with(
                prefix + "disposed_alerts_count",
                sum(outcomes, each -> each.isClosed() || each.investigation().isPresent()));
        row.with(prefix + "alerts_in_investigations_count", sum(outcomes, each -> each.investigation()
                .isPresent()));
        row.with(prefix + "alerts_in_incidents_count", sum(outcomes, each -> each.investigation()
                .filter(incidents::containsKey)
                .isPresent()));
        row.with(prefix + "alerts_in_critical_incidents_count", sum(outcomes, each -> each.investigation()
                .map(incidents::get)
                .filter(Boolean::booleanValue)
                .isPresent()));
    }

    private static long sum(List<Outcome> outcomes, Predicate<Outcome> which) {
        return outcomes.stream().filter(which).mapToLong(Outcome::alerts).sum();
    }

    private static Resource histories() {
        return Resource.of(HISTORIES, AlertViews.HISTORY)
                .says("What happened to alerts. It is written with the change itself and never changed.")
                .knownBy(Key.number("id"))
                .has(
                        text("action").of(AlertAction.values()),
                        json("value"),
                        time("created_at").from("at"),
                        text("actor_name"),
                        integer("revision"))
                .leadsTo(
                        one("expel_alert", ALERTS, "alert_id"),
                        one(INVESTIGATION, "investigations", "investigation_id"),
                        one(Assignees.RELATION, Actors.TYPE, "assignee_id"),
                        one("organization", "organizations", "organization_id"),
                        one("created_by", Actors.TYPE, "actor_id"))
                .sortedBy("created_at")
                .build();
    }

    private Written change(Change change) {
        var id = change.id();
        var isFirst = true;
        var assignee = assignees.of(change, change.row().text("organization_id"));
        if (assignee.isPresent()) {
            actions.assign(change.scope(), change.actor(), seen(change, isFirst), assignee.get());
            isFirst = false;
        }
        var investigation = change.relation(INVESTIGATION);
        if (investigation.isPresent()) {
            move(change, investigation.get().map(UUID::fromString));
            isFirst = false;
        }
        if (change.has(STATUS) || change.has(CLOSE_REASON) || change.has(CLOSE_COMMENT)) {
            changeStatus(change, seen(change, isFirst));
        }
        return Written.of(id);
    }

    /** As the client saw it, or as our own step before has left it. */
    private List<Seen> seen(Change change, boolean isFirst) {
        return isFirst
                ? List.of(new Seen(change.id(), change.revision()))
                : alerts.find(change.scope(), change.id()).map(Seen::of).stream()
                        .toList();
    }

    private void move(Change change, Optional<UUID> to) {
        var from = change.row().text("investigation_id");
        if (!from.isEmpty()) {
            investigations.remove(change.scope(), change.actor(), UUID.fromString(from), change.id());
        }
        to.ifPresent(id -> investigations.add(change.scope(), change.actor(), id, List.of(change.id())));
    }

    private void changeStatus(Change change, List<Seen> seen) {
        if (!change.has(STATUS)) {
            throw Refusal.at(
                    Body.pointer(STATUS),
                    "%s and %s go with the status CLOSED. An alert that is closed has to be opened first, by the status OPEN."
                            .formatted(CLOSE_REASON, CLOSE_COMMENT));
        }
        switch (AlertStatus.valueOf(change.required(STATUS))) {
            case CLOSED ->
                actions.close(
                        change.scope(),
                        change.actor(),
                        seen,
                        CloseReason.valueOf(change.required(CLOSE_REASON)),
                        change.text(CLOSE_COMMENT).orElse(""));
            case IN_PROGRESS -> actions.start(change.scope(), change.actor(), seen);
            case OPEN -> {
                if (change.row().text(STATUS).equals(AlertStatus.IN_PROGRESS.name())) {
                    actions.putBack(change.scope(), change.actor(), seen);
                } else {
                    actions.reopen(
                            change.scope(),
                            change.actor(),
                            seen,
                            change.text(CLOSE_COMMENT).orElse(""));
                }
            }
        }
    }
}
