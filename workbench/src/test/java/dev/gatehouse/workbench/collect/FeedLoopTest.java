package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.intake.poll.NextLink;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class FeedLoopTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PAGE = 4;

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private SignInRefusal refusal = new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
    private FeedLoop loop;

    FeedLoopTest() {
        parts.with("poll.page-size.alerts", Integer.toString(PAGE))
                .with("poll.page-size.hunting-rows", Integer.toString(PAGE))
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        contoso = addDevice("Contoso");
        loop = loop(Feed.ALERTS);
    }

    @BeforeEach
    void startAnew() {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock());
        contoso = addDevice("Contoso");
        refusal = new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
        loop = loop(Feed.ALERTS);
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void startsWithTheLastMinutes() throws InterruptedException {
        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::window)
                .containsExactly(new Window(NINE.minus(Duration.ofMinutes(15)), NINE));
        assertThat(state().watermark()).contains(NINE);
    }

    @Test
    void readsTheOverlapAgainEachTimeSoThatARecordThatBecameVisibleLateIsFound() throws InterruptedException {
        loop.attempt();
        parts.clock().advance(MINUTE);
        microsoft.holds(
                Feed.ALERTS, NINE.minus(Duration.ofMinutes(10)), alert("late", NINE.minus(Duration.ofMinutes(10))));

        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS).getLast().window())
                .isEqualTo(new Window(NINE.minus(Duration.ofMinutes(15)), NINE.plus(MINUTE)));
        assertThat(storedIds()).containsExactly("late");
    }

    @Test
    void asksForAShorterWindowWhenThereIsMoreThanAPageAndGoesOnBehindIt() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(10 - at)));
        }

        loop.attempt();

        var start = NINE.minus(Duration.ofMinutes(15));
        var fourth = NINE.minus(MINUTE.multipliedBy(6));
        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::window)
                .containsExactly(new Window(start, NINE), new Window(start, fourth), new Window(fourth, NINE));
        assertThat(storedIds()).containsExactly("a1", "a2", "a3", "a4", "a5", "a6");
        assertThat(state().watermark()).contains(NINE);
    }

    @Test
    void keepsTheCheckpointOfTheLastWholeWindowWhenTheNextOneFails() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(10 - at)));
        }
        microsoft
                .answersOnce(Feed.ALERTS, reading -> microsoft.page(Feed.ALERTS, reading))
                .answersOnce(Feed.ALERTS, reading -> microsoft.page(Feed.ALERTS, reading))
                .failsOnce(Feed.ALERTS, trouble(Trouble.UNREACHABLE));

        loop.attempt();

        assertThat(state().watermark()).contains(NINE.minus(MINUTE.multipliedBy(6)));
        assertThat(storedIds()).hasSize(4);
        assertThat(state().trouble()).map(Diagnosis::trouble).contains(Trouble.UNREACHABLE);

        loop.attempt();

        assertThat(storedIds()).hasSize(6);
        assertThat(state().watermark()).contains(NINE);
        assertThat(state().trouble()).isEmpty();
    }

    @Test
    void losesNoneOfManyRecordsThatShareOneTime() throws InterruptedException {
        for (var at = 1; at <= 11; at++) {
            holdsAlert("tied-%02d".formatted(at), NINE.minus(MINUTE));
        }
        holdsAlert("before", NINE.minus(MINUTE.multipliedBy(2)));
        holdsAlert("behind", NINE.minusSeconds(10));

        loop.attempt();

        assertThat(storedIds()).hasSize(13);
        assertThat(state().watermark()).contains(NINE);
    }

    @Test
    void doublesThePageOfAHuntingTableWhoseRowsShareOneTime() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            microsoft.holds(Feed.LOGON_EVENTS, NINE.minus(MINUTE), """
                    {"Timestamp":"%s","ActionType":"LogonSuccess","AccountName":"user%d"}""".formatted(NINE.minus(MINUTE), at));
        }

        loop(Feed.LOGON_EVENTS).attempt();

        assertThat(microsoft.readings(Feed.LOGON_EVENTS))
                .extracting(Reading::pageSize)
                .containsExactly(PAGE, 2 * PAGE);
        assertThat(state(Feed.LOGON_EVENTS).records()).isEqualTo(6);
    }

    @Test
    void followsTheLinkOfAnEmptyPageWithoutMovingTheCheckpoint() throws InterruptedException {
        var link = new NextLink(URI.create(Cloud.GLOBAL.graph() + "/next?at=0"));
        holdsAlert("a1", NINE.minus(MINUTE));
        var watermarks = new ArrayList<Optional<Instant>>();
        microsoft
                .answersOnce(
                        Feed.ALERTS,
                        reading -> new PollOutcome.Page(
                                List.of(), Optional.of(link), false, OptionalLong.empty(), microsoft.receipt(0)))
                .answersOnce(Feed.ALERTS, reading -> {
                    watermarks.add(state().watermark());
                    return microsoft.page(Feed.ALERTS, reading);
                });

        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS).get(1).link()).contains(link);
        assertThat(watermarks).containsExactly(Optional.of(NINE.minus(Duration.ofMinutes(15))));
        assertThat(storedIds()).containsExactly("a1");
        assertThat(state().watermark()).contains(NINE);
    }

    @Test
    void waitsAsLongAsMicrosoftAsksAndOnlyWithThisFeed() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, throttled(Duration.ofSeconds(137)));

        var pause = loop.attempt();
        var other = loop(Feed.INCIDENTS).attempt();

        assertThat(pause).contains(Duration.ofSeconds(137));
        assertThat(other).contains(MINUTE);
        assertThat(state(Feed.INCIDENTS).trouble()).isEmpty();
        assertThat(state().nextPoll()).contains(NINE.plusSeconds(137));
    }

    @Test
    void isNotHurriedWhileMicrosoftAsksToBeLeftAlone() throws InterruptedException {
        var sleeper = new CountingSleeper();
        loop = new FeedLoop(contoso.directory(), Feed.ALERTS, surroundings(), refusal, sleeper);
        microsoft.failsOnce(Feed.ALERTS, throttled(MINUTE));
        loop.attempt();

        loop.hurry();

        assertThat(sleeper.calls).isZero();
    }

    @Test
    void isHurriedOtherwise() throws InterruptedException {
        var sleeper = new CountingSleeper();
        loop = new FeedLoop(contoso.directory(), Feed.ALERTS, surroundings(), refusal, sleeper);
        loop.attempt();

        loop.hurry();

        assertThat(sleeper.calls).isEqualTo(1);
    }

    @Test
    void pausesLongerWithEachFailureAndAsUsualAfterASuccess() throws InterruptedException {
        for (var at = 0; at < 6; at++) {
            microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.LICENSE_MISSING));
        }
        var pauses = new ArrayList<Long>();
        for (var at = 0; at < 7; at++) {
            pauses.add(loop.attempt().orElseThrow().toMinutes());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 1L);
        assertThat(state().failures()).isZero();
    }

    @Test
    void asksForLessInTheSameRoundAfterATimeOutUntilItComes() throws InterruptedException {
        microsoft
                .failsOnce(Feed.ALERTS, trouble(Trouble.TIMED_OUT))
                .failsOnce(Feed.ALERTS, trouble(Trouble.BROKEN_OFF));

        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::pageSize)
                .startsWith(4, 1);
        assertThat(state().failures()).isZero();
        assertThat(state().watermark()).contains(NINE);
    }

    @Test
    void looksForAMissingTableAgainTheNextDay() throws InterruptedException {
        microsoft.failsOnce(Feed.QUERY_EVENTS, trouble(Trouble.TABLE_MISSING));

        assertThat(loop(Feed.QUERY_EVENTS).attempt()).contains(Duration.ofDays(1));
    }

    @Test
    void pausesAsUsualWhateverSomebodyDoesToTheClockDuringAPoll() throws InterruptedException {
        for (var step : List.of(Duration.ofHours(-1), Duration.ofDays(-365), Duration.ofHours(1))) {
            microsoft.answersOnce(Feed.ALERTS, reading -> {
                parts.clock().step(step);
                parts.clock().advance(Duration.ofSeconds(10));
                return microsoft.page(Feed.ALERTS, reading);
            });

            assertThat(loop.attempt()).as("%s", step).contains(Duration.ofSeconds(50));
        }
    }

    @Test
    void asksForNoWindowInThePastAfterSomebodySetTheClockBack() throws InterruptedException {
        loop.attempt();
        parts.clock().advance(MINUTE);
        parts.clock().step(Duration.ofHours(-3));

        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS).getLast().window().to()).isEqualTo(NINE.plus(MINUTE));
    }

    @Test
    void aRefusedSignInOfOneFeedIsEnoughForAllAndAGoodOneWakesTheOthersAtOnce() throws InterruptedException {
        var woken = new ArrayList<Feed>();
        var others = List.of(Feed.INCIDENTS, Feed.LOGON_EVENTS, Feed.QUERY_EVENTS, Feed.DIRECTORY_EVENTS).stream()
                .map(feed -> new FeedLoop(contoso.directory(), feed, surroundings(), refusal, new CountingSleeper() {
                    @Override
                    public void wake() {
                        woken.add(feed);
                    }
                }))
                .toList();
        refusal.whenItWorks(() -> others.forEach(FeedLoop::tryAgainIfFailing));
        microsoft.answersOnce(Feed.ALERTS, reading -> refused()).answersOnce(Feed.ALERTS, reading -> refused());

        assertThat(loop.attempt()).contains(MINUTE);
        for (var other : others) {
            assertThat(other.attempt()).contains(MINUTE);
        }
        assertThat(microsoft.asked()).hasSize(1);
        assertThat(state(Feed.LOGON_EVENTS).trouble()).map(Diagnosis::trouble).contains(Trouble.BAD_SECRET);

        parts.clock().advance(MINUTE);
        assertThat(loop.attempt()).contains(MINUTE.multipliedBy(2));
        parts.clock().advance(MINUTE.multipliedBy(2));
        assertThat(woken).isEmpty();
        loop.attempt();

        assertThat(woken).containsExactly(Feed.INCIDENTS, Feed.LOGON_EVENTS, Feed.QUERY_EVENTS, Feed.DIRECTORY_EVENTS);
        assertThat(others.getFirst().attempt()).contains(MINUTE);
        assertThat(state(Feed.INCIDENTS).trouble()).isEmpty();
    }

    @Test
    void asksAgainAtOnceWhenSomebodyWantsItTo() throws InterruptedException {
        microsoft.answersOnce(Feed.ALERTS, reading -> refused());
        loop.attempt();

        loop.hurry();
        loop.attempt();

        assertThat(microsoft.asked()).hasSize(2);
        assertThat(state().trouble()).isEmpty();
    }

    private PollOutcome refused() {
        return new PollOutcome.Failed(trouble(Trouble.BAD_SECRET), microsoft.receipt(0), true);
    }

    @Test
    void saysWhenTheCheckpointMovedLast() throws InterruptedException {
        loop.attempt();
        assertThat(state().checkpointMoved()).contains(NINE);
        assertThat(loop.checkpointAge()).isZero();
        parts.clock().advance(MINUTE);
        var link = new NextLink(URI.create(Cloud.GLOBAL.graph() + "/next?at=0"));
        microsoft
                .answersOnce(
                        Feed.ALERTS,
                        reading -> new PollOutcome.Page(
                                List.of(), Optional.of(link), false, OptionalLong.empty(), microsoft.receipt(0)))
                .answersOnce(Feed.ALERTS, reading -> {
                    assertThat(state())
                            .returns(Optional.of(NINE), FeedState::checkpointMoved)
                            .returns(Optional.of(NINE.plus(MINUTE)), FeedState::lastSuccess);
                    assertThat(loop.checkpointAge()).isEqualTo(MINUTE);
                    return microsoft.page(Feed.ALERTS, reading);
                });

        loop.attempt();

        assertThat(state().checkpointMoved()).contains(NINE.plus(MINUTE));
        assertThat(loop.checkpointAge()).isZero();
    }

    @Test
    void keepsWhatItCannotUnderstandAndGoesOn() throws InterruptedException {
        microsoft.holds(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(2)), "{\"title\":\"no id and no time\"}");
        holdsAlert("a1", NINE.minus(MINUTE));

        loop.attempt();

        assertThat(storedIds()).containsExactly("a1");
        assertThat(state()).returns(1L, FeedState::unreadable).returns(Optional.of(NINE), FeedState::watermark);
    }

    @Test
    void countsTheAlertsOfOtherProductsAndLeavesThemOut() throws InterruptedException {
        holdsAlert("ours", NINE.minus(MINUTE));
        microsoft.holds(Feed.ALERTS, NINE.minus(MINUTE), """
                {"id":"theirs","lastUpdateDateTime":"%s","createdDateTime":"%s","serviceSource":"microsoftDefenderForEndpoint"}""".formatted(NINE.minus(MINUTE), NINE.minus(MINUTE)));

        loop.attempt();
        loop.attempt();

        assertThat(storedIds()).containsExactly("ours");
        assertThat(state().leftOut()).isEqualTo(1);
    }

    @Test
    void cutsWindowsByMicrosoftsClockWhenOursIsBehind() throws InterruptedException {
        microsoft.setAhead(Duration.ofHours(2));
        loop.attempt();
        loop.attempt();

        assertThat(microsoft.readings(Feed.ALERTS).getLast().window().to()).isEqualTo(NINE.plus(Duration.ofHours(2)));
        assertThat(state().trouble()).map(Diagnosis::trouble).contains(Trouble.CLOCK_SKEW);
        assertThat(state().failures()).isZero();
    }

    @Test
    void neverSetsTheCheckpointIntoMicrosoftsFutureWhenOurClockIsAhead() throws InterruptedException {
        microsoft.setAhead(Duration.ofHours(-2));

        loop.attempt();

        assertThat(state().watermark()).contains(NINE.minus(Duration.ofHours(2)));
    }

    @Test
    void survivesACheckpointThatLiesAheadOfOurClock() throws InterruptedException {
        microsoft.setAhead(Duration.ofHours(2));
        loop.attempt();
        loop.attempt();
        var afterRestart = loop(Feed.ALERTS);

        assertThat(afterRestart.attempt()).isPresent();
        assertThat(state().watermark()).contains(NINE.plus(Duration.ofHours(2)));
    }

    @Test
    void keepsTheCheckpointWhenTheDatabaseIsAwayAndGoesOnWhenItIsBack() throws InterruptedException {
        loop.attempt();
        parts.clock().advance(MINUTE);
        holdsAlert("a1", NINE.plusSeconds(30));
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            parts.database().takeAway();
            return microsoft.page(Feed.ALERTS, reading);
        });

        var pause = loop.attempt();
        parts.database().bringBack();

        assertThat(pause).isPresent();
        assertThat(state().watermark()).contains(NINE);
        assertThat(storedIds()).isEmpty();

        loop.attempt();

        assertThat(storedIds()).containsExactly("a1");
        assertThat(state().watermark()).contains(NINE.plus(MINUTE));
    }

    @Test
    void survivesAnAnswerThatBreaksAllPromises() throws InterruptedException {
        for (Error error : List.of(new AssertionError("hunter2"), new StackOverflowError())) {
            microsoft.answersOnce(Feed.ALERTS, reading -> {
                throw error;
            });
        }
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            throw new IllegalStateException("hunter2");
        });

        assertThat(loop.attempt()).contains(MINUTE);
        assertThat(loop.attempt()).contains(MINUTE.multipliedBy(2));
        assertThat(loop.attempt()).contains(MINUTE.multipliedBy(4));

        assertThat(state().nextPoll()).contains(NINE.plus(MINUTE.multipliedBy(4)));
        assertThat(state().failures()).isEqualTo(3);
        assertThat(state().trouble()).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.trouble()).isEqualTo(Trouble.INTERNAL_FAULT);
            assertThat(diagnosis.cause())
                    .startsWith("Reading vendor alerts broke off")
                    .contains("IllegalStateException in FeedLoopTest.")
                    .doesNotContain("hunter2");
        });

        assertThat(loop.attempt()).contains(MINUTE);
        assertThat(state().watermark()).contains(NINE);
        assertThat(state().trouble()).isEmpty();
    }

    @Test
    void keepsARecordThatItCannotHandleAndReadsTheOthers() throws InterruptedException {
        microsoft.holds(
                Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(3)), """
                {"id":"spoilt","lastUpdateDateTime":"%s","additionalData":{"score": 1e-99999999999}}""".formatted(NINE.minus(MINUTE.multipliedBy(3))));
        holdsAlert("a1", NINE.minus(MINUTE));

        loop.attempt();

        assertThat(storedIds()).containsExactly("a1");
        assertThat(state())
                .returns(1L, FeedState::unreadable)
                .returns(Optional.of(NINE), FeedState::watermark)
                .returns(Optional.empty(), FeedState::trouble);
    }

    @Test
    void endsWhenTheDeviceIsRemovedOrSwitchedOff() throws InterruptedException {
        var editing = parts.get(DeviceEditing.class);
        editing.setEnabled(contoso.id(), false, "tester");
        assertThat(loop.attempt()).isEmpty();

        editing.setEnabled(contoso.id(), true, "tester");
        assertThat(loop.attempt()).isPresent();

        editing.remove(contoso.id(), "tester");
        assertThat(loop.attempt()).isEmpty();
    }

    @Test
    void showsThatTheSecretsKeyIsMissingAndRecoversWhenItIsBack() throws InterruptedException, IOException {
        var key = parts.folder().resolve("secret.key");
        var away = parts.folder().resolve("elsewhere");
        Files.move(key, away);

        loop.attempt();

        assertThat(microsoft.asked()).isEmpty();
        assertThat(state().trouble()).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.trouble()).isEqualTo(Trouble.SECRET_UNREADABLE);
            assertThat(diagnosis.cure()).contains(key.toString());
        });

        Files.move(away, key);
        loop.attempt();

        assertThat(state().trouble()).isEmpty();
    }

    @Test
    void publishesWhatHappenedAfterItIsInTheDatabase() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.UNREACHABLE));

        loop.attempt();
        loop.attempt();

        assertThat(parts.events(FeedFailed.class))
                .anySatisfy(fact -> assertThat(fact.tenant()).isEqualTo(contoso.directory()));
        assertThat(parts.events(FeedRecovered.class)).contains(new FeedRecovered(contoso.directory(), Feed.ALERTS));
        assertThat(parts.events(PageStored.class)).contains(new PageStored(contoso.directory(), Feed.ALERTS, 1, 0));
    }

    @Test
    void notesEveryWindowInTheLedger() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.UNREACHABLE));

        loop.attempt();
        loop.attempt();

        assertThat(ledger())
                .extracting(Ledger.Entry::outcome, window -> window.problem().map(Ledger.Problem::trouble))
                .containsExactlyInAnyOrder(
                        tuple(Ledger.Outcome.COMPLETE, Optional.empty()),
                        tuple(Ledger.Outcome.FAILED, Optional.of(Trouble.UNREACHABLE)));
    }

    @Test
    void notesAllPagesOfAWindowInOneRow() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(7 - at)));
        }

        loop.attempt();

        assertThat(ledger()).singleElement().satisfies(window -> {
            assertThat(window.outcome()).isEqualTo(Ledger.Outcome.COMPLETE);
            assertThat(window.pages()).isGreaterThan(1).isEqualTo(window.requests());
            assertThat(window.requestIds()).hasSize(window.requests());
            assertThat(window.newRecords()).isEqualTo(6);
            assertThat(window.poll().purpose()).isEqualTo(Purpose.POLL);
            assertThat(window.poll().window().to()).isEqualTo(NINE);
        });
    }

    @Test
    void saysOfAWindowThatWasLeftInTheMiddleThatItWasInterrupted() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(7 - at)));
        }
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            loop.stop();
            return microsoft.page(Feed.ALERTS, reading);
        });
        assertThatThrownBy(loop::attempt).isInstanceOf(InterruptedException.class);
        assertThat(ledger()).extracting(Ledger.Entry::outcome).containsExactly(Ledger.Outcome.READING);

        loop(Feed.ALERTS).attempt();

        assertThat(ledger())
                .extracting(Ledger.Entry::outcome)
                .containsExactlyInAnyOrder(Ledger.Outcome.INTERRUPTED, Ledger.Outcome.COMPLETE);
    }

    @Test
    void leavesNoWindowOpenOnceTheDeviceIsDisabled() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(7 - at)));
        }
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            loop.stop();
            return microsoft.page(Feed.ALERTS, reading);
        });
        assertThatThrownBy(loop::attempt).isInstanceOf(InterruptedException.class);
        parts.get(DeviceEditing.class).setEnabled(contoso.id(), false, "Test");

        assertThat(loop(Feed.ALERTS).attempt()).isEmpty();

        assertThat(ledger()).extracting(Ledger.Entry::outcome).containsExactly(Ledger.Outcome.INTERRUPTED);
    }

    private List<Ledger.Entry> ledger() {
        return parts.get(Ledger.class)
                .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 10)
                .rows();
    }

    @Test
    void stopsBetweenTwoPages() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(10 - at)));
        }
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            loop.stop();
            return microsoft.page(Feed.ALERTS, reading);
        });

        var thread = new Thread(loop);
        thread.start();
        thread.join();

        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(1);
        assertThat(storedIds()).hasSize(4);
    }

    private SecurityDevice addDevice(String name) {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft(name), "tester");
    }

    private FeedLoop loop(Feed feed) {
        return new FeedLoop(contoso.directory(), feed, surroundings(), refusal, new CountingSleeper());
    }

    private FeedLoop.Surroundings surroundings() {
        return CollectorParts.surroundings(parts);
    }

    private FeedState state() {
        return state(Feed.ALERTS);
    }

    private FeedState state(Feed feed) {
        return parts.get(Feeds.class).of(contoso.directory(), feed);
    }

    private List<String> storedIds() {
        return parts
                .get(VendorAlerts.class)
                .list(Scope.everything(), VendorAlertFilter.ALL.ofDevice(contoso.id()), VendorAlertOrder.OLDEST, 0, 100)
                .rows()
                .stream()
                .map(row -> row.id())
                .toList();
    }

    private void holdsAlert(String id, Instant updated) {
        microsoft.holds(Feed.ALERTS, updated, alert(id, updated));
    }

    private static String alert(String id, Instant updated) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, updated, updated);
    }

    private static Diagnosis trouble(Trouble trouble) {
        return Diagnosis.of(trouble, "It did not work.", "Wait.");
    }

    private static Diagnosis throttled(Duration retryAfter) {
        return new Diagnosis(
                Trouble.THROTTLED,
                "Too many requests.",
                "Wait.",
                Optional.of("TooManyRequests"),
                OptionalInt.of(429),
                Optional.of("request-1"),
                Optional.of(retryAfter));
    }

    /** Does not sleep. */
    private static class CountingSleeper implements Sleeper {

        private int calls;

        @Override
        public void sleep(Duration duration) {
            // The test moves the clock.
        }

        @Override
        public void wake() {
            calls++;
        }
    }
}
