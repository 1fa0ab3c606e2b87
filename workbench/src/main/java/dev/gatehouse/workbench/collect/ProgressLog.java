package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.collect.ReadPage.PastRead;
import dev.gatehouse.workbench.records.Taken;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes down how far somebody has read the past, such as a replay. Both methods are parts of the transaction that keeps a
 * page, or that promises to come back to what was passed over.
 */
public interface ProgressLog {

    /**
     * A page was kept.
     *
     * @param taken what became of its records
     * @param notice something about it that people should know
     * @param at when it came, by our clock
     */
    void pageKept(PastRead read, Taken taken, Optional<Diagnosis> notice, Instant at);

    /**
     * A stretch was passed over.
     *
     * @param at when, by our clock
     */
    void passedOver(PastRead read, Instant at);
}
