package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.Note;
import dev.gatehouse.workbench.context.NoteDraft;
import dev.gatehouse.workbench.context.NoteTerms;
import dev.gatehouse.workbench.context.Notes;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.web.frame.Moments;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Organization Settings &gt; Context &gt; Notes: what people want to be known about a name. */
@Controller
@RequestMapping(NotePages.LIST)
class NotePages extends EntryPages<Note, NoteTerms, NoteDraft> {

    static final String LIST = "/settings/notes";

    private static final String TERM = "term";

    NotePages(Notes notes, Organizations organizations, Moments moments) {
        super(new Look(LIST, "show/notes", "show/note", "show/note-form"), notes, organizations, moments);
    }

    /** Whoever comes from a name has it filled in. */
    @Override
    Map<String, String> proposed(Map<String, String> parameters) {
        return Map.of(TERM, parameters.getOrDefault(TERM, ""));
    }

    @Override
    Map<String, String> values(Note note) {
        var draft = note.terms().draft();
        return Map.of(TERM, draft.term(), "note", draft.note(), "ends_at", draft.ends());
    }

    @Override
    NoteDraft draft(Map<String, String> typed) {
        return new NoteDraft(
                typed.getOrDefault(TERM, ""), typed.getOrDefault("note", ""), typed.getOrDefault("ends_at", ""));
    }

    @Override
    String called(Note note) {
        return "The note about “%s”".formatted(note.terms().term());
    }
}
