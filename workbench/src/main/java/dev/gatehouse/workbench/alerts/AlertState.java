package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One alert while it is being changed: its row is locked, or it is new. Every change is made here, so that none is without a
 * line in the history; {@link AlertTable#save} writes row, history and counters together.
 */
final class AlertState {

    final UUID id;
    final TenantId tenant;
    String ruleId;
    int ruleVersion;
    String name;
    String joinKey;
    final Instant created;
    final boolean isNew;

    /** How many vendor alerts it holds in the database. */
    final int vendorAlertsBefore;

    /** As it is counted in the database; empty for a new one. */
    final Optional<Counted> counted;

    AlertSeverity severity;
    String severityReason;
    AlertStatus status = AlertStatus.OPEN;
    Optional<CloseReason> closeReason = Optional.empty();
    String closeComment = "";
    Optional<Actor> assignee = Optional.empty();
    Optional<UUID> investigation = Optional.empty();

    /** The suppression that closed it when it was made, whatever became of it since. */
    Optional<UUID> suppression = Optional.empty();

    Set<String> tactics = new LinkedHashSet<>();
    Set<String> techniques = new LinkedHashSet<>();
    Instant firstActivity;
    Instant lastActivity;
    int vendorAlerts;
    int vendorResolved;
    Instant updated;
    Instant lastJoined;
    Instant statusChanged;

    @Nullable
    Instant firstAssigned;

    @Nullable
    Instant firstWorked;

    @Nullable
    Instant firstClosed;

    @Nullable
    Instant closed;

    int revision;

    private final String nameBefore;

    private final List<AlertEvent> events = new ArrayList<>();

    /** What {@code alert_count} and {@code alert_day} count by. */
    record Counted(
            TenantId tenant,
            Instant created,
            AlertStatus status,
            AlertSeverity severity,
            Optional<CloseReason> closeReason,
            boolean investigated) {

        static Counted of(Alert alert) {
            return new Counted(
                    alert.tenant(),
                    alert.created(),
                    alert.status(),
                    alert.severity(),
                    alert.closeReason(),
                    alert.investigation().isPresent());
        }

        /** How it ended, or its status while it has not. */
        String outcome() {
            return closeReason.map(CloseReason::name).orElse(status.name());
        }
    }

    /** As it is to be counted from now on. */
    Counted count() {
        return new Counted(tenant, created, status, severity, closeReason, investigation.isPresent());
    }

    /** A new one. */
    AlertState(
            UUID id,
            TenantId tenant,
            String ruleId,
            int ruleVersion,
            String name,
            String joinKey,
            AlertSeverity severity,
            String severityReason,
            Instant now) {
        this.id = id;
        this.tenant = tenant;
        this.ruleId = ruleId;
        this.ruleVersion = ruleVersion;
        this.name = name;
        this.joinKey = joinKey;
        this.created = now;
        this.isNew = true;
        this.vendorAlertsBefore = 0;
        this.counted = Optional.empty();
        this.severity = severity;
        this.severityReason = severityReason;
        this.firstActivity = now;
        this.lastActivity = now;
        this.updated = now;
        this.lastJoined = now;
        this.statusChanged = now;
        this.nameBefore = "";
        events.add(AlertEvent.of(now, AlertAction.CREATED, Actor.GATEHOUSE, 0));
    }

    /** One that is there already. */
    AlertState(Alert alert, String joinKey, Instant lastJoined) {
        this.id = alert.id();
        this.tenant = alert.tenant();
        this.ruleId = alert.ruleId();
        this.ruleVersion = alert.ruleVersion();
        this.name = alert.name();
        this.joinKey = joinKey;
        this.created = alert.created();
        this.isNew = false;
        this.vendorAlertsBefore = alert.vendorAlerts();
        this.counted = Optional.of(Counted.of(alert));
        this.severity = alert.severity();
        this.severityReason = alert.severityReason();
        this.status = alert.status();
        this.closeReason = alert.closeReason();
        this.closeComment = alert.closeComment();
        this.assignee = alert.assignee();
        this.investigation = alert.investigation();
        this.suppression = alert.suppression();
        this.tactics.addAll(alert.tactics());
        this.techniques.addAll(alert.techniques());
        this.firstActivity = alert.firstActivity();
        this.lastActivity = alert.lastActivity();
        this.vendorAlerts = alert.vendorAlerts();
        this.vendorResolved = alert.vendorResolved();
        this.updated = alert.updated();
        this.lastJoined = lastJoined;
        this.statusChanged = alert.statusChanged();
        this.firstAssigned = alert.times().firstAssigned().orElse(null);
        this.firstWorked = alert.times().firstWorked().orElse(null);
        this.firstClosed = alert.times().firstClosed().orElse(null);
        this.closed = alert.times().closed().orElse(null);
        this.revision = alert.revision();
        this.nameBefore = alert.name();
    }

    boolean hasChanged() {
        return isNew || !events.isEmpty();
    }

    /** Whether it is called something else than before. */
    boolean hasOtherName() {
        return isNew || !name.equals(nameBefore);
    }

    /** What happened to it since it was locked, oldest first. */
    List<AlertEvent> events() {
        return List.copyOf(events);
    }

    /** Closes it. */
    void close(Actor actor, CloseReason reason, String comment, Instant now) {
        var before = status;
        revision++;
        status = AlertStatus.CLOSED;
        closeReason = Optional.of(reason);
        closeComment = comment;
        closed = now;
        firstClosed = firstClosed == null ? now : firstClosed;
        worked(actor, now);
        changedStatus(actor, before, now, event -> event.with("close_reason", reason.name())
                .with("comment", comment));
    }

    /** Opens it again, or puts it back. */
    void open(Actor actor, String comment, Instant now) {
        var before = status;
        revision++;
        status = AlertStatus.OPEN;
        closeReason = Optional.empty();
        closeComment = "";
        closed = null;
        changedStatus(actor, before, now, event -> event.with("comment", comment));
    }

    /** Somebody works on it now. */
    void start(Actor actor, Instant now) {
        var before = status;
        revision++;
        status = AlertStatus.IN_PROGRESS;
        closeReason = Optional.empty();
        closeComment = "";
        closed = null;
        worked(actor, now);
        changedStatus(actor, before, now, event -> event);
    }

    private void changedStatus(
            Actor actor, AlertStatus before, Instant now, java.util.function.UnaryOperator<AlertEvent> more) {
        statusChanged = now;
        updated = now;
        events.add(more.apply(AlertEvent.of(
                now,
                AlertAction.STATUS_CHANGED,
                actor,
                revision,
                new AlertEvent.Change("status", before.name(), status.name()))));
    }

    /** Gives it to somebody, or to nobody. */
    void assign(Actor actor, Optional<Actor> to, Instant now) {
        revision++;
        updated = now;
        events.add(AlertEvent.of(
                now,
                AlertAction.ASSIGNED,
                actor,
                revision,
                new AlertEvent.Change(
                        "assignee",
                        assignee.map(Actor::name).orElse(""),
                        to.map(Actor::name).orElse(""))));
        assignee = to;
        if (to.filter(who -> who.kind() == Actor.Kind.USER).isPresent()) {
            firstAssigned = firstAssigned == null ? now : firstAssigned;
        }
        worked(actor, now);
    }

    /** Puts it into an investigation, or takes it out. */
    void investigate(Actor actor, Optional<UUID> into, String from, String to, Instant now) {
        revision++;
        updated = now;
        investigation = into;
        worked(actor, now);
        events.add(AlertEvent.of(
                now, AlertAction.INVESTIGATING, actor, revision, new AlertEvent.Change("investigation", from, to)));
    }

    void comment(Actor actor, String comment, Instant now) {
        revision++;
        updated = now;
        worked(actor, now);
        events.add(AlertEvent.of(now, AlertAction.COMMENTED, actor, revision).with("comment", comment));
    }

    private void worked(Actor actor, Instant now) {
        if (actor.kind() != Actor.Kind.SYSTEM && firstWorked == null) {
            firstWorked = now;
        }
    }

    /** A vendor alert belongs to it from now on. */
    void join(VendorAlertFacts facts, String reason, Instant now) {
        vendorAlerts++;
        vendorResolved += facts.isResolved() ? 1 : 0;
        firstActivity = vendorAlerts == 1 || facts.firstActivity().isBefore(firstActivity)
                ? facts.firstActivity()
                : firstActivity;
        lastActivity =
                vendorAlerts == 1 || facts.lastActivity().isAfter(lastActivity) ? facts.lastActivity() : lastActivity;
        lastJoined = now;
        updated = now;
        if (vendorAlerts > 1) {
            revision++;
            events.add(AlertEvent.of(now, AlertAction.VENDOR_ALERT_JOINED, Actor.GATEHOUSE, revision)
                    .with("vendorAlert", facts.id())
                    .with("title", facts.title())
                    .with("reason", reason));
        }
    }

    /** Microsoft changed one of its vendor alerts. */
    void vendorAlertChanged(VendorAlertFacts before, VendorAlertFacts after, Instant now) {
        vendorResolved += (after.isResolved() ? 1 : 0) - (before.isResolved() ? 1 : 0);
        firstActivity = after.firstActivity().isBefore(firstActivity) ? after.firstActivity() : firstActivity;
        lastActivity = after.lastActivity().isAfter(lastActivity) ? after.lastActivity() : lastActivity;
        var changes = before.changesTo(after);
        if (!changes.isEmpty()) {
            updated = now;
            events.add(AlertEvent.of(
                            now,
                            AlertAction.VENDOR_ALERT_CHANGED,
                            Actor.GATEHOUSE,
                            revision,
                            changes.toArray(AlertEvent.Change[]::new))
                    .with("vendorAlert", after.id())
                    .with("title", after.title()));
        }
    }

    /** A vendor alert makes it worse than it was. It never becomes better by itself: that is for people to say. */
    void raise(AlertSeverity to, String reason, Instant now) {
        if (Severities.isAtLeast(severity, to)) {
            return;
        }
        revision++;
        updated = now;
        events.add(AlertEvent.of(
                        now,
                        AlertAction.SEVERITY_CHANGED,
                        Actor.GATEHOUSE,
                        revision,
                        new AlertEvent.Change("severity", severity.name(), to.name()))
                .with("reason", reason));
        severity = to;
        severityReason = reason;
    }

    /** Whether nobody has had to do with it: it is open, nobody's, and no person has touched it. */
    boolean isUntouched() {
        return status == AlertStatus.OPEN && assignee.isEmpty() && investigation.isEmpty() && firstWorked == null;
    }

    /** Notes what came of reading history again. */
    void readAgain(Actor actor, String what, Instant now, AlertEvent.Change... changes) {
        revision++;
        updated = now;
        events.add(AlertEvent.of(now, AlertAction.READ_AGAIN, actor, revision, changes)
                .with("what", what));
    }

    /** Another rule takes all that it holds. */
    void takenBy(Decision decision, String called) {
        ruleId = decision.rule().value();
        ruleVersion = decision.ruleVersion();
        name = called;
        joinKey = Columns.key(decision.join().value());
        tactics = new LinkedHashSet<>(decision.tactics());
        techniques = new LinkedHashSet<>(decision.techniques());
    }

    /** It holds these vendor alerts and no others. */
    void holds(Collection<VendorAlertFacts> all) {
        vendorAlerts = all.size();
        vendorResolved = (int) all.stream().filter(VendorAlertFacts::isResolved).count();
        all.stream()
                .map(VendorAlertFacts::firstActivity)
                .min(Instant::compareTo)
                .ifPresent(at -> firstActivity = at);
        all.stream().map(VendorAlertFacts::lastActivity).max(Instant::compareTo).ifPresent(at -> lastActivity = at);
    }

    /** Rules that have changed make something else of what it holds, which may be less bad. */
    void weigh(Actor actor, AlertSeverity to, String reason, Instant now) {
        if (severity == to) {
            return;
        }
        revision++;
        updated = now;
        events.add(AlertEvent.of(
                        now,
                        AlertAction.SEVERITY_CHANGED,
                        actor,
                        revision,
                        new AlertEvent.Change("severity", severity.name(), to.name()))
                .with("reason", reason));
        severity = to;
        severityReason = reason;
    }
}
