package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the feeds of one device know of what it signs in with. They share it: when Entra has refused one of them, none asks
 * until it is time to try again, and when one signs in, the others go on at once.
 */
final class SignInRefusal {

    private final BackOff backOff;
    private final MonotonicClock clock;
    private Runnable whenItWorks = () -> {};
    private Optional<Diagnosis> refusal = Optional.empty();
    private long until;

    /**
     * Makes one for a device.
     *
     * @param backOff how long to wait after each refusal
     */
    SignInRefusal(BackOff backOff, MonotonicClock clock) {
        this.backOff = backOff;
        this.clock = clock;
    }

    /**
     * A refusal that still holds.
     *
     * @param diagnosis why
     * @param left how long it is until one of the feeds tries again
     */
    record Standing(Diagnosis diagnosis, Duration left) {}

    /** Has the others told that they can go on. */
    synchronized void whenItWorks(Runnable listener) {
        whenItWorks = listener;
    }

    /** What Entra said lately; empty when it is to be asked. */
    synchronized Optional<Standing> standing() {
        var left = clock.until(until);
        return refusal.filter(known -> !left.isZero()).map(known -> new Standing(known, left));
    }

    /** Entra has refused one of the feeds; gives how long all of them wait. Two that asked together count as one. */
    synchronized Duration refused(Diagnosis diagnosis) {
        var known = standing();
        if (known.isPresent()) {
            return known.get().left();
        }
        var pause = backOff.after(diagnosis);
        refusal = Optional.of(diagnosis);
        until = clock.after(pause);
        return pause;
    }

    /** One of them was let in. */
    void worked() {
        if (forget()) {
            listener().run();
        }
    }

    private synchronized Runnable listener() {
        return whenItWorks;
    }

    private synchronized boolean forget() {
        var wasRefused = refusal.isPresent();
        refusal = Optional.empty();
        if (wasRefused) {
            backOff.afterSuccess(Duration.ZERO);
        }
        return wasRefused;
    }

    /** Somebody wants it to be tried now; how often it was refused stays known. */
    synchronized void tryNow() {
        until = clock.nanos();
    }
}
