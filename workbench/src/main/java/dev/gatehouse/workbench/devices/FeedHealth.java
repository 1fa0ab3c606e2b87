package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
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
 *     being throttled for a while, which is how Microsoft spreads its load; windows that wait in quarantine; or one failed
 *     answer, which is {@linkplain #isTryingAgain tried again}
 * @param since since when it has been like this, as far as known
 */
public record FeedHealth(FeedState state, Optional<Diagnosis> diagnosis, boolean isNotice, Optional<Instant> since) {

    /** The setup guide lets a customer expect the first poll within 15 minutes. */
    private static final Duration STALLED_AFTER = Duration.ofMinutes(15);

    /** One failed answer is not an unhealthy device: so many in a row, over so long, are. */
    private static final int FAILURES = 3;

    private static final Duration FAILING_AFTER = Duration.ofMinutes(5);

    /**
     * What can be expected of a feed.
     *
     * @param since from when on a poll can be expected
     * @param connectedSince since when the device signs in as it does now
     * @param interval from one poll to the next
     * @param secondLookInterval from one second look to the next
     */
    record Expected(Instant since, Instant connectedSince, Duration interval, Duration secondLookInterval) {}

    /**
     * Judges a feed: by how old its checkpoint is and not by when it was last answered, since it may be answered without end
     * and get no further.
     *
     * @param now by the same clock as the state
     */
    static FeedHealth of(FeedState state, Expected expected, Instant now) {
        var patience = patience(expected.interval());
        // Without the time, a checkpoint was moved by a release that did not note it.
        var overdueAt = state.checkpointMoved()
                .or(() -> state.watermark().flatMap(any -> state.lastSuccess()))
                .filter(moved -> moved.isAfter(expected.since()))
                .orElse(expected.since())
                .plus(patience);
        var isOverdue = !now.isBefore(overdueAt);
        if (state.failures() > 0 && state.trouble().isPresent()) {
            var failure = state.trouble().get();
            var isNotice = isNobodysFault(failure, isOverdue) || !(isOverdue || isLasting(state, expected, now));
            return new FeedHealth(state, state.trouble(), isNotice, state.troubleSince());
        }
        if (isOverdue) {
            return new FeedHealth(
                    state, Optional.of(stalled(state, overdueAt, patience)), false, Optional.of(overdueAt));
        }
        var notice = state.trouble().or(() -> owed(state)).or(() -> lateSecondLook(state, expected, now));
        return new FeedHealth(state, notice, notice.isPresent(), state.workingSince());
    }

    /**
     * Whether a failure is more than one unlucky answer. A refusal that somebody has to cure counts at once as long as nothing
     * has worked yet; what has worked is suspect only when it fails again and again, since Microsoft's servers do not all
     * know the same at the same time.
     */
    private static boolean isLasting(FeedState state, Expected expected, Instant now) {
        var mayPass =
                state.trouble().filter(failure -> failure.trouble().isPassing()).isPresent();
        var hasWorked =
                state.lastSuccess().filter(expected.connectedSince()::isBefore).isPresent();
        if (!mayPass && !hasWorked) {
            return true;
        }
        var threePolls = threeTimes(expected.interval());
        var enough = threePolls.compareTo(FAILING_AFTER) < 0 ? threePolls : FAILING_AFTER;
        var since = state.troubleSince().orElse(now);
        return state.failures() >= FAILURES && !now.isBefore(since.plus(enough));
    }

    private static Optional<Diagnosis> lateSecondLook(FeedState state, Expected expected, Instant now) {
        var patience = threeTimes(expected.secondLookInterval()).plus(STALLED_AFTER);
        return state.secondLook()
                .map(last -> last.isAfter(expected.since()) ? last : expected.since())
                .filter(last -> !now.isBefore(last.plus(patience)))
                .map(
                        last -> Diagnosis.of(
                                Trouble.STALLED,
                                "No second look at %s has come to its end for %d minutes, so that what becomes readable late is found late. Polling goes on."
                                        .formatted(state.feed().title().toLowerCase(Locale.ROOT), minutes(last, now)),
                                "Collection > Poll ledger shows what the second looks met; Collection > Request budget whether they find room."));
    }

    private static long minutes(Instant from, Instant to) {
        return Duration.between(from, to).toMinutes();
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

    /** By adding: to multiply goes by way of {@link java.math.BigDecimal}, for each feed of thousands of devices. */
    private static Duration threeTimes(Duration time) {
        return time.plus(time).plus(time);
    }

    /** A feed that is rarely polled on purpose has not stalled before it missed three polls. */
    private static Duration patience(Duration interval) {
        var threePolls = threeTimes(interval);
        return threePolls.compareTo(STALLED_AFTER) > 0 ? threePolls : STALLED_AFTER;
    }

    private static boolean isNobodysFault(Diagnosis failure, boolean isOverdue) {
        return failure.trouble() == Trouble.TABLE_MISSING || (failure.trouble() == Trouble.THROTTLED && !isOverdue);
    }

    private static Diagnosis stalled(FeedState state, Instant overdueAt, Duration patience) {
        var isAnswered =
                state.lastSuccess().filter(overdueAt.minus(patience)::isBefore).isPresent();
        return isAnswered
                ? Diagnosis.of(
                        Trouble.STALLED,
                        "%s are answered, but nothing of it leads further: the checkpoint has not moved for %d minutes."
                                .formatted(state.feed().title(), patience.toMinutes()),
                        "Collection > Poll ledger shows what is asked and answered, with Microsoft's request-ids: links that lead in a circle, or more records at one moment than fit into answers, look like this. Polling goes on and recovers by itself once the answers do.")
                : Diagnosis.of(
                        Trouble.STALLED,
                        "%s were not read successfully for %d minutes, although nothing was reported to fail."
                                .formatted(state.feed().title(), patience.toMinutes()),
                        "See whether Gatehouse and its database are running well; its log tells more.");
    }

    /** Whether its last answer failed, and it is too early to call that more than bad luck. */
    public boolean isTryingAgain() {
        return isNotice
                && state.failures() > 0
                && diagnosis
                        .filter(failure ->
                                failure.trouble() != Trouble.TABLE_MISSING && failure.trouble() != Trouble.THROTTLED)
                        .isPresent();
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
                && !isTryingAgain()
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
