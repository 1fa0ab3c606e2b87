package dev.gatehouse.workbench.context;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a note says.
 *
 * @param term what it is about: a name as vendor alerts have it, e.g. {@code svc-backup}
 * @param note what people should know
 * @param ends when it stops being true; empty for never
 */
public record NoteTerms(String term, String note, Optional<Instant> ends) implements Entry.Terms {

    /** In lower case, as names are compared. */
    String key() {
        return term.toLowerCase(Locale.ROOT);
    }

    /** As it is typed. */
    public NoteDraft draft() {
        return new NoteDraft(term, note, ends.map(Instant::toString).orElse(""));
    }
}
