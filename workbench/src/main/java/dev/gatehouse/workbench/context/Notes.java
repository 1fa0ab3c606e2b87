package dev.gatehouse.workbench.context;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.context.ContextEvent.Action;
import dev.gatehouse.workbench.context.ContextEvent.Change;
import dev.gatehouse.workbench.context.ContextHistory.Subject;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What people want to be known about a name, shown where an alert has it. One that has ended stays in the list. */
@Component
public class Notes {

    static final int LONGEST_TERM = 300;
    static final int LONGEST_NOTE = 4_000;

    /** As many are shown at an alert. */
    public static final int MOST_SHOWN = 50;

    private final NoteTable table;
    private final ContextHistory history;
    private final Organizations organizations;
    private final Fence fence;
    private final InstantSource clock;

    Notes(NoteTable table, ContextHistory history, Organizations organizations, Fence fence, InstantSource clock) {
        this.table = table;
        this.history = history;
        this.organizations = organizations;
        this.fence = fence;
        this.clock = clock;
    }

    /**
     * Notes with a text in them, by what they are about.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<Note> list(Scope scope, String text, int offset, int limit) {
        return table.list(scope, text, offset, limit);
    }

    /** One that somebody may see. */
    public Optional<Note> find(Scope scope, UUID id) {
        return table.find(scope, id);
    }

    /** What was done to one, the last first; at most 200 entries. */
    public List<ContextEvent> history(Scope scope, UUID id) {
        return history.of(scope, id, -1).reversed();
    }

    /**
     * What is to be known about whatever some vendor alerts of an organization name: notes that have not ended, by what they are
     * about; at most {@link #MOST_SHOWN}. One statement, or none.
     */
    public List<Note> about(Scope scope, UUID organization, Collection<VendorAlert> alerts) {
        var terms = alerts.stream()
                .flatMap(alert -> alert.evidence().stream())
                .flatMap(evidence -> evidence.entities().stream())
                .map(entity -> Labels.Name.of(entity.kind(), entity.name()))
                .distinct()
                .flatMap(name -> name.terms().stream())
                .distinct()
                .toList();
        return terms.isEmpty() ? List.of() : table.about(scope, organization, terms, clock.instant(), MOST_SHOWN);
    }

    /**
     * Adds a note.
     *
     * @param organization whose it is; may be empty where the scope is one organization
     * @throws InvalidFields when something is wrong with it
     */
    public Note add(Scope scope, Optional<UUID> organization, NoteDraft draft, Actor actor) {
        var now = now();
        var whose = Whom.of(scope, organization, organizations);
        var terms = require(draft, Optional.empty(), now);
        var id = UUID.randomUUID();
        fence.run(() -> {
            table.insert(id, whose, terms, actor, now);
            history.remember(
                    Subject.NOTE,
                    id,
                    whose,
                    new ContextEvent(now, Action.CREATED, actor, 0, changes(Optional.empty(), Optional.of(terms))));
        });
        return require(scope, id);
    }

    private static NoteTerms require(NoteDraft draft, Optional<Instant> known, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        if (draft.term().isEmpty() || draft.term().length() > LONGEST_TERM) {
            problems.add(FieldProblem.error(
                    "term", "Say what it is about: a name of at most %d letters.".formatted(LONGEST_TERM)));
        }
        if (draft.note().isEmpty() || draft.note().length() > LONGEST_NOTE) {
            problems.add(FieldProblem.error(
                    "note", "Say what people should know, in at most %,d letters.".formatted(LONGEST_NOTE)));
        }
        var ends = LabelChecks.ends(draft.ends(), known, now, problems);
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new NoteTerms(draft.term(), draft.note(), ends);
    }

    /**
     * Changes what a note says.
     *
     * @param revision of what they looked at
     * @throws InvalidFields when something is wrong with it
     * @throws NoSuchContext when there is none that they may change
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public Note change(Scope scope, UUID id, int revision, NoteDraft draft, Actor actor) {
        var now = now();
        fence.run(() -> {
            var before = own(scope, id, revision);
            var terms = require(draft, before.terms().ends(), now);
            var changes = changes(Optional.of(before.terms()), Optional.of(terms));
            if (!changes.isEmpty()) {
                table.update(id, terms, actor, now);
                history.remember(
                        Subject.NOTE,
                        id,
                        before.organization().id(),
                        new ContextEvent(now, Action.UPDATED, actor, before.revision() + 1, changes));
            }
        });
        return require(scope, id);
    }

    /**
     * Removes a note; its history stays.
     *
     * @param revision of what they looked at
     * @throws NoSuchContext when there is none that they may remove
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public void remove(Scope scope, UUID id, int revision, Actor actor) {
        fence.run(() -> {
            var before = own(scope, id, revision);
            table.delete(id);
            history.remember(
                    Subject.NOTE,
                    id,
                    before.organization().id(),
                    new ContextEvent(
                            now(),
                            Action.DELETED,
                            actor,
                            before.revision() + 1,
                            changes(Optional.of(before.terms()), Optional.empty())));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Note require(Scope scope, UUID id) {
        return table.find(scope, id).orElseThrow(() -> new NoSuchContext(id));
    }

    /** One that is to be changed, and that nobody else changes until the end of the transaction. */
    private Note own(Scope scope, UUID id, int revision) {
        table.lock(id);
        var present = require(scope, id);
        if (present.revision() != revision) {
            throw new ContextChangedMeanwhile(history.of(scope, id, revision));
        }
        return present;
    }

    private static List<Change> changes(Optional<NoteTerms> from, Optional<NoteTerms> to) {
        var changes = new ArrayList<Change>();
        Change.add(changes, "term", from.map(NoteTerms::term), to.map(NoteTerms::term));
        Change.add(changes, "note", from.map(NoteTerms::note), to.map(NoteTerms::note));
        Change.add(
                changes,
                "ends_at",
                from.flatMap(NoteTerms::ends).map(Instant::toString),
                to.flatMap(NoteTerms::ends).map(Instant::toString));
        return changes;
    }
}
