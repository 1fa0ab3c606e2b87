package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.NoSleep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class LookBackLoopTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private FeedLoop polling;
    private LookBackLoop lookingBack;
    private SignInRefusal refusal;

    LookBackLoopTest() {
        parts.with("poll.page-size.alerts", "4")
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        contoso = addDevice();
        refusal = refusal();
        polling = polling();
        lookingBack = lookingBack();
    }

    @BeforeEach
    void startAnew() throws InterruptedException {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock());
        contoso = addDevice();
        refusal = refusal();
        polling = polling();
        lookingBack = lookingBack();
        polling.attempt();
        lookBack();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void takesASecondLookAtTheLastDayEveryHourWithoutMovingTheCheckpoint() throws InterruptedException {
        parts.clock().advance(Duration.ofMinutes(59));
        lookBack();
        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(1);
        holdsAlert("very-late", NINE.minus(Duration.ofHours(20)));
        parts.clock().advance(MINUTE);

        lookBack();

        assertThat(microsoft.readings(Feed.ALERTS))
                .hasSize(2)
                .last()
                .extracting(Reading::window)
                .isEqualTo(new Window(NINE.minus(Duration.ofHours(24)), NINE.minus(Duration.ofMinutes(15))));
        assertThat(state())
                .returns(1L, FeedState::records)
                .returns(Optional.of(NINE), FeedState::watermark)
                .returns(Optional.of(NINE), FeedState::checkpointMoved)
                .returns(Optional.of(NINE), FeedState::lastSuccess)
                .returns(Optional.of(NINE.plus(HOUR)), FeedState::secondLook);
        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 10)
                        .rows())
                .extracting(window -> window.poll().purpose())
                .containsExactlyInAnyOrder(Purpose.POLL, Purpose.SECOND_LOOK);
    }

    @Test
    void delaysNoPollHoweverMuchThereIsToLookBackAt() throws InterruptedException {
        for (var at = 0; at < 80; at++) {
            holdsAlert("a%02d".formatted(at), NINE.minus(Duration.ofHours(20)).plus(MINUTE.multipliedBy(at)));
        }
        parts.clock().advance(HOUR);
        var pages = 0;

        while (lookingBack.attempt().filter(Duration::isZero).isPresent()) {
            pages++;
            var asked = microsoft.readings(Feed.ALERTS).size();
            parts.clock().advance(MINUTE);
            assertThat(polling.attempt()).as("a poll between two pages").contains(MINUTE);
            assertThat(microsoft.readings(Feed.ALERTS)).hasSize(asked + 1);
        }

        assertThat(pages).isGreaterThanOrEqualTo(20);
        assertThat(state().records()).isEqualTo(80);
        assertThat(state().secondLook().orElseThrow()).isAfter(NINE.plus(HOUR));
    }

    @Test
    void saysNothingOfHowTheFeedIsDoingAndTriesAgainAfterAPause() throws InterruptedException {
        parts.clock().advance(HOUR);
        microsoft.failsOnce(Feed.ALERTS, Diagnosis.of(Trouble.UNREACHABLE, "It did not work.", "Wait."));

        lookBack();
        assertThat(state()).returns(0, FeedState::failures).returns(Optional.empty(), FeedState::trouble);
        assertThat(state().secondLook()).contains(NINE);

        parts.clock().advance(MINUTE);
        lookBack();
        assertThat(state().secondLook()).contains(NINE.plus(HOUR).plus(MINUTE));
    }

    @Test
    void doesNotEndAFailureOfThePoll() throws InterruptedException {
        parts.clock().advance(HOUR);
        microsoft.failsOnce(Feed.ALERTS, Diagnosis.of(Trouble.UNREACHABLE, "It did not work.", "Wait."));
        polling.attempt();

        lookBack();

        assertThat(state().secondLook()).contains(NINE.plus(HOUR));
        assertThat(state().failures()).isEqualTo(1);
    }

    @Test
    void isPausedByNoClockThatIsSetBack() throws InterruptedException {
        parts.clock().step(Duration.ofDays(-30));
        parts.clock().advance(HOUR);
        lookBack();
        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(2);

        parts.clock().step(Duration.ofDays(-30));
        lookingBack = lookingBack();
        lookBack();

        assertThat(microsoft.readings(Feed.ALERTS))
                .as("a look in the future is none, after a start")
                .hasSize(3);
    }

    @Test
    void asksNothingWhileTheSignInIsRefused() throws InterruptedException {
        parts.clock().advance(HOUR);
        microsoft.answersOnce(
                Feed.ALERTS,
                reading -> new PollOutcome.Failed(
                        Diagnosis.of(Trouble.BAD_SECRET, "Wrong.", "Cure."), microsoft.receipt(0), true));
        polling.attempt();
        var asked = microsoft.asked().size();

        assertThat(lookingBack.attempt()).contains(MINUTE);

        assertThat(microsoft.asked()).hasSize(asked);
    }

    @Test
    void goesOnWithTheOtherFeedsAfterAMistakeOfOurs() throws InterruptedException {
        polling(Feed.INCIDENTS).attempt();
        lookBack();
        parts.clock().advance(HOUR);
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            throw new IllegalStateException("hunter2");
        });

        lookBack();

        assertThat(state().secondLook()).contains(NINE);
        assertThat(parts.get(Feeds.class)
                        .of(contoso.directory(), Feed.INCIDENTS)
                        .secondLook())
                .contains(NINE.plus(HOUR));
    }

    @Test
    void leavesRoomForPollingInTheBudget() throws InterruptedException {
        parts.clock().advance(HOUR);
        var budgets = parts.get(Budgets.class);
        for (var at = 0; at < 9_990; at++) {
            budgets.count(contoso.directory(), RequestKind.ALERTS, Spender.PEOPLE);
        }
        while (budgets.waitOf(contoso.directory(), RequestKind.ALERTS, Spender.SECOND_LOOKS)
                .isZero()) {
            budgets.count(contoso.directory(), RequestKind.ALERTS, Spender.PEOPLE);
        }

        lookBack();
        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(1);
        polling.attempt();
        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(2);
    }

    private void lookBack() throws InterruptedException {
        var pause = Optional.of(Duration.ZERO);
        while (pause.filter(Duration::isZero).isPresent()) {
            pause = lookingBack.attempt();
        }
    }

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    private SignInRefusal refusal() {
        return new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
    }

    private FeedLoop polling() {
        return polling(Feed.ALERTS);
    }

    private FeedLoop polling(Feed feed) {
        return new FeedLoop(contoso.directory(), feed, surroundings(), refusal, new NoSleep());
    }

    private LookBackLoop lookingBack() {
        return new LookBackLoop(contoso.directory(), surroundings(), refusal, new NoSleep());
    }

    private FeedLoop.Surroundings surroundings() {
        return CollectorParts.surroundings(parts);
    }

    private FeedState state() {
        return parts.get(Feeds.class).of(contoso.directory(), Feed.ALERTS);
    }

    private void holdsAlert(String id, Instant updated) {
        microsoft.holds(Feed.ALERTS, updated, """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, updated, updated));
    }
}
