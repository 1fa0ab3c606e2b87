package dev.gatehouse.workbench.context;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.context.ContextHistory.Subject;
import dev.gatehouse.workbench.people.HistoryEntry.Change;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What people want to be known about a name, shown where an alert has it. One that has ended stays in the list. */
@Component
public class Notes extends Entries<Note, NoteTerms, NoteDraft> {

    static final int LONGEST_TERM = 300;
    static final int LONGEST_NOTE = 4_000;

    /** As many are shown at an alert. */
    public static final int MOST_SHOWN = 50;

    private final NoteTable table;

    Notes(NoteTable table, ContextHistory history, Organizations organizations, Fence fence, InstantSource clock) {
        super(Subject.NOTE, table, new Surroundings(history, organizations, fence, clock));
        this.table = table;
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
        return terms.isEmpty() ? List.of() : table.about(scope, organization, terms, now(), MOST_SHOWN);
    }

    @Override
    NoteTerms read(NoteDraft draft, UUID organization, Optional<NoteTerms> known, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        if (draft.term().isEmpty() || draft.term().length() > LONGEST_TERM) {
            problems.add(FieldProblem.error(
                    "term", "Say what it is about: a name of at most %d letters.".formatted(LONGEST_TERM)));
        }
        if (draft.note().isEmpty() || draft.note().length() > LONGEST_NOTE) {
            problems.add(FieldProblem.error(
                    "note", "Say what people should know, in at most %,d letters.".formatted(LONGEST_NOTE)));
        }
        var ends = LabelChecks.ends(draft.ends(), known.flatMap(NoteTerms::ends), now, problems);
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new NoteTerms(draft.term(), draft.note(), ends);
    }

    @Override
    void compare(List<Change> changes, Optional<NoteTerms> from, Optional<NoteTerms> to) {
        Change.add(changes, "term", from.map(NoteTerms::term), to.map(NoteTerms::term));
        Change.add(changes, "note", from.map(NoteTerms::note), to.map(NoteTerms::note));
    }
}
