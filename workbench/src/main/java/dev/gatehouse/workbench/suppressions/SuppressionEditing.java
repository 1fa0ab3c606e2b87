package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.suppressions.Suppression.Closed;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import dev.gatehouse.workbench.suppressions.Suppression.State;
import dev.gatehouse.workbench.suppressions.SuppressionEvent.Action;
import dev.gatehouse.workbench.suppressions.SuppressionEvent.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes suppressions, puts them in force and takes them back. What somebody who looks at one organization does concerns that
 * one; the provider's people say whom it concerns while they look at all. A suppression is put in force by whoever has seen its
 * dry run: of exactly this condition, and not older than a day.
 */
@Component
public class SuppressionEditing {

    /** How long a dry run is good for. */
    public static final Duration FRESH = Duration.ofDays(1);

    private static final int LONGEST_COMMENT = 2_000;

    private final SuppressionTable table;
    private final SuppressionChecks checks;
    private final Suppressions suppressions;
    private final DryRuns dryRuns;
    private final Organizations organizations;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    SuppressionEditing(
            SuppressionTable table,
            SuppressionChecks checks,
            Suppressions suppressions,
            DryRuns dryRuns,
            Organizations organizations,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.table = table;
        this.checks = checks;
        this.suppressions = suppressions;
        this.dryRuns = dryRuns;
        this.organizations = organizations;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Looks what is wrong with a draft, and writes nothing.
     *
     * @param organization whose alerts it is about; empty for everybody's, or for the one that the scope is
     * @throws InvalidFields when anything is
     */
    public void check(Scope scope, Optional<UUID> organization, SuppressionDraft draft) {
        checks.require(scope, whose(scope, organization), draft, Optional.empty(), clock.instant());
    }

    /**
     * Writes a draft, which closes nothing yet.
     *
     * @param organization whose alerts it is about; empty for everybody's, or for the one that the scope is
     * @throws InvalidFields when something is wrong with it
     */
    public Suppression add(Scope scope, Optional<UUID> organization, SuppressionDraft draft, Actor actor) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var whose = whose(scope, organization);
        var terms = checks.require(scope, whose, draft, Optional.empty(), now);
        var added =
                new Suppression(UUID.randomUUID(), whose, "", terms, State.DRAFT, 0, now, actor.name(), Closed.NOTHING);
        fence.run(() -> {
            table.lock();
            table.save(added, new SuppressionEvent(now, Action.CREATED, actor, 0, "", List.of()));
        });
        return published(scope, added.id());
    }

    private Optional<UUID> whose(Scope scope, Optional<UUID> organization) {
        return switch (scope) {
            case Scope.Everything _ -> {
                if (organization.isPresent()
                        && organizations.find(scope, organization.get()).isEmpty()) {
                    throw new InvalidFields(List.of(FieldProblem.error(
                            "organization", "There is no such organization. Choose one of the list.")));
                }
                yield organization;
            }
            case Scope.Organization(var own) -> {
                if (organization.filter(other -> !other.equals(own)).isPresent()) {
                    throw new InvalidFields(List.of(FieldProblem.error(
                            "organization", "There is no such organization. Choose one of the list.")));
                }
                yield Optional.of(own);
            }
            case Scope.Nothing _ -> throw new IllegalStateException("Nobody has signed in");
        };
    }

    /**
     * Changes what a suppression says. One that would close other alerts from then on, or had ended, is a draft again.
     *
     * @param revision of what they looked at
     * @throws InvalidFields when something is wrong with it
     * @throws NoSuchSuppression when there is none that they may change
     * @throws SuppressionChangedMeanwhile when it has changed since they looked
     * @throws SuppressionRefused when it was withdrawn
     */
    public Suppression change(Scope scope, UUID id, int revision, SuppressionDraft draft, Actor actor) {
        var before = own(scope, id);
        var now = clock.instant();
        var terms = checks.require(
                scope, before.organization(), draft, Optional.of(before.terms().owner()), now);
        return update(scope, id, revision, actor, present -> {
            refuseUnless(
                    present.state() != State.WITHDRAWN,
                    "It was withdrawn. Write a new one, which this one's text can be copied into.");
            var changed = present.with(terms, present.state());
            var isOther =
                    !changed.fingerprint().equals(present.fingerprint()) || present.standing(now) == Standing.ENDED;
            return present.state() == State.LIVE && isOther ? changed.with(terms, State.DRAFT) : changed;
        });
    }

    /**
     * Puts a draft in force, from its start to its end.
     *
     * @param revision of what they looked at
     * @throws NoSuchSuppression when there is none that they may change
     * @throws SuppressionChangedMeanwhile when it has changed since they looked
     * @throws SuppressionRefused when it is no draft, has ended, or nobody has seen a dry run of exactly this condition
     */
    public Suppression goLive(Scope scope, UUID id, int revision, Actor actor) {
        var now = clock.instant();
        return update(scope, id, revision, actor, present -> {
            refuseUnless(present.state() == State.DRAFT, "Only a draft can be put in force.");
            refuseUnless(now.isBefore(present.terms().ends()), "Its end has passed. Edit it and choose a later one.");
            var seen = dryRuns.find(scope, id).filter(run -> run.isOf(present));
            refuseUnless(
                    seen.isPresent() && seen.get().finished().isPresent(),
                    "Run it dry first: there is no finished dry run of exactly this condition.");
            refuseUnless(
                    seen.flatMap(DryRun::finished)
                            .filter(at -> now.isBefore(at.plus(FRESH)))
                            .isPresent(),
                    "Its dry run is older than a day. Run it dry again.");
            return present.with(present.terms(), State.LIVE);
        });
    }

    /**
     * Takes a suppression back for good. Alerts that it has closed stay as they are.
     *
     * @param comment why
     * @throws InvalidFields when no reason is given
     */
    public Suppression withdraw(Scope scope, UUID id, int revision, String comment, Actor actor) {
        var why = comment.strip();
        if (why.isEmpty() || why.length() > LONGEST_COMMENT) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "withdraw_comment",
                    why.isEmpty()
                            ? "Say why it is withdrawn."
                            : "The reason has at most %,d characters.".formatted(LONGEST_COMMENT))));
        }
        return update(scope, id, revision, actor, why, Action.WITHDRAWN, present -> {
            refuseUnless(present.state() != State.WITHDRAWN, "It is withdrawn already.");
            return present.with(present.terms(), State.WITHDRAWN);
        });
    }

    /**
     * Says that a suppression in force is still right.
     *
     * @param next when somebody has to look again
     * @param comment what they found
     * @throws InvalidFields when the next review is not between now and the end, or nothing is said
     */
    public Suppression reviewed(Scope scope, UUID id, int revision, Instant next, String comment, Actor actor) {
        var found = comment.strip();
        var now = clock.instant();
        var ends = own(scope, id).terms().ends();
        var problems = new ArrayList<FieldProblem>();
        if (!next.isAfter(now) || next.isAfter(ends)) {
            problems.add(FieldProblem.error(
                    "next_review", "The next review has to be after now, and not after the end of the suppression."));
        }
        if (found.isEmpty() || found.length() > LONGEST_COMMENT) {
            problems.add(FieldProblem.error(
                    "review_comment",
                    "Say in at most %,d characters why it is still right.".formatted(LONGEST_COMMENT)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return update(scope, id, revision, actor, found, Action.REVIEWED, present -> {
            refuseUnless(
                    present.state() == State.LIVE && present.standing(now) != Standing.ENDED,
                    "Only what is in force is reviewed.");
            return present.with(present.terms().reviewedNext(next), present.state());
        });
    }

    private Suppression update(Scope scope, UUID id, int revision, Actor actor, UnaryOperator<Suppression> change) {
        return update(scope, id, revision, actor, "", Action.CHANGED, change);
    }

    /** Under a lock, so that of two who change the same one the second is told. */
    private Suppression update(
            Scope scope,
            UUID id,
            int revision,
            Actor actor,
            String comment,
            Action usual,
            UnaryOperator<Suppression> change) {
        fence.run(() -> {
            table.lock();
            var present = own(scope, id);
            if (present.revision() != revision) {
                throw new SuppressionChangedMeanwhile(
                        table.history(scope, id, revision).reversed());
            }
            var changed = change.apply(present);
            var changes = changes(present, changed);
            var action = action(present, changed, usual);
            if (!changes.isEmpty() || action != Action.CHANGED) {
                var saved = changed.at(revision + 1);
                table.save(saved, new SuppressionEvent(clock.instant(), action, actor, revision + 1, comment, changes));
            }
        });
        return published(scope, id);
    }

    private static Action action(Suppression before, Suppression after, Action usual) {
        if (before.state() == State.DRAFT && after.state() == State.LIVE) {
            return Action.WENT_LIVE;
        }
        return before.state() == State.LIVE && after.state() == State.DRAFT ? Action.BACK_TO_DRAFT : usual;
    }

    private static List<Change> changes(Suppression before, Suppression after) {
        var changes = new ArrayList<Change>();
        var old = before.terms().texts();
        after.terms().texts().forEach((field, text) -> {
            var was = old.getOrDefault(field, "");
            if (!was.equals(text)) {
                changes.add(new Change(field.key(), was, text));
            }
        });
        return changes;
    }

    /** Whether somebody may change one: it is for everybody, or of one organization that is theirs to look at. */
    public static boolean mayChange(Scope scope, Suppression suppression) {
        return suppression.organization().map(scope::includes).orElse(scope instanceof Scope.Everything);
    }

    private Suppression own(Scope scope, UUID id) {
        return table.find(scope, id)
                .filter(found -> mayChange(scope, found))
                .orElseThrow(() -> new NoSuchSuppression(id));
    }

    private static void refuseUnless(boolean isFine, String message) {
        if (!isFine) {
            throw new SuppressionRefused(message);
        }
    }

    private Suppression published(Scope scope, UUID id) {
        suppressions.refresh();
        events.publishEvent(new SuppressionsChanged(id));
        return table.find(scope, id).orElseThrow(() -> new NoSuchSuppression(id));
    }
}
