package dev.gatehouse.workbench.web.api.investigations;

import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATION;
import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATIONS;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;

import dev.gatehouse.workbench.investigations.Choices;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.HistoryAction;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationViews;
import dev.gatehouse.workbench.investigations.Subject;
import dev.gatehouse.workbench.investigations.TimelineEntries;
import dev.gatehouse.workbench.investigations.TimelineEntry;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is written down in an investigation: {@code comments}, {@code investigation_findings}, {@code timeline_entries}. */
@Component
class CaseFileResources implements Description {

    private static final String FINDINGS = "investigation_findings";
    private static final String COMMENT_TEXT = "comment";

    private final Comments comments;
    private final Findings findings;
    private final TimelineEntries timeline;

    CaseFileResources(Comments comments, Findings findings, TimelineEntries timeline) {
        this.comments = comments;
        this.findings = findings;
        this.timeline = timeline;
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                comments(),
                histories("comment_histories", Subject.COMMENT, "comment", "comments"),
                findings(),
                histories("investigation_finding_histories", Subject.FINDING, "investigation_finding", FINDINGS),
                timeline());
    }

    /** With what everything in an investigation has. */
    private static Resource.Builder within(String type, ReadView view) {
        return Resource.of(type, view)
                .has(
                        time("created_at"),
                        time("updated_at"),
                        none("deleted_at", Type.TIME),
                        integer("revision").writable())
                .leadsTo(
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id").given(),
                        one("organization", "organizations", "organization_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .sortedBy("created_at");
    }

    /** Of things in an investigation. */
    static Resource histories(String type, Subject subject, String relation, String of) {
        return Resource.of(type, InvestigationViews.history(subject))
                .says("What happened to %s. It is written with the change itself and never changed.".formatted(of))
                .knownBy(Key.number("id"))
                .has(
                        text("action").of(HistoryAction.values()),
                        json("value"),
                        time("created_at").from("at"),
                        text("actor_name"),
                        integer("revision"))
                .leadsTo(
                        one(relation, of, "subject_id"),
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id"),
                        one("organization", "organizations", "organization_id"),
                        one("created_by", Actors.TYPE, "actor_id"))
                .sortedBy("created_at")
                .build();
    }

    private static UUID investigation(Change change) {
        return change.present()
                .map(row -> UUID.fromString(row.text("investigation_id")))
                .orElseGet(() -> change.requiredRelation(INVESTIGATION));
    }

    private static Seen seen(Change change) {
        return new Seen(change.id(), change.revision());
    }

    private Resource comments() {
        return within("comments", InvestigationViews.COMMENTS)
                .says(
                        "What people said about an investigation, in Markdown. Only whoever said it changes or deletes it.")
                .has(text(COMMENT_TEXT).writable())
                .leadsTo(many("comment_histories", "comment_histories", "subject_id"))
                .created(
                        Right.WORK_ALERTS,
                        change -> Written.of(comments.add(
                                change.scope(), change.actor(), investigation(change), change.required(COMMENT_TEXT))))
                .changed(Right.WORK_ALERTS, change -> {
                    comments.change(
                            change.scope(),
                            change.actor(),
                            investigation(change),
                            seen(change),
                            change.becomes(COMMENT_TEXT));
                    return Written.of(change.id());
                })
                .removed(Right.WORK_ALERTS, change -> {
                    comments.delete(change.scope(), change.actor(), investigation(change), seen(change));
                    return Written.of(change.id());
                })
                .build();
    }

    private Resource findings() {
        return within(FINDINGS, InvestigationViews.FINDINGS)
                .says("Questions about an investigation and their answers, in Markdown.")
                .has(integer("rank"), text("title").writable(), text("finding").writable())
                .leadsTo(many("investigation_finding_histories", "investigation_finding_histories", "subject_id"))
                .created(
                        Right.WORK_ALERTS,
                        change -> Written.of(findings.add(
                                change.scope(),
                                change.actor(),
                                investigation(change),
                                change.becomes("title"),
                                change.becomes("finding"))))
                .changed(Right.WORK_ALERTS, change -> {
                    findings.change(
                            change.scope(),
                            change.actor(),
                            investigation(change),
                            seen(change),
                            change.becomes("title"),
                            change.becomes("finding"));
                    return Written.of(change.id());
                })
                .removed(Right.WORK_ALERTS, change -> {
                    findings.delete(change.scope(), change.actor(), investigation(change), seen(change));
                    return Written.of(change.id());
                })
                .build();
    }

    private Resource timeline() {
        return within("timeline_entries", InvestigationViews.TIMELINE)
                .says("What people put on the timeline of an investigation.")
                .has(
                        time("event_date").writable(),
                        text("event").writable(),
                        text("event_type").writable(),
                        text("source_host").from("source_host").writable(),
                        text("dest_host").from("destination_host").writable(),
                        text("attack_phase").of(Choices.ATTACK_LIFECYCLE).writable(),
                        text(COMMENT_TEXT).writable(),
                        bool("is_selected").writable())
                .created(
                        Right.WORK_ALERTS,
                        change -> Written.of(
                                timeline.add(change.scope(), change.actor(), investigation(change), entry(change))))
                .changed(Right.WORK_ALERTS, change -> {
                    timeline.change(change.scope(), change.actor(), investigation(change), seen(change), entry(change));
                    return Written.of(change.id());
                })
                .removed(Right.WORK_ALERTS, change -> {
                    timeline.delete(change.scope(), change.actor(), investigation(change), seen(change));
                    return Written.of(change.id());
                })
                .build();
    }

    private static TimelineEntry.Said entry(Change change) {
        var at = change.present().isEmpty() ? change.required("event_date") : change.becomes("event_date");
        return new TimelineEntry.Said(
                Query.time("event_date", at),
                change.becomes("event"),
                change.becomes("event_type"),
                change.becomes("source_host"),
                change.becomes("dest_host", "destination_host"),
                change.becomes("attack_phase"),
                change.becomes(COMMENT_TEXT),
                change.bool("is_selected").orElseGet(() -> change.present()
                        .map(row -> Boolean.parseBoolean(row.text("is_selected")))
                        .orElse(false)));
    }
}
