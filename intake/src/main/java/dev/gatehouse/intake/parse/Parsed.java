package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Original;

/** How reading one record's text can end. */
public sealed interface Parsed {

    /** It was understood. */
    record Understood(Collected record) implements Parsed {}

    /**
     * It was not, and is kept as it came.
     *
     * @param original the text as received
     * @param reason what was wrong, without quoting the record
     */
    record Unreadable(Original original, String reason) implements Parsed {}
}
