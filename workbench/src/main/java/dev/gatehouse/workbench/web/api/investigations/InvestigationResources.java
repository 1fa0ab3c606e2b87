package dev.gatehouse.workbench.web.api.investigations;

import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.through;

import dev.gatehouse.workbench.alerts.AlertViews;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.HistoryAction;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.InvestigationViews;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.Subject;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
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
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@code investigations}, incidents among them, and {@code investigation_histories}. */
@Component
class InvestigationResources implements Description {

    static final String INVESTIGATIONS = "investigations";
    static final String INVESTIGATION = "investigation";
    private static final String HISTORIES = "investigation_histories";

    private static final String DECISION = "decision";
    private static final String CLOSE_COMMENT = "close_comment";
    private static final String IS_INCIDENT = "is_incident";
    private static final String DOWNGRADE_REASON = "downgrade_reason";
    private static final String SUPPORT = "is_soc_support_required";
    private static final String REVIEW = "review_requested_at";
    private static final String LEAD = "lead_expel_alert";

    private final Investigations investigations;
    private final InvestigationActions actions;
    private final Assignees assignees;

    InvestigationResources(Investigations investigations, InvestigationActions actions, Assignees assignees) {
        this.investigations = investigations;
        this.actions = actions;
        this.assignees = assignees;
    }

    @Override
    public List<Resource> resources() {
        return List.of(investigations(), histories());
    }

    private Resource investigations() {
        return Resource.of(INVESTIGATIONS, InvestigationViews.INVESTIGATIONS)
                .says("Investigations. One with is_incident is an incident; it has the same id and number as before.")
                .has(said())
                .has(
                        text("short_link"),
                        text(DECISION).of(Decision.values()).writable(),
                        text(CLOSE_COMMENT).writable(),
                        bool(IS_INCIDENT).writable(),
                        time("is_incident_status_updated_at").from("incident_changed_at"),
                        bool("is_downgrade"),
                        text(DOWNGRADE_REASON).writable(),
                        bool(SUPPORT).writable(),
                        time(REVIEW).writable(),
                        time("last_published_at").from("published_at"),
                        none("last_published_value", Type.TEXT),
                        time("status_updated_at").from("status_changed_at"),
                        integer("expel_alert_count").from("alerts"),
                        none("has_hunting_status", Type.BOOLEAN),
                        none("properties", Type.JSON),
                        none("open_comment", Type.TEXT),
                        time("created_at"),
                        time("updated_at"),
                        time("closed_at"),
                        none("deleted_at", Type.TIME),
                        integer("revision").writable())
                .leadsTo(
                        one("organization", "organizations", "organization_id").writable(),
                        one(LEAD, "expel_alerts", "lead_alert_id").writable(),
                        many("expel_alerts", "expel_alerts", "investigation_id").writable(),
                        one(Assignees.RELATION, Actors.TYPE, "assignee_id").writable(),
                        many("comments", "comments", "investigation_id"),
                        many("findings", "investigation_findings", "investigation_id"),
                        many("investigative_actions", "investigative_actions", "investigation_id"),
                        many("remediation_actions", "remediation_actions", "investigation_id"),
                        many("timeline_entries", "timeline_entries", "investigation_id"),
                        many(HISTORIES, HISTORIES, "investigation_id"),
                        many("files", "files", "investigation_id"),
                        addressesBy(AlertViews.ADDRESSES_OF_INVESTIGATIONS)
                                .filteredAs(addressesBy(AlertViews.INVESTIGATIONS_OF_ADDRESSES)),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"),
                        one("status_last_updated_by", Actors.TYPE, "status_changed_by_id"))
                .sortedBy("-created_at")
                .ranked("analyst_severity", "severity_rank")
                .searchedBy("{r}.search ilike {pattern}")
                .created(Right.WORK_ALERTS, this::open)
                .changed(Right.WORK_ALERTS, this::change)
                .linked(
                        "expel_alerts",
                        (change, added, removed) ->
                                actions.exchange(change.scope(), change.actor(), change.id(), ids(added), ids(removed)))
                .build();
    }

    private static List<UUID> ids(List<String> texts) {
        return texts.stream().map(UUID::fromString).toList();
    }

    private static List<Attribute> said() {
        return Arrays.stream(InvestigationField.values())
                .map(field -> field == InvestigationField.IS_SURGE
                        ? bool(field.key()).writable()
                        : text(field.key()).of(field.choices()).writable())
                .toList();
    }

    private static Relation addressesBy(ReadView links) {
        return through(
                "ip_addresses", "ip_addresses", links, List.of("investigation_id"), List.of("tenant_id", "name"));
    }

    private static Resource histories() {
        return Resource.of(HISTORIES, InvestigationViews.history(Subject.INVESTIGATION))
                .says("What happened to investigations. It is written with the change itself and never changed.")
                .knownBy(Key.number("id"))
                .has(
                        text("action").of(HistoryAction.values()),
                        bool(IS_INCIDENT),
                        json("value"),
                        time("created_at").from("at"),
                        text("actor_name"),
                        integer("revision"))
                .leadsTo(
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id"),
                        one("organization", "organizations", "organization_id"),
                        one("created_by", Actors.TYPE, "actor_id"))
                .sortedBy("created_at")
                .build();
    }

    private Written open(Change change) {
        var title = change.text(InvestigationField.TITLE.key()).orElse("");
        var lead = change.relation(LEAD).flatMap(to -> to);
        var id = lead.isPresent()
                ? actions.openFrom(change.scope(), change.actor(), List.of(UUID.fromString(lead.get())), title)
                : actions.open(change.scope(), change.actor(), change.requiredRelation("organization"), title);
        apply(change, id, Optional.empty());
        return Written.of(id);
    }

    private Written change(Change change) {
        if (change.relation("organization").isPresent()) {
            throw Refusal.at(
                    "/data/relationships/organization",
                    "An investigation stays with the organization that it is about.");
        }
        apply(change, change.id(), Optional.of(change.revision()));
        return Written.of(change.id());
    }

    /** Step by step, each on what the one before has left; the first on what the client has seen. */
    private void apply(Change change, UUID id, Optional<Integer> revision) {
        var steps = new Steps(change, id, revision);
        var fields = fields(change);
        var isNew = revision.isEmpty();
        if (isNew) {
            fields.remove(InvestigationField.TITLE);
        }
        var organization = isNew ? owner(change, id) : change.row().text("organization_id");
        var assignee = assignees.of(change, organization);
        if (!fields.isEmpty()) {
            steps.take(seen -> actions.update(
                    change.scope(), change.actor(), seen, fields, assignee.orElseGet(() -> present(change, id)
                            .assignee())));
        } else {
            assignee.ifPresent(to -> steps.take(seen -> actions.assign(change.scope(), change.actor(), seen, to)));
        }
        if (!isNew) {
            change.relation(LEAD).ifPresent(to -> lead(change, id, to));
        }
        change.bool(IS_INCIDENT).ifPresent(isIncident -> steps.take(seen -> stand(change, seen, isIncident)));
        change.bool(SUPPORT).ifPresent(isWanted -> steps.take(seen -> support(change, seen, isWanted)));
        if (change.has(REVIEW)) {
            steps.take(seen -> actions.requestReview(
                    change.scope(), change.actor(), seen, change.text(REVIEW).isPresent()));
        }
        if (change.has(DECISION) || change.has(CLOSE_COMMENT)) {
            steps.take(seen -> decide(change, seen));
        }
    }

    private String owner(Change change, UUID id) {
        return present(change, id).organization().toString();
    }

    private Investigation present(Change change, UUID id) {
        return investigations
                .find(change.scope(), id)
                .orElseThrow(() -> Refusal.notFound("There is no investigation with the id %s.".formatted(id)));
    }

    /** Steps of one change. */
    private final class Steps {

        private final Change change;
        private final UUID id;
        private Optional<Integer> revision;

        private Steps(Change change, UUID id, Optional<Integer> revision) {
            this.change = change;
            this.id = id;
            this.revision = revision;
        }

        private void take(Consumer<Seen> step) {
            step.accept(revision.map(known -> new Seen(id, known)).orElseGet(() -> Seen.of(present(change, id))));
            revision = Optional.empty();
        }
    }

    private static Map<InvestigationField, String> fields(Change change) {
        var fields = new EnumMap<InvestigationField, String>(InvestigationField.class);
        for (var field : InvestigationField.values()) {
            if (change.has(field.key())) {
                fields.put(
                        field,
                        field == InvestigationField.IS_SURGE
                                ? change.bool(field.key())
                                        .filter(yes -> yes)
                                        .map(yes -> "YES")
                                        .orElse("")
                                : change.text(field.key()).orElse(""));
            }
        }
        return fields;
    }

    private void lead(Change change, UUID id, Optional<String> to) {
        actions.lead(
                change.scope(),
                change.actor(),
                id,
                to.map(UUID::fromString)
                        .orElseThrow(() -> Refusal.at(
                                "/data/relationships/" + LEAD,
                                "An investigation cannot be without the alert that leads.")));
    }

    private void stand(Change change, Seen seen, boolean isIncident) {
        if (isIncident) {
            actions.promote(change.scope(), change.actor(), seen);
        } else if (change.present().isPresent()) {
            actions.downgrade(change.scope(), change.actor(), seen, change.required(DOWNGRADE_REASON));
        }
    }

    private void support(Change change, Seen seen, boolean isWanted) {
        if (!change.caller().may(Right.REQUEST_SUPPORT)) {
            throw Refusal.body(
                    HttpStatus.FORBIDDEN,
                    "%s: the role does not allow to ask for the SOC's support.".formatted(SUPPORT));
        }
        actions.requestSupport(change.scope(), change.actor(), seen, isWanted);
    }

    private void decide(Change change, Seen seen) {
        var comment = change.text(CLOSE_COMMENT).orElse("");
        if (!change.has(DECISION)) {
            throw Refusal.at(Body.pointer(DECISION), "%s goes with a decision.".formatted(CLOSE_COMMENT));
        }
        var decision = change.text(DECISION);
        if (decision.isPresent()) {
            actions.close(change.scope(), change.actor(), seen, Decision.valueOf(decision.get()), comment, List.of());
        } else {
            actions.reopen(change.scope(), change.actor(), seen, comment);
        }
    }
}
