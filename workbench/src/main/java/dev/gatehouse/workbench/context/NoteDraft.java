package dev.gatehouse.workbench.context;

import dev.gatehouse.model.Pasted;

/**
 * What somebody typed about a note, unchecked but for invisible characters.
 *
 * @param term what it is about
 * @param note what people should know
 * @param ends the last day, or the moment it ends, both in UTC; blank for never
 */
public record NoteDraft(String term, String note, String ends) {

    public NoteDraft {
        term = Pasted.text(term);
        note = note.strip();
        ends = Pasted.value(ends);
    }
}
