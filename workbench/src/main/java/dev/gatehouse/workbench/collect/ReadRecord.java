package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.RecordCache;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Original;
import java.util.Optional;

/** What reading one record of a page gave. */
sealed interface ReadRecord {

    /**
     * It was parsed and understood.
     *
     * @param key by what it is to be remembered once it is stored; empty when it is not
     */
    record Understood(Collected record, RecordSummary summary, Optional<RecordCache.Key> key) implements ReadRecord {}

    /** The same bytes were parsed before, so that they were not parsed again. */
    record Recognised(Original original, RecordSummary summary) implements ReadRecord {}

    /** It was not understood, for this reason. */
    record Unreadable(Original original, String reason) implements ReadRecord {}
}
