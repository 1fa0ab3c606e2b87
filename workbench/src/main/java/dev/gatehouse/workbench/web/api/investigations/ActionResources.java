package dev.gatehouse.workbench.web.api.investigations;

import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATION;
import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATIONS;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;

import dev.gatehouse.workbench.files.Files;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationViews;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.investigations.Remediations.NewAsset;
import dev.gatehouse.workbench.investigations.Subject;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Assignees;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is done about it: {@code investigative_actions}, {@code remediation_actions} and what these are to be done to. */
@Component
class ActionResources implements Description {

    private static final String STEPS = "investigative_actions";
    private static final String REMEDIATIONS = "remediation_actions";
    private static final String ASSETS = "remediation_action_assets";
    private static final String ALERT = "expel_alert";
    private static final String STATUS = "status";
    private static final String TYPE = "action_type";
    private static final String CLASSIFICATION = "classification";
    private static final String AUTHORIZED = "activity_authorized";
    private static final String COMPLETED = "COMPLETED";

    private final InvestigativeActions steps;
    private final Remediations remediations;
    private final Files files;
    private final Assignees assignees;

    ActionResources(InvestigativeActions steps, Remediations remediations, Files files, Assignees assignees) {
        this.steps = steps;
        this.remediations = remediations;
        this.files = files;
        this.assignees = assignees;
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                steps(),
                CaseFileResources.histories(
                        "investigative_action_histories", Subject.INVESTIGATIVE_ACTION, "investigative_action", STEPS),
                remediations(),
                CaseFileResources.histories(
                        "remediation_action_histories", Subject.REMEDIATION_ACTION, "remediation_action", REMEDIATIONS),
                assets());
    }

    private Resource steps() {
        return Resource.of(STEPS, InvestigationViews.ACTIONS)
                .says("Steps of an investigation or of an alert: what was looked up, asked or told.")
                .has(
                        text(TYPE).of(InvestigativeAction.Type.values()).writable(),
                        text(STATUS).of(InvestigativeAction.Status.values()).writable(),
                        text("title").writable(),
                        text("reason").writable(),
                        text("instructions").writable(),
                        text("results").writable(),
                        text(CLASSIFICATION)
                                .of(InvestigativeAction.Classification.values())
                                .writable(),
                        bool(AUTHORIZED).writable(),
                        text("activity_verified_by").writable(),
                        time("activity_acknowledged_at").from("answered_at"),
                        text("capability_name").from("query"),
                        json("input_args").from("parameters"),
                        text("tasking_error").from("failure"),
                        json("result_table"),
                        integer("result_row_count").from("row_count"),
                        text("result_sentence").from("sentence"),
                        computed("result_task_id", Type.TEXT),
                        none("downgrade_reason", Type.TEXT),
                        none("workflow_name", Type.TEXT),
                        none("robot_action", Type.BOOLEAN),
                        none("rank", Type.INTEGER),
                        computed("files_count", Type.INTEGER),
                        time("created_at"),
                        time("updated_at"),
                        time("closed_at"),
                        none("deleted_at", Type.TIME),
                        integer("revision").writable())
                .leadsTo(
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id").given(),
                        one(ALERT, "expel_alerts", "alert_id").given(),
                        toNobody("security_device", "security_devices"),
                        one(Assignees.RELATION, Actors.TYPE, "assignee_id").writable(),
                        toNobody("analysis_assigned_to_actor", Actors.TYPE),
                        many("files", "files", "action_id"),
                        one("result_file", "files", "result_file_id"),
                        one("organization", "organizations", "organization_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        many("investigative_action_histories", "investigative_action_histories", "subject_id"))
                .sortedBy("created_at")
                .computed(this::complete)
                .created(Right.WORK_ALERTS, this::addStep)
                .changed(Right.WORK_ALERTS, this::changeStep)
                .build();
    }

    /** What is kept elsewhere: files are counted, and the results of a query are asked for by the id of the action. */
    private void complete(List<Row> rows, Scope scope, boolean isWhole) {
        var counts = files.count(
                scope, rows.stream().map(row -> UUID.fromString(row.text("id"))).toList());
        for (var row : rows) {
            row.with("files_count", counts.getOrDefault(UUID.fromString(row.text("id")), 0L));
            row.get("result_table").ifPresent(table -> row.with("result_task_id", row.text("id")));
        }
    }

    private Written addStep(Change change) {
        var type = InvestigativeAction.Type.valueOf(change.required(TYPE));
        var assignee = assignees.of(change, "").flatMap(to -> to);
        var alert = change.relation(ALERT).flatMap(to -> to);
        return Written.of(
                alert.isPresent()
                        ? steps.addToAlert(
                                change.scope(),
                                change.actor(),
                                UUID.fromString(alert.get()),
                                type,
                                step(change),
                                assignee)
                        : steps.add(
                                change.scope(),
                                change.actor(),
                                change.requiredRelation(INVESTIGATION),
                                type,
                                step(change),
                                assignee));
    }

    private static InvestigativeAction.Said step(Change change) {
        return new InvestigativeAction.Said(
                change.becomes("title"),
                change.becomes("reason"),
                change.becomes("instructions"),
                change.becomes("results"));
    }

    private Written changeStep(Change change) {
        requireSame(change, TYPE);
        var id = change.id();
        var revision = change.revision();
        if (change.has(AUTHORIZED)) {
            steps.answer(
                    change.scope(),
                    change.actor(),
                    new Seen(id, revision),
                    change.bool(AUTHORIZED)
                            .orElseThrow(() ->
                                    Refusal.at("/data/attributes/" + AUTHORIZED, "An answer cannot be taken back.")),
                    change.becomes("activity_verified_by"),
                    "");
        }
        var present = steps.find(change.scope(), id).orElseThrow(NoSuchInvestigation::new);
        var draft = new InvestigativeActions.Draft(
                change.text(STATUS).map(InvestigativeAction.Status::valueOf).orElse(present.status()),
                step(change),
                change.has(CLASSIFICATION)
                        ? change.text(CLASSIFICATION).map(InvestigativeAction.Classification::valueOf)
                        : present.classification(),
                assignees.of(change, change.row().text("organization_id")).orElse(present.assignee()));
        steps.change(
                change.scope(),
                change.actor(),
                new Seen(id, change.has(AUTHORIZED) ? present.revision() : revision),
                draft);
        return Written.of(id);
    }

    private static void requireSame(Change change, String attribute) {
        if (change.has(attribute)) {
            throw Refusal.at("/data/attributes/" + attribute, "%s stays what it is.".formatted(attribute));
        }
    }

    private Resource remediations() {
        return Resource.of(REMEDIATIONS, InvestigationViews.REMEDIATIONS)
                .says("What the customer, or an automation, has to do.")
                .has(
                        text("action").from("title").writable(),
                        text(TYPE).of(RemediationAction.Type.values()).writable(),
                        text(STATUS).of(RemediationAction.Status.values()).writable(),
                        text("detail_markdown").from("detail").writable(),
                        text("comment").writable(),
                        none("status_updated_at", Type.TIME),
                        time("completed_at"),
                        time("created_at"),
                        time("updated_at"),
                        none("deleted_at", Type.TIME),
                        integer("revision").writable())
                .leadsTo(
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id").given(),
                        one("organization", "organizations", "organization_id"),
                        one(Assignees.RELATION, Actors.TYPE, "assignee_id").writable(),
                        many(ASSETS, ASSETS, "remediation_action_id"),
                        many("remediation_action_histories", "remediation_action_histories", "subject_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .sortedBy("created_at")
                .created(
                        Right.WORK_ALERTS,
                        change -> Written.of(remediations.add(
                                change.scope(),
                                change.actor(),
                                change.requiredRelation(INVESTIGATION),
                                RemediationAction.Type.valueOf(change.required(TYPE)),
                                remediation(change),
                                assignees.of(change, "").flatMap(to -> to),
                                List.of())))
                .changed(Right.WORK_ALERTS, this::changeRemediation)
                .removed(Right.WORK_ALERTS, change -> {
                    remediations.delete(
                            change.scope(),
                            change.actor(),
                            investigation(change),
                            new Seen(change.id(), change.revision()));
                    return Written.of(change.id());
                })
                .build();
    }

    private static UUID investigation(Change change) {
        return UUID.fromString(change.row().text("investigation_id"));
    }

    private static RemediationAction.Said remediation(Change change) {
        return new RemediationAction.Said(
                change.becomes("action", "title"),
                change.becomes("detail_markdown", "detail"),
                change.becomes("comment"));
    }

    private Written changeRemediation(Change change) {
        requireSame(change, TYPE);
        var present = remediation(change, investigation(change), change.id());
        var draft = new Remediations.Draft(
                change.text(STATUS).map(RemediationAction.Status::valueOf).orElse(present.status()),
                remediation(change),
                assignees.of(change, change.row().text("organization_id")).orElse(present.assignee()),
                completed(present),
                List.of());
        remediations.change(
                change.scope(),
                change.actor(),
                investigation(change),
                new Seen(present.id(), change.revision()),
                draft);
        return Written.of(present.id());
    }

    private static Set<UUID> completed(RemediationAction action) {
        var completed = new TreeSet<UUID>();
        action.assets().stream()
                .filter(RemediationAction.Asset::isCompleted)
                .forEach(asset -> completed.add(asset.id()));
        return completed;
    }

    private RemediationAction remediation(Change change, UUID investigation, UUID id) {
        return remediations.of(change.scope(), investigation).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(NoSuchInvestigation::new);
    }

    private Resource assets() {
        return Resource.of(ASSETS, InvestigationViews.ASSETS)
                .says("The accounts, hosts, addresses and other things that a remediation is to be done to.")
                .has(
                        text("asset_type")
                                .of(RemediationAction.AssetType.values())
                                .writable(),
                        text("value").writable(),
                        text(STATUS).of(List.of("OPEN", COMPLETED)).writable(),
                        time("created_at"),
                        time("updated_at"),
                        none("automate_status", Type.TEXT))
                .leadsTo(
                        one("remediation_action", REMEDIATIONS, "remediation_action_id")
                                .given(),
                        one("organization", "organizations", "organization_id"))
                .sortedBy("created_at")
                .created(Right.WORK_ALERTS, this::addAsset)
                .changed(Right.WORK_ALERTS, this::changeAsset)
                .build();
    }

    private Written addAsset(Change change) {
        var action = change.requiredRelation("remediation_action");
        var present = found(change, action);
        var asset = new NewAsset(
                RemediationAction.AssetType.valueOf(change.required("asset_type")), change.required("value"));
        write(change, present, completed(present.action()), List.of(asset));
        return found(change, action).action().assets().stream()
                .filter(each -> each.type() == asset.type()
                        && each.value().equals(asset.value().strip()))
                .findFirst()
                .map(each -> Written.of(each.id()))
                .orElseThrow(NoSuchInvestigation::new);
    }

    private Written changeAsset(Change change) {
        requireSame(change, "asset_type");
        requireSame(change, "value");
        var present = found(change, UUID.fromString(change.row().text("remediation_action_id")));
        var completed = completed(present.action());
        if (change.becomes(STATUS).equals(COMPLETED)) {
            completed.add(change.id());
        } else {
            completed.remove(change.id());
        }
        write(change, present, completed, List.of());
        return Written.of(change.id());
    }

    /** A remediation with the investigation that it is a part of. */
    private record Found(UUID investigation, RemediationAction action) {}

    private Found found(Change change, UUID action) {
        var investigation = remediations.investigationOf(change.scope(), action).orElseThrow(NoSuchInvestigation::new);
        return new Found(investigation, remediation(change, investigation, action));
    }

    private void write(Change change, Found present, Set<UUID> completed, List<NewAsset> added) {
        var action = present.action();
        Optional<Actor> assignee = action.assignee();
        remediations.change(
                change.scope(),
                change.actor(),
                present.investigation(),
                new Seen(action.id(), action.revision()),
                new Remediations.Draft(action.status(), action.what(), assignee, completed, added));
    }
}
