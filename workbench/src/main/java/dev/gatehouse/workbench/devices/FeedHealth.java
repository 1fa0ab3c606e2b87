package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.store.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one feed of a device is doing.
 *
 * @param state what is known of it, with watermark, times and counters
 * @param diagnosis what is wrong with it; also present for mere notices, see {@link #isNotice()}
 * @param since since when
 */
public record FeedHealth(FeedState state, Optional<Diagnosis> diagnosis, Optional<Instant> since) {

    /** The setup guide lets a customer expect the first poll within 15 minutes. */
    static final Duration STALLED_AFTER = Duration.ofMinutes(15);

    static FeedHealth of(FeedState state, Instant expectedSince, Duration interval, Instant now) {
        if (state.trouble().isPresent()) {
            return new FeedHealth(state, state.trouble(), state.troubleSince());
        }
        // A feed that is rarely polled on purpose is not stalled before it has missed three polls.
        var patience = STALLED_AFTER.compareTo(interval.multipliedBy(3)) < 0 ? interval.multipliedBy(3) : STALLED_AFTER;
        var lastSign = state.lastSuccess().filter(expectedSince::isBefore).orElse(expectedSince);
        var stalledAt = lastSign.plus(patience);
        if (now.isBefore(stalledAt)) {
            return new FeedHealth(state, Optional.empty(), state.workingSince());
        }
        return new FeedHealth(
                state,
                Optional.of(Diagnosis.of(
                        Trouble.STALLED,
                        "%s were not read successfully for %d minutes, although nothing was reported to fail."
                                .formatted(state.feed().title(), patience.toMinutes()),
                        "See whether Gatehouse and its database are running well; its log tells more.")),
                Optional.of(stalledAt));
    }

    public Feed feed() {
        return state.feed();
    }

    /** Whether the feed itself works: it has answered, and nothing is wrong beyond a notice. */
    public boolean isWorking() {
        return diagnosis.isEmpty() ? state.lastSuccess().isPresent() : isNotice();
    }

    /**
     * Whether the diagnosis is worth showing but nobody's fault: a tenant without Defender for Identity's sensors has no
     * Identity tables, and being throttled for a moment is how Microsoft spreads its load.
     */
    public boolean isNotice() {
        return diagnosis
                .filter(found -> found.trouble() == Trouble.TABLE_MISSING || found.trouble() == Trouble.THROTTLED)
                .isPresent();
    }

    /** Whether something is wrong that makes the device unhealthy. */
    public boolean isFailing() {
        return diagnosis.isPresent() && !isNotice();
    }
}
