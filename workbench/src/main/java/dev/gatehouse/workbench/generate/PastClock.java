package dev.gatehouse.workbench.generate;

import java.time.Instant;
import java.time.InstantSource;

/** Tells whoever asks within {@link #at} the time that was said there, and everybody else the time that it is. */
public final class PastClock implements InstantSource {

    private static final ScopedValue<Instant> SAID = ScopedValue.newInstance();

    private final InstantSource present;

    /** Over a clock that is right. */
    public PastClock(InstantSource present) {
        this.present = present;
    }

    /** Does something as if it was that time. */
    static <T, X extends Throwable> T at(Instant time, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(SAID, time).call(work);
    }

    @Override
    public Instant instant() {
        return SAID.isBound() ? SAID.get() : present.instant();
    }
}
