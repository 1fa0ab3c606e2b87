package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.HistoryEntry.Action;
import dev.gatehouse.workbench.people.HistoryEntry.Change;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How people list, write, change and remove what they say: labels and notes alike. What is done is written down in the same
 * transaction, and in one organization one thing is done after the other.
 *
 * @param <E> what is kept
 * @param <T> what one says
 * @param <D> what somebody typed
 */
public abstract class Entries<E extends Entry<T>, T extends Entry.Terms, D> {

    private final ContextHistory.Subject subject;
    private final EntryTable<E, T> table;
    private final Surroundings surroundings;

    /** What both need. */
    record Surroundings(ContextHistory history, Organizations organizations, Fence fence, InstantSource clock) {}

    Entries(ContextHistory.Subject subject, EntryTable<E, T> table, Surroundings surroundings) {
        this.subject = subject;
        this.table = table;
        this.surroundings = surroundings;
    }

    /**
     * What a draft says.
     *
     * @param organization whose it is
     * @param known what is said by now; empty for a new one
     * @throws InvalidFields when something is wrong with it
     */
    abstract T read(D draft, UUID organization, Optional<T> known, Instant now);

    /** Adds what became another, but for the end. */
    abstract void compare(List<Change> changes, Optional<T> from, Optional<T> to);

    /**
     * Refuses what an organization cannot have beside what it has.
     *
     * @throws InvalidFields then
     */
    void requireRoom(UUID organization, UUID id, T terms, boolean isNew) {}

    /**
     * Those with a text in them, in the order of what they are called.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public final Slice<E> list(Scope scope, String text, int offset, int limit) {
        return table.list(scope, text, offset, limit);
    }

    /** One that somebody may see. */
    public final Optional<E> find(Scope scope, UUID id) {
        return table.find(scope, id);
    }

    /** What was done to one, the last first; at most 200 entries. */
    public final List<HistoryEntry> history(Scope scope, UUID id) {
        return surroundings.history().of(scope, id, -1).reversed();
    }

    /**
     * Adds one.
     *
     * @param organization whose it is; may be empty where the scope is one organization
     * @throws InvalidFields when something is wrong with it
     */
    public final E add(Scope scope, Optional<UUID> organization, D draft, Actor actor) {
        var now = now();
        var whose = Whom.of(scope, organization, surroundings.organizations());
        var terms = read(draft, whose, Optional.empty(), now);
        var id = UUID.randomUUID();
        surroundings.fence().run(() -> {
            surroundings.history().lock(whose);
            requireRoom(whose, id, terms, true);
            table.insert(id, whose, terms, actor, now);
            remember(
                    id,
                    whose,
                    new HistoryEntry(now, Action.CREATED, actor, 0, changes(Optional.empty(), Optional.of(terms))));
        });
        return require(scope, id);
    }

    /**
     * Changes what one says.
     *
     * @param revision of what they looked at
     * @throws InvalidFields when something is wrong with it
     * @throws NoSuchContext when there is none that they may change
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public final E change(Scope scope, UUID id, int revision, D draft, Actor actor) {
        var now = now();
        surroundings.fence().run(() -> {
            var before = own(scope, id, revision);
            var whose = before.organization().id();
            var terms = read(draft, whose, Optional.of(before.terms()), now);
            var changes = changes(Optional.of(before.terms()), Optional.of(terms));
            if (changes.isEmpty()) {
                return;
            }
            requireRoom(whose, id, terms, false);
            table.update(id, whose, terms, actor, now);
            remember(id, whose, new HistoryEntry(now, Action.UPDATED, actor, before.revision() + 1, changes));
        });
        return require(scope, id);
    }

    /**
     * Removes one; its history stays.
     *
     * @param revision of what they looked at
     * @throws NoSuchContext when there is none that they may remove
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public final void remove(Scope scope, UUID id, int revision, Actor actor) {
        var now = now();
        surroundings.fence().run(() -> {
            var before = own(scope, id, revision);
            table.delete(id);
            remember(
                    id,
                    before.organization().id(),
                    new HistoryEntry(
                            now,
                            Action.DELETED,
                            actor,
                            before.revision() + 1,
                            changes(Optional.of(before.terms()), Optional.empty())));
        });
    }

    /** By our clock, as exact as it is stored. */
    final Instant now() {
        return surroundings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void remember(UUID id, UUID organization, HistoryEntry event) {
        surroundings.history().remember(subject, id, organization, event);
    }

    private E require(Scope scope, UUID id) {
        return table.find(scope, id).orElseThrow(() -> new NoSuchContext(id));
    }

    /** One that is to be changed, and that nobody else changes until the end of the transaction. */
    private E own(Scope scope, UUID id, int revision) {
        surroundings.history().lock(require(scope, id).organization().id());
        var present = require(scope, id);
        if (present.revision() != revision) {
            throw new ContextChangedMeanwhile(surroundings.history().of(scope, id, revision));
        }
        return present;
    }

    private List<Change> changes(Optional<T> from, Optional<T> to) {
        var changes = new ArrayList<Change>();
        compare(changes, from, to);
        Change.add(
                changes,
                "ends_at",
                from.flatMap(Entry.Terms::ends).map(Instant::toString),
                to.flatMap(Entry.Terms::ends).map(Instant::toString));
        return changes;
    }
}
