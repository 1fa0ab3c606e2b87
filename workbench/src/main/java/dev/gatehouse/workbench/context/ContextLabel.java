package dev.gatehouse.workbench.context;

import java.time.Instant;
import java.util.UUID;

/**
 * A label that an organization gives to accounts, hosts and addresses.
 *
 * @param id of it
 * @param organization whose it is
 * @param terms what it says
 * @param revision grows with every change
 * @param trace who wrote it and changed it, and when
 */
public record ContextLabel(UUID id, Whose organization, LabelTerms terms, int revision, Trace trace) {

    /**
     * Whose it is.
     *
     * @param name what people call the organization
     */
    public record Whose(UUID id, String name) {}

    /**
     * Who wrote it and changed it last, and when.
     *
     * @param createdBy as the person was called then
     * @param updatedBy likewise
     */
    public record Trace(Instant created, String createdBy, Instant updated, String updatedBy) {}

    /** Whether it has ended, which it does by the clock. */
    public boolean hasEnded(Instant now) {
        return terms.ends().filter(end -> !now.isBefore(end)).isPresent();
    }
}
