package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.ContentHash;
import java.util.List;
import java.util.Set;

/** Told what a page held, once the page is stored. */
@FunctionalInterface
public interface RecordListener {

    /**
     * A page came and is stored.
     *
     * @param understood its records, those of other products among them, in no particular order
     * @param unreadable of the texts that could not be understood, the hashes: a text that comes twice is one record
     */
    void saw(List<RecordSummary> understood, Set<ContentHash> unreadable);
}
