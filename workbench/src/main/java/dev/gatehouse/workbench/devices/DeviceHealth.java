package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a device is doing, derived from how old the checkpoint of each of its feeds is and from what its answers were, and
 * never from whether a process runs.
 *
 * @param device which one
 * @param stage how far it has come
 * @param worst the diagnosis that matters most: what a person has to cure comes before what may pass by itself
 * @param since since when it has been in this stage, as far as known
 * @param lastPoll last time that Microsoft answered any of its feeds
 * @param lastData last time that any of its feeds brought something new
 * @param note something worth knowing that is no trouble, e.g. that the last answer failed and is tried again
 * @param feeds each feed, in the order of {@link Feed}
 */
public record DeviceHealth(
        UUID device,
        Stage stage,
        Optional<Diagnosis> worst,
        Optional<Instant> since,
        Optional<Instant> lastPoll,
        Optional<Instant> lastData,
        Optional<String> note,
        List<FeedHealth> feeds) {

    /** The setup guide lets a customer expect data within 30 minutes. */
    private static final Duration DATA_EXPECTED_WITHIN = Duration.ofMinutes(30);

    public DeviceHealth {
        feeds = List.copyOf(feeds);
    }

    /** Healthy, unhealthy or not known. */
    public Stage.Status status() {
        return stage.status();
    }

    /**
     * Judges a device.
     *
     * @param states those of its tenant's feeds that were ever touched
     * @param startedAt when this process began to poll; nobody can expect a poll before
     * @param now by the same clock as the states
     */
    static DeviceHealth judge(
            SecurityDevice device, Map<Feed, FeedState> states, Settings.Poll poll, Instant startedAt, Instant now) {
        var expectedSince = device.updatedAt().isAfter(startedAt) ? device.updatedAt() : startedAt;
        var feeds = device.kind().feeds().stream()
                .map(feed -> FeedHealth.of(
                        state(device, feed, states),
                        new FeedHealth.Expected(
                                expectedSince, device.updatedAt(), poll.interval(feed), poll.secondLookInterval()),
                        now))
                .toList();
        var worst = feeds.stream()
                .filter(FeedHealth::isFailing)
                .min(Comparator.comparing(DeviceHealth::mayPass)
                        .thenComparing(
                                health -> health.diagnosis().orElseThrow().trouble()));
        var stage = stage(device, feeds);
        var lastData = latest(feeds, FeedState::lastData);
        return new DeviceHealth(
                device.id(),
                stage,
                device.enabled() ? worst.flatMap(FeedHealth::diagnosis) : Optional.empty(),
                since(device, stage, worst, feeds),
                latest(feeds, FeedState::lastSuccess),
                lastData,
                note(stage, device, feeds, now),
                feeds);
    }

    /** What was read before the device was there says nothing of how it is doing. */
    private static FeedState state(SecurityDevice device, Feed feed, Map<Feed, FeedState> states) {
        return Optional.ofNullable(states.get(feed))
                .filter(state ->
                        state.lastPoll().filter(device.createdAt()::isAfter).isEmpty())
                .orElseGet(() -> FeedState.untouched(device.directory(), feed));
    }

    private static boolean mayPass(FeedHealth health) {
        return health.diagnosis().orElseThrow().trouble().isPassing();
    }

    private static boolean isStalled(FeedHealth health) {
        return health.diagnosis().orElseThrow().trouble() == Trouble.STALLED;
    }

    private static Stage stage(SecurityDevice device, List<FeedHealth> feeds) {
        if (!device.enabled()) {
            return Stage.DISABLED;
        }
        if (feeds.stream().anyMatch(FeedHealth::isFailing)) {
            return feeds.stream().filter(FeedHealth::isFailing).allMatch(DeviceHealth::isStalled)
                    ? Stage.STALLED
                    : Stage.UNHEALTHY;
        }
        if (feeds.stream().allMatch(FeedHealth::isWorking)) {
            return latest(feeds, FeedState::lastData).isPresent() ? Stage.RECEIVING_DATA : Stage.POLLING_NO_DATA;
        }
        return feeds.stream().anyMatch(FeedHealth::isWorking) ? Stage.VERIFYING : Stage.WAITING_FOR_FIRST_POLL;
    }

    private static Optional<Instant> since(
            SecurityDevice device, Stage stage, Optional<FeedHealth> worst, List<FeedHealth> feeds) {
        return switch (stage.status()) {
            case HEALTHY -> latest(feeds, FeedState::workingSince);
            case UNHEALTHY -> worst.flatMap(FeedHealth::since);
            case UNKNOWN -> Optional.of(device.updatedAt());
        };
    }

    private static Optional<String> note(Stage stage, SecurityDevice device, List<FeedHealth> feeds, Instant now) {
        if (device.enabled()) {
            var tried = feeds.stream()
                    .filter(FeedHealth::isTryingAgain)
                    .map(feed -> feed.feed().title().toLowerCase(Locale.ROOT))
                    .toList();
            if (!tried.isEmpty()) {
                return Optional.of("Last answer failed, trying again: %s.".formatted(String.join(", ", tried)));
            }
        }
        var owed = feeds.stream().mapToInt(feed -> feed.state().owed()).sum();
        if (owed > 0) {
            return Optional.of((owed == 1
                            ? "One window could not be read and waits"
                            : owed + " windows could not be read and wait")
                    + " in quarantine.");
        }
        var dataExpectedBy = device.createdAt().plus(DATA_EXPECTED_WITHIN);
        return stage == Stage.POLLING_NO_DATA && now.isAfter(dataExpectedBy)
                ? Optional.of(
                        "Every stream answers, but none has brought data since the device was added. A quiet tenant may look like this; otherwise see whether Defender for Identity's sensors are running.")
                : Optional.empty();
    }

    private static Optional<Instant> latest(List<FeedHealth> feeds, Function<FeedState, Optional<Instant>> time) {
        return feeds.stream()
                .map(FeedHealth::state)
                .map(time)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
