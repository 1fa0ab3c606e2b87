package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.store.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How one feed of a device is doing.
 *
 * @param state what is known of it, with watermark, times and counters
 * @param diagnosis what is wrong with it, or worth knowing
 * @param isNotice whether the diagnosis is worth showing without being a failure: something about a page that did come,
 *     such as a clock that is off; a tenant without Defender for Identity's sensors, which has no Identity tables;
 *     being throttled for a while, which is how Microsoft spreads its load; or windows that wait in quarantine
 * @param since since when it has been like this, as far as known
 */
public record FeedHealth(FeedState state, Optional<Diagnosis> diagnosis, boolean isNotice, Optional<Instant> since) {

    /** The setup guide lets a customer expect the first poll within 15 minutes. */
    private static final Duration STALLED_AFTER = Duration.ofMinutes(15);

    /**
     * Judges a feed.
     *
     * @param expectedSince from when on a poll can be expected
     * @param interval from one poll to the next
     * @param now by the same clock as the state
     */
    static FeedHealth of(FeedState state, Instant expectedSince, Duration interval, Instant now) {
        var patience = patience(interval);
        var overdueAt = state.lastSuccess()
                .filter(success -> success.isAfter(expectedSince))
                .orElse(expectedSince)
                .plus(patience);
        var isOverdue = !now.isBefore(overdueAt);
        if (state.failures() > 0 && state.trouble().isPresent()) {
            return new FeedHealth(
                    state, state.trouble(), isNobodysFault(state.trouble().get(), isOverdue), state.troubleSince());
        }
        if (isOverdue) {
            return new FeedHealth(state, Optional.of(stalled(state.feed(), patience)), false, Optional.of(overdueAt));
        }
        var notice = state.trouble().or(() -> owed(state));
        return new FeedHealth(state, notice, notice.isPresent(), state.workingSince());
    }

    private static Optional<Diagnosis> owed(FeedState state) {
        return state.owed() == 0
                ? Optional.empty()
                : Optional.of(
                        Diagnosis.of(
                                Trouble.QUARANTINED,
                                "%s of %s could not be read and %s in quarantine. Everything around is stored."
                                        .formatted(
                                                state.owed() == 1 ? "One window" : state.owed() + " windows",
                                                state.feed().title().toLowerCase(Locale.ROOT),
                                                state.owed() == 1 ? "waits" : "wait"),
                                "Nothing to do at first: they are tried again by themselves. If it lasts, give Microsoft the request-id; Collection > Quarantine has it, and a button to try again."));
    }

    /** A feed that is rarely polled on purpose has not stalled before it missed three polls. */
    private static Duration patience(Duration interval) {
        var threePolls = interval.multipliedBy(3);
        return threePolls.compareTo(STALLED_AFTER) > 0 ? threePolls : STALLED_AFTER;
    }

    private static boolean isNobodysFault(Diagnosis failure, boolean isOverdue) {
        return failure.trouble() == Trouble.TABLE_MISSING || (failure.trouble() == Trouble.THROTTLED && !isOverdue);
    }

    private static Diagnosis stalled(Feed feed, Duration patience) {
        return Diagnosis.of(
                Trouble.STALLED,
                "%s were not read successfully for %d minutes, although nothing was reported to fail."
                        .formatted(feed.title(), patience.toMinutes()),
                "See whether Gatehouse and its database are running well; its log tells more.");
    }

    public Feed feed() {
        return state.feed();
    }

    /** Whether the feed works: it has answered, or has nothing to answer with, and nothing is wrong. */
    public boolean isWorking() {
        return !isFailing() && (state.lastSuccess().isPresent() || isMissingTable());
    }

    /**
     * Whether the feed works but lags, as after an outage.
     *
     * @param now by the same clock as the state; Microsoft's may differ by moments, which does not matter here
     */
    public boolean isCatchingUp(Instant now) {
        return isWorking()
                && state.watermark()
                        .filter(watermark -> watermark.isBefore(now.minus(STALLED_AFTER)))
                        .isPresent();
    }

    private boolean isMissingTable() {
        return diagnosis
                .filter(found -> found.trouble() == Trouble.TABLE_MISSING)
                .isPresent();
    }

    /** Whether something is wrong that makes the device unhealthy. */
    public boolean isFailing() {
        return diagnosis.isPresent() && !isNotice;
    }
}
