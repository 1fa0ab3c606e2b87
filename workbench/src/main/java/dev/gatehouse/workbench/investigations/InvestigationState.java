package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.investigations.Investigation.Standing;
import dev.gatehouse.workbench.investigations.Investigation.Times;
import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One investigation while it is being changed: its row is locked, or it is new. Every change is made here, so that none is
 * without a line in the history; {@link InvestigationTable#save} writes row, history and counters together.
 */
final class InvestigationState {

    /** In characters. */
    private static final int LONGEST_SEARCH = 20_000;

    final UUID id;
    final UUID organization;
    final int number;
    final String shortLink;
    final String createdBy;
    final Instant created;
    final boolean isNew;

    /** As it is counted in the database; empty for a new one. */
    final Optional<Counted> counted;

    final Map<InvestigationField, String> fields = new EnumMap<>(InvestigationField.class);
    Optional<UUID> leadAlert = Optional.empty();
    Optional<Decision> decision = Optional.empty();
    String closeComment = "";
    Standing standing = Standing.INVESTIGATION;
    Optional<Actor> assignee = Optional.empty();
    Instant updated;
    Instant statusChanged;
    Optional<Instant> firstClosed = Optional.empty();
    Optional<Instant> closed = Optional.empty();
    Optional<Instant> reviewRequested = Optional.empty();
    Optional<Instant> supportRequested = Optional.empty();
    Optional<Instant> published = Optional.empty();
    int alerts;
    int revision;
    String search;

    private final List<InvestigationEvent> events = new ArrayList<>();

    /** What {@code investigation_count} counts by. */
    record Counted(UUID organization, boolean isIncident, boolean isOpen) {}

    /** A new one. */
    InvestigationState(UUID id, Organization organization, int number, String title, Actor actor, Instant now) {
        this.id = id;
        this.organization = organization.id();
        this.number = number;
        this.shortLink = "%s-%d".formatted(organization.shortName(), number);
        this.createdBy = actor.name();
        this.created = now;
        this.isNew = true;
        this.counted = Optional.empty();
        this.updated = now;
        this.statusChanged = now;
        this.search = shortLink + "\n" + title;
        fields.put(InvestigationField.TITLE, title);
        note(actor, HistoryAction.CREATED, now, new Change("title", "", title));
    }

    /** One that is there already. */
    InvestigationState(Investigation there, String search) {
        this.id = there.id();
        this.organization = there.organization();
        this.number = there.number();
        this.shortLink = there.shortLink();
        this.createdBy = there.createdBy();
        this.created = there.times().created();
        this.isNew = false;
        this.counted = Optional.of(new Counted(organization, there.isIncident(), there.isOpen()));
        this.fields.putAll(there.fields());
        this.leadAlert = there.leadAlert();
        this.decision = there.decision();
        this.closeComment = there.closeComment();
        this.standing = there.standing();
        this.assignee = there.assignee();
        this.updated = there.times().updated();
        this.statusChanged = there.times().statusChanged();
        this.firstClosed = there.times().firstClosed();
        this.closed = there.times().closed();
        this.reviewRequested = there.times().reviewRequested();
        this.supportRequested = there.times().supportRequested();
        this.published = there.times().published();
        this.alerts = there.alerts();
        this.revision = there.revision();
        this.search = search;
    }

    boolean hasChanged() {
        return !events.isEmpty();
    }

    /** What happened to it since it was locked, oldest first. */
    List<InvestigationEvent> events() {
        return List.copyOf(events);
    }

    Counted counts() {
        return new Counted(organization, standing.isIncident(), decision.isEmpty());
    }

    InvestigationHistory.Place place() {
        return InvestigationHistory.Place.in(organization, id, standing.isIncident());
    }

    Times times() {
        return new Times(
                created, updated, statusChanged, firstClosed, closed, reviewRequested, supportRequested, published);
    }

    /** Says something else about it. Fields that are not named stay as they are. */
    void change(Actor actor, Map<InvestigationField, String> wanted, Instant now) {
        var changes = new ArrayList<Change>();
        var summary = new ArrayList<Change>();
        // In the order of the form.
        new TreeMap<>(wanted).forEach((field, value) -> {
            var before = fields.getOrDefault(field, "");
            if (!before.equals(value)) {
                (field == InvestigationField.OPEN_SUMMARY ? summary : changes)
                        .add(new Change(field.key(), before, value));
                fields.put(field, value);
            }
        });
        if (!changes.isEmpty()) {
            note(actor, HistoryAction.CHANGED, now, changes.toArray(Change[]::new));
            searchable(fields.getOrDefault(InvestigationField.TITLE, ""));
        }
        if (!summary.isEmpty()) {
            note(actor, HistoryAction.SUMMARY, now, summary.toArray(Change[]::new));
        }
    }

    /** Gives it to somebody, or to nobody. */
    void assign(Actor actor, Optional<Actor> to, Instant now) {
        if (assignee.flatMap(Actor::id).equals(to.flatMap(Actor::id))) {
            return;
        }
        note(
                actor,
                HistoryAction.ASSIGNED,
                now,
                new Change(
                        "assignee",
                        assignee.map(Actor::name).orElse(""),
                        to.map(Actor::name).orElse("")));
        assignee = to;
    }

    void close(Actor actor, Decision to, String comment, Instant now) {
        decision = Optional.of(to);
        closeComment = comment;
        statusChanged = now;
        closed = Optional.of(now);
        firstClosed = firstClosed.or(() -> Optional.of(now));
        note(actor, HistoryAction.CLOSED, now, new Change("decision", "", to.name()));
        explain("comment", comment);
    }

    void reopen(Actor actor, String comment, Instant now) {
        var before = decision.map(Decision::name).orElse("");
        decision = Optional.empty();
        closeComment = "";
        statusChanged = now;
        closed = Optional.empty();
        note(actor, HistoryAction.REOPENED, now, new Change("decision", before, ""));
        explain("comment", comment);
    }

    void promote(Actor actor, Instant now) {
        standing = new Standing(true, Optional.of(now), actor.name(), false, "");
        note(actor, HistoryAction.CHANGED, now, new Change("is_incident", "false", "true"));
    }

    void downgrade(Actor actor, String reason, Instant now) {
        standing = new Standing(false, Optional.of(now), actor.name(), true, reason);
        note(actor, HistoryAction.CHANGED, now, new Change("is_incident", "true", "false"));
        explain("reason", reason);
    }

    /** An alert is in it from now on. The first one leads. */
    void put(Actor actor, Alert alert, Instant now) {
        alerts++;
        note(actor, HistoryAction.CHANGED, now, new Change("alert", "", alert.name()));
        explain("alert_id", alert.id().toString());
        searchable(alert.name());
        if (leadAlert.isEmpty()) {
            leadAlert = Optional.of(alert.id());
        }
    }

    /** An alert is not in it any more. */
    void take(Actor actor, Alert alert, Instant now) {
        alerts--;
        note(actor, HistoryAction.CHANGED, now, new Change("alert", alert.name(), ""));
        explain("alert_id", alert.id().toString());
        if (leadAlert.filter(alert.id()::equals).isPresent()) {
            leadAlert = Optional.empty();
        }
    }

    void lead(Actor actor, Alert alert, Instant now) {
        leadAlert = Optional.of(alert.id());
        note(actor, HistoryAction.CHANGED, now, new Change("lead_alert", "", alert.name()));
        explain("alert_id", alert.id().toString());
    }

    void requestReview(Actor actor, boolean isWanted, Instant now) {
        reviewRequested = isWanted ? Optional.of(now) : Optional.empty();
        note(actor, HistoryAction.CHANGED, now, change("review_requested", isWanted));
    }

    void requestSupport(Actor actor, boolean isWanted, Instant now) {
        supportRequested = isWanted ? Optional.of(now) : Optional.empty();
        note(actor, HistoryAction.CHANGED, now, change("is_soc_support_required", isWanted));
    }

    void publish(Actor actor, String to, Instant now) {
        published = Optional.of(now);
        note(actor, HistoryAction.PUBLISHED, now);
        explain("to", to);
    }

    private static Change change(String what, boolean isWanted) {
        return new Change(what, String.valueOf(!isWanted), String.valueOf(isWanted));
    }

    private void note(Actor actor, HistoryAction action, Instant now, Change... changes) {
        if (!events.isEmpty() || !isNew) {
            revision++;
        }
        updated = now;
        events.add(new InvestigationEvent(
                now, Subject.INVESTIGATION, id, action, actor, revision, Map.of(), List.of(changes)));
    }

    private void explain(String fact, String value) {
        events.add(events.removeLast().with(fact, value));
    }

    private void searchable(String text) {
        if (search.length() + text.length() < LONGEST_SEARCH && !search.contains(text)) {
            search += "\n" + text;
        }
    }
}
