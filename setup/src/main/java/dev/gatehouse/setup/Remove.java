package dev.gatehouse.setup;

import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.parts.RemovalRun;
import dev.gatehouse.setup.parts.SetupParts;
import dev.gatehouse.setup.parts.Undo;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.plan.Removal;
import dev.gatehouse.setup.plan.Removal.Kind;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes away what {@link Apply} made, and puts back what it changed: exactly what the journal says, last things first.
 * What somebody else made or has changed since stays. An app registration with our tag goes even without a journal.
 */
public final class Remove {

    private final Directory directory;
    private final Desired desired;
    private final Journals journals;
    private final Progress progress;
    private Journal journal;

    /** Prepares a removal; nothing happens yet. */
    public Remove(Directory directory, Desired desired, Journals journals, Progress progress) {
        this.directory = directory;
        this.desired = desired;
        this.journals = journals;
        this.progress = progress;
        this.journal = journals.load(desired.tenant());
    }

    /** What would be taken away, in that order. Changes nothing. */
    public List<Removal> plan() throws InterruptedException {
        var removals = new ArrayList<Removal>();
        for (var entry : entries()) {
            var undo = undo(entry);
            removals.add(new Removal(
                    entry.part(),
                    entry.name(),
                    undo.isEmpty() ? Kind.GONE : undo.get().kind(),
                    undo.map(Undo::detail).orElse("")));
        }
        return removals;
    }

    /** The delegated permissions that the removal needs besides those for reading. */
    public Set<String> scopes() throws InterruptedException {
        var scopes = new TreeSet<String>();
        for (var removal : plan()) {
            if (removal.kind() != Kind.GONE) {
                scopes.addAll(removal.part().scopesFor(Action.CHANGE));
            }
        }
        return scopes;
    }

    /** The roles of which the administrator lacks one for a removal; empty when nothing stands in the way. */
    public Set<EntraRole> missingRoles(Admin admin, Removal removal) {
        return removal.kind() == Kind.GONE ? Set.of() : admin.missingFor(removal.part(), Action.CHANGE);
    }

    /**
     * Takes it away. What Microsoft refuses to do stays in the journal, for a later run by somebody who may.
     *
     * @return how each removal ended, in order
     */
    public List<Outcome> run(Admin admin) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var entry : entries()) {
            progress.begins(entry.part());
            var outcome = remove(entry, admin);
            progress.ends(outcome);
            outcomes.add(outcome);
        }
        if (journal.entries().isEmpty()) {
            save(journal.cleared());
        }
        return outcomes;
    }

    private Outcome remove(Entry entry, Admin admin) throws InterruptedException {
        try {
            var undo = undo(entry);
            if (undo.isPresent()) {
                var missing = admin.missingFor(entry.part(), Action.CHANGE);
                if (!missing.isEmpty()) {
                    return new Outcome.Blocked(entry.part(), missing);
                }
                undo.get().request().send();
            }
            save(journal.without(entry::equals));
            return undo.isEmpty()
                    ? new Outcome.Kept(entry.part())
                    : new Outcome.Undone(entry.part(), undo.get().kind(), entry.name());
        } catch (Refusal refusal) {
            return new Outcome.Refused(entry.part(), refusal.reason().sentence());
        }
    }

    private void save(Journal changed) {
        journals.save(changed);
        journal = changed;
    }

    /** Newest first: what was made last needs what was made before. */
    private List<Entry> entries() throws InterruptedException {
        var entries = new ArrayList<>(journal.entries());
        for (var part : SetupParts.all()) {
            part.unrecorded(run()).forEach(entries::addFirst);
        }
        return entries.reversed();
    }

    /** Empty when there is nothing left to undo. */
    private Optional<Undo> undo(Entry entry) throws InterruptedException {
        return SetupParts.of(entry.part()).undo(run(), entry);
    }

    private RemovalRun run() {
        return new RemovalRun(directory, desired, journal);
    }
}
