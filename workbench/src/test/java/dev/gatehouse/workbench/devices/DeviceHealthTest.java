package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeviceHealthTest {

    private static final Instant ADDED = Instant.parse("2026-11-23T09:00:00Z");
    private static final int FAILURES = 3;

    private final Settings.Poll poll = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("gatehouse", Settings.class)
            .poll();
    private final Map<Feed, FeedState> states = new EnumMap<>(Feed.class);
    private boolean enabled = true;

    @Test
    void waitsForTheFirstPollWhenNothingHasAnswered() {
        assertThat(after(Duration.ofMinutes(1)))
                .returns(Stage.WAITING_FOR_FIRST_POLL, DeviceHealth::stage)
                .returns(Stage.Status.UNKNOWN, DeviceHealth::status);
    }

    @Test
    void isBeingVerifiedWhileSomeFeedsHaveAnswered() {
        answers(Feed.ALERTS, ADDED.plusSeconds(5), false);

        assertThat(after(Duration.ofMinutes(1)).stage()).isEqualTo(Stage.VERIFYING);
    }

    @Test
    void saysOfAFeedThatWorksButLagsThatItIsCatchingUp() {
        var readUpTo = ADDED.plusSeconds(5);
        allAnswer(readUpTo, true);
        fails(Feed.INCIDENTS, Trouble.UNREACHABLE);
        var health = after(Duration.ofMinutes(1));

        assertThat(of(Feed.ALERTS, health))
                .returns(false, feed -> feed.isCatchingUp(readUpTo.plus(Duration.ofMinutes(14))))
                .returns(true, feed -> feed.isCatchingUp(readUpTo.plus(Duration.ofHours(6))));
        assertThat(of(Feed.INCIDENTS, health).isCatchingUp(readUpTo.plus(Duration.ofHours(6))))
                .as("a feed that fails does not catch up")
                .isFalse();
    }

    private static FeedHealth of(Feed feed, DeviceHealth health) {
        return health.feeds().stream()
                .filter(each -> each.feed() == feed)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pollsWithoutDataAndSaysSoAfterHalfAnHour() {
        allAnswer(ADDED.plus(Duration.ofMinutes(31)), false);

        var health = after(Duration.ofMinutes(32));

        assertThat(health.stage()).isEqualTo(Stage.POLLING_NO_DATA);
        assertThat(health.status()).isEqualTo(Stage.Status.HEALTHY);
        assertThat(health.note()).isPresent();
    }

    @Test
    void receivesData() {
        allAnswer(ADDED.plusSeconds(5), true);

        var health = after(Duration.ofMinutes(1));

        assertThat(health.stage()).isEqualTo(Stage.RECEIVING_DATA);
        assertThat(health.lastPoll()).contains(ADDED.plusSeconds(5));
        assertThat(health.note()).isEmpty();
    }

    @Test
    void isUnhealthyWhenOneFeedFailsAndNamesWhatAPersonHasToCureFirst() {
        allAnswer(ADDED.plusSeconds(5), true);
        fails(Feed.ALERTS, Trouble.UNREACHABLE);
        fails(Feed.INCIDENTS, Trouble.PERMISSION_MISSING);

        var health = after(Duration.ofMinutes(4));

        assertThat(health.stage()).isEqualTo(Stage.UNHEALTHY);
        assertThat(health.worst()).map(Diagnosis::trouble).contains(Trouble.PERMISSION_MISSING);
        assertThat(health.since()).contains(ADDED.plusSeconds(30));
    }

    @Test
    void staysHealthyWithoutIdentityTables() {
        allAnswer(ADDED.plusSeconds(5), true);
        states.put(Feed.QUERY_EVENTS, FeedState.untouched(new TenantId(new UUID(0, 1)), Feed.QUERY_EVENTS));
        fails(Feed.QUERY_EVENTS, Trouble.TABLE_MISSING);

        var health = after(Duration.ofMinutes(1));

        assertThat(health.stage()).isEqualTo(Stage.RECEIVING_DATA);
        assertThat(health.feeds()).filteredOn(FeedHealth::isNotice).hasSize(1);
    }

    @Test
    void forgivesBeingThrottledForAWhileOnly() {
        allAnswer(ADDED.plusSeconds(5), true);
        fails(Feed.ALERTS, Trouble.THROTTLED);

        assertThat(after(Duration.ofMinutes(5)).stage()).isEqualTo(Stage.RECEIVING_DATA);
        assertThat(after(Duration.ofMinutes(16)).stage()).isEqualTo(Stage.UNHEALTHY);
    }

    @Test
    void staysHealthyButNotSilentWhileWindowsAreOwed() {
        allAnswer(ADDED.plusSeconds(5), true);
        states.put(Feed.ALERTS, owing(Objects.requireNonNull(states.get(Feed.ALERTS)), 2));

        var health = after(Duration.ofMinutes(1));

        assertThat(health.status()).isEqualTo(Stage.Status.HEALTHY);
        assertThat(health.note()).contains("2 windows could not be read and wait in quarantine.");
        assertThat(health.feeds().getFirst().isNotice()).isTrue();
        assertThat(health.feeds().getFirst().diagnosis())
                .map(Diagnosis::trouble)
                .contains(Trouble.QUARANTINED);
    }

    @Test
    void hasStalledAfterAQuarterOfAnHourWithoutASuccess() {
        allAnswer(ADDED.plusSeconds(5), true);

        var health = after(Duration.ofMinutes(16));

        assertThat(health.stage()).isEqualTo(Stage.STALLED);
        assertThat(health.status()).isEqualTo(Stage.Status.UNHEALTHY);
        assertThat(health.worst()).map(Diagnosis::trouble).contains(Trouble.STALLED);
    }

    @Test
    void callsOneFailedAnswerBadLuckUntilItHasFailedOftenAndLong() {
        allAnswer(ADDED.plusSeconds(5), true);
        fails(Feed.ALERTS, Trouble.BAD_SECRET);

        var soon = after(Duration.ofMinutes(1));
        assertThat(soon.stage()).isEqualTo(Stage.RECEIVING_DATA);
        assertThat(soon.note()).contains("Last answer failed, trying again: vendor alerts.");
        assertThat(of(Feed.ALERTS, soon).isTryingAgain()).isTrue();
        assertThat(after(Duration.ofMinutes(4)).stage()).isEqualTo(Stage.UNHEALTHY);

        withFailures(Feed.ALERTS, 2);
        assertThat(after(Duration.ofMinutes(4)).stage()).isEqualTo(Stage.RECEIVING_DATA);
    }

    @Test
    void saysAtOnceWhatSomebodyHasToCureOfADeviceThatHasNeverWorked() {
        fails(Feed.ALERTS, Trouble.BAD_SECRET);
        withFailures(Feed.ALERTS, 1);

        var health = after(Duration.ofSeconds(31));

        assertThat(health.stage()).isEqualTo(Stage.UNHEALTHY);
        assertThat(health.worst()).map(Diagnosis::trouble).contains(Trouble.BAD_SECRET);
    }

    @Test
    void hasStalledWhenItIsAnsweredWithoutEndAndGetsNoFurther() {
        allAnswer(ADDED.plus(Duration.ofMinutes(19)), true);
        checkpointStandsSince(Feed.ALERTS, ADDED.plus(Duration.ofMinutes(4)));

        var health = after(Duration.ofMinutes(20));

        assertThat(health.stage()).isEqualTo(Stage.STALLED);
        assertThat(health.worst())
                .hasValueSatisfying(
                        diagnosis -> assertThat(diagnosis.cause())
                                .isEqualTo(
                                        "Vendor alerts are answered, but nothing of it leads further: the checkpoint has not moved for 15 minutes."));
        assertThat(of(Feed.ALERTS, health).isCatchingUp(ADDED.plus(Duration.ofMinutes(20))))
                .isFalse();
        assertThat(after(Duration.ofMinutes(18)).stage()).isEqualTo(Stage.RECEIVING_DATA);
    }

    @Test
    void hasNotStalledWhileItCatchesUpWithProgressThatCanBeSeen() {
        allAnswer(ADDED.plus(Duration.ofHours(5)), true);
        var catchingUp = Objects.requireNonNull(states.get(Feed.ALERTS));
        states.put(Feed.ALERTS, changed(catchingUp, Optional.of(ADDED), catchingUp.checkpointMoved(), 0));

        var health = after(Duration.ofHours(5).plusMinutes(1));

        assertThat(health.stage()).isEqualTo(Stage.RECEIVING_DATA);
        assertThat(of(Feed.ALERTS, health).isCatchingUp(ADDED.plus(Duration.ofHours(5))))
                .isTrue();
    }

    @Test
    void isUnhealthyAndNotStalledWhenOneFeedStallsAndAnotherFails() {
        allAnswer(ADDED.plus(Duration.ofMinutes(19)), true);
        checkpointStandsSince(Feed.ALERTS, ADDED.plus(Duration.ofMinutes(4)));
        fails(Feed.INCIDENTS, Trouble.UNREACHABLE);

        assertThat(after(Duration.ofMinutes(20)).stage()).isEqualTo(Stage.UNHEALTHY);
    }

    private void withFailures(Feed feed, int failures) {
        var state = Objects.requireNonNull(states.get(feed));
        states.put(feed, changed(state, state.watermark(), state.checkpointMoved(), failures));
    }

    private void checkpointStandsSince(Feed feed, Instant moved) {
        var state = Objects.requireNonNull(states.get(feed));
        states.put(feed, changed(state, Optional.of(moved), Optional.of(moved), 0));
    }

    private static FeedState changed(
            FeedState state, Optional<Instant> watermark, Optional<Instant> moved, int failures) {
        return new FeedState(
                state.tenant(),
                state.feed(),
                watermark,
                state.lastPoll(),
                state.lastSuccess(),
                state.lastData(),
                state.nextPoll(),
                state.workingSince(),
                state.secondLook(),
                moved,
                state.trouble(),
                state.troubleSince(),
                failures,
                state.records(),
                state.versions(),
                state.unreadable(),
                state.leftOut(),
                state.owed());
    }

    @Test
    void doesNotCallAFeedStalledThatNobodyCouldPollBecauseWeWereNotRunning() {
        allAnswer(ADDED.plusSeconds(5), true);
        var startedAgain = ADDED.plus(Duration.ofHours(8));

        var health = DeviceHealth.judge(device(), states, poll, startedAgain, startedAgain.plusSeconds(10));

        assertThat(health.stage()).isEqualTo(Stage.RECEIVING_DATA);
    }

    @Test
    void isNeitherHealthyNorUnhealthyWhenSwitchedOff() {
        allAnswer(ADDED.plusSeconds(5), true);
        fails(Feed.ALERTS, Trouble.BAD_SECRET);
        enabled = false;

        var health = after(Duration.ofHours(9));

        assertThat(health.stage()).isEqualTo(Stage.DISABLED);
        assertThat(health.status()).isEqualTo(Stage.Status.UNKNOWN);
        assertThat(health.worst()).isEmpty();
    }

    private DeviceHealth after(Duration sinceAdded) {
        return DeviceHealth.judge(device(), states, poll, ADDED, ADDED.plus(sinceAdded));
    }

    private SecurityDevice device() {
        return new SecurityDevice(
                new UUID(0, 0),
                DeviceKind.DEFENDER_FOR_IDENTITY,
                "Contoso",
                "cloud",
                new TenantId(new UUID(0, 1)),
                new ApplicationId(new UUID(0, 2)),
                "global",
                new DeviceOrganization(new UUID(0, 3), "Contoso", "CONTOS"),
                new DeviceCredential(DeviceCredential.Kind.CLIENT_SECRET, Optional.empty(), Optional.empty()),
                enabled,
                ADDED,
                ADDED);
    }

    private void allAnswer(Instant at, boolean withData) {
        for (var feed : Feed.values()) {
            answers(feed, at, withData);
        }
    }

    private void answers(Feed feed, Instant at, boolean withData) {
        states.put(feed, state(feed, Optional.of(at), withData, Optional.empty()));
    }

    private void fails(Feed feed, Trouble trouble) {
        var before = Optional.ofNullable(states.get(feed));
        states.put(
                feed,
                state(
                        feed,
                        before.flatMap(FeedState::lastSuccess),
                        before.flatMap(FeedState::lastData).isPresent(),
                        Optional.of(trouble)));
    }

    private static FeedState owing(FeedState state, int owed) {
        return new FeedState(
                state.tenant(),
                state.feed(),
                state.watermark(),
                state.lastPoll(),
                state.lastSuccess(),
                state.lastData(),
                state.nextPoll(),
                state.workingSince(),
                state.secondLook(),
                state.checkpointMoved(),
                state.trouble(),
                state.troubleSince(),
                state.failures(),
                state.records(),
                state.versions(),
                state.unreadable(),
                state.leftOut(),
                owed);
    }

    private static FeedState state(Feed feed, Optional<Instant> success, boolean withData, Optional<Trouble> trouble) {
        return new FeedState(
                new TenantId(new UUID(0, 1)),
                feed,
                success,
                success,
                success,
                withData ? success : Optional.empty(),
                Optional.empty(),
                trouble.isPresent() ? Optional.empty() : success,
                Optional.empty(),
                success,
                trouble.map(found -> Diagnosis.of(found, "It fails.", "Cure it.")),
                trouble.map(found -> ADDED.plusSeconds(30)),
                trouble.isPresent() ? FAILURES : 0,
                withData ? 1 : 0,
                withData ? 1 : 0,
                0,
                0,
                0);
    }
}
