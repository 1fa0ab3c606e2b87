package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Trace;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that an organization's people have written: a {@link ContextLabel} or a {@link Note}.
 *
 * @param <T> what it says
 */
public interface Entry<T extends Entry.Terms> {

    /** What one says. */
    interface Terms {

        /** When it stops being true; empty for never. */
        Optional<Instant> ends();
    }

    /**
     * Whose one is.
     *
     * @param name what people call the organization
     */
    record Whose(UUID id, String name) {}

    UUID id();

    Whose organization();

    T terms();

    /** Grows with every change. */
    int revision();

    Trace trace();

    /** Whether it has ended, which it does by the clock. */
    default boolean hasEnded(Instant now) {
        return terms().ends().filter(end -> !now.isBefore(end)).isPresent();
    }
}
