package dev.gatehouse.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.CollectorParts;
import dev.gatehouse.workbench.collect.FakePoller;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.QuarantinedWindow;
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.collect.Steady;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class ReplayLoopTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PAGE = 4;

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private ReplayLoop loop;

    ReplayLoopTest() {
        parts.with("poll.page-size.alerts", Integer.toString(PAGE))
                .with("poll.first-look-back", "2d")
                .with("replay.requests-per-minute", "20")
                .with("replay.hunting-requests-per-minute", "1")
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room))
                .with(ReplayService.class);
        CollectorParts.into(parts).open();
        contoso = addDevice();
        loop = loop();
    }

    @BeforeEach
    void startAnew() {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock());
        contoso = addDevice();
        loop = loop();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void readsTheNewestDayFirst() throws InterruptedException {
        var replay = request(MIDNIGHT.minus(DAY.multipliedBy(2)).plus(MINUTE), NINE);

        finish(replay);

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::window)
                .containsExactly(
                        new Window(MIDNIGHT, NINE),
                        new Window(MIDNIGHT.minus(DAY), MIDNIGHT),
                        new Window(MIDNIGHT.minus(DAY.multipliedBy(2)).plus(MINUTE), MIDNIGHT.minus(DAY)));
        assertThat(look(replay)).satisfies(done -> {
            assertThat(done.state()).isEqualTo(Replay.State.DONE);
            assertThat(done.percent()).isEqualTo(100);
            assertThat(done.finishedAt()).contains(NINE);
        });
    }

    @Test
    void bringsWhatWasMissingAndNothingTwice() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(10 - at)));
        }
        holdsAlert("yesterday", NINE.minus(DAY));

        var first = request(NINE.minus(DAY.multipliedBy(2)), NINE);
        finish(first);
        var second = request(NINE.minus(DAY.multipliedBy(2)), NINE);
        finish(second);

        assertThat(storedIds()).containsExactlyInAnyOrder("a1", "a2", "a3", "a4", "a5", "a6", "yesterday");
        assertThat(look(first).count().newRecords()).isEqualTo(7);
        // Four of them came twice: with the page that showed that there is more, and with the window that is complete.
        assertThat(look(second).count()).returns(0L, Replay.Count::newRecords).returns(11L, Replay.Count::same);
        assertThat(state().records()).isEqualTo(7);
    }

    @Test
    void leavesTheCheckpointAndTheStateOfTheFeedAlone() throws InterruptedException {
        poll();
        holdsAlert("old", NINE.minus(DAY));
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.UNREACHABLE));
        var replay = request(NINE.minus(DAY.multipliedBy(2)), NINE.minus(MINUTE));

        loop.attempt();
        parts.clock().advance(MINUTE);
        finish(replay);

        assertThat(storedIds()).containsExactly("old");
        assertThat(state())
                .returns(Optional.of(NINE), FeedState::watermark)
                .returns(Optional.of(NINE), FeedState::lastSuccess)
                .returns(0, FeedState::failures)
                .returns(Optional.empty(), FeedState::trouble);
    }

    @Test
    void goesOnInTheMiddleOfADayAfterARestart() throws InterruptedException {
        for (var at = 1; at <= 6; at++) {
            holdsAlert("a" + at, NINE.minus(MINUTE.multipliedBy(10 - at)));
        }
        var replay = request(MIDNIGHT, NINE);
        // The first page tells that there is more; the second one holds all of a shorter window.
        loop.attempt();
        loop.attempt();

        loop = loop();
        finish(replay);

        var fourth = NINE.minus(MINUTE.multipliedBy(6));
        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::window)
                .containsExactly(new Window(MIDNIGHT, NINE), new Window(MIDNIGHT, fourth), new Window(fourth, NINE));
        assertThat(storedIds()).hasSize(6);
    }

    @Test
    void readsTheBackfillWithoutAGapAndQueuesItOnce() throws InterruptedException {
        holdsAlert("yesterday", NINE.minus(DAY));
        holdsAlert("at-the-seam", NINE.minus(Duration.ofMinutes(15)).minusNanos(100));
        poll();

        loop.attempt();
        var backfill = parts.get(Replays.class).open(contoso.directory()).getFirst();
        finish(backfill.id());
        loop.attempt();

        assertThat(backfill.purpose()).isEqualTo(Replay.Purpose.BACKFILL);
        assertThat(backfill.range().from())
                .isEqualTo(NINE.minus(Duration.ofMinutes(15)).minus(DAY.multipliedBy(2)));
        assertThat(storedIds()).containsExactlyInAnyOrder("yesterday", "at-the-seam");
        assertThat(replays()).extracting(Replay::id).containsExactly(backfill.id());
    }

    @Test
    void queuesNoBackfillOfAFeedThatWasNeverRead() throws InterruptedException {
        assertThat(loop.attempt()).contains(MINUTE);

        assertThat(replays()).isEmpty();
        assertThat(microsoft.asked()).isEmpty();
    }

    @Test
    void keepsTryingAndSaysWhatIsWrong() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        var replay = request(MIDNIGHT, NINE);

        loop.attempt();

        assertThat(look(replay)).satisfies(stuck -> {
            assertThat(stuck.state()).isEqualTo(Replay.State.RUNNING);
            assertThat(stuck.problem()).map(Replay.Problem::trouble).contains(Trouble.PERMISSION_MISSING);
            assertThat(stuck.failures()).isEqualTo(1);
            assertThat(stuck.nextAt()).contains(NINE.plus(MINUTE));
        });
        assertThat(loop.attempt()).contains(MINUTE);

        parts.clock().advance(MINUTE);
        finish(replay);

        assertThat(look(replay).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-P365D", "P365D"})
    void triesAgainAfterAPauseWhateverIsDoneToTheComputersClock(Duration step) throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        var replay = request(MIDNIGHT, NINE);
        loop.attempt();

        parts.clock().step(step);
        assertThat(loop.attempt()).contains(MINUTE);

        parts.clock().advance(MINUTE);
        finish(replay);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "-P365D, PT1M", "P365D, PT0S"})
    void aNewLoopWaitsNoLongerThanAPauseCanBe(Duration step, Duration atLeast) throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        var replay = request(MIDNIGHT, NINE);
        loop.attempt();

        parts.clock().step(step);
        loop = loop();
        assertThat(loop.attempt()).hasValueSatisfying(pause -> assertThat(pause).isEqualTo(atLeast));

        parts.clock().advance(Duration.ofMinutes(15));
        finish(replay);
    }

    @Test
    void looksForHistoriesWhenAFeedHasItsFirstPageAndNotAtEveryPage() throws InterruptedException {
        loop.attempt();
        request(NINE.minus(DAY.multipliedBy(5)), NINE);
        poll();

        try (var statements = Statements.listen()) {
            loop.attempt();
            loop.attempt();
            assertThat(statements.heard()).noneMatch(sql -> sql.contains("'backfill', f.read_from"));

            loop.hear(Feed.ALERTS);
            loop.attempt();
            loop.attempt();
            assertThat(statements.heard())
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("'backfill', f.read_from"));
        }

        assertThat(replays()).extracting(Replay::purpose).contains(Replay.Purpose.BACKFILL);
    }

    @Test
    void findsAHistoryWithinAMinuteThatNobodyToldItOf() throws InterruptedException {
        loop.attempt();
        poll();

        parts.clock().advance(MINUTE);
        loop.attempt();

        assertThat(replays()).extracting(Replay::purpose).containsExactly(Replay.Purpose.BACKFILL);
    }

    @Test
    void asksOneThingWhenThereIsNothingToRead() throws InterruptedException {
        loop.attempt();

        try (var statements = Statements.listen()) {
            parts.clock().advance(MINUTE);
            assertThat(loop.attempt()).contains(MINUTE);

            assertThat(statements.heard()).hasSize(1);
        }
    }

    @Test
    void readsWhatIsAskedForOfALoopThatHasNothingToRead() throws InterruptedException {
        loop.attempt();
        holdsAlert("a1", NINE.minus(DAY));
        request(NINE.minus(DAY.multipliedBy(2)), NINE);

        finish(replays().getFirst().id());

        assertThat(storedIds()).containsExactly("a1");
    }

    @Test
    void asksOnceHowTheFeedsAreHoweverManyReplaysWait() throws InterruptedException {
        for (var feed : Feed.values()) {
            desk().request(Scope.everything(), contoso.id(), feed, MIDNIGHT, NINE, "ada");
        }

        try (var statements = Statements.listen()) {
            loop.attempt();

            assertThat(statements.heard())
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("select f.*"));
        }
    }

    @Test
    void asksForLessAfterATimeOut() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.TIMED_OUT));
        var replay = request(MIDNIGHT, NINE);

        loop.attempt();
        parts.clock().advance(MINUTE);
        finish(replay);

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::pageSize)
                .containsExactly(PAGE, PAGE / 4);
    }

    @Test
    void passesOverWhatCannotBeReadAndGoesOnToOlderDays() throws InterruptedException {
        var spoilt = NINE.minus(MINUTE.multipliedBy(30));
        holdsAlert("today", NINE.minus(MINUTE));
        holdsAlert("spoilt", spoilt);
        holdsAlert("yesterday", NINE.minus(DAY));
        microsoft.spoils(Feed.ALERTS, spoilt);
        var replay = request(MIDNIGHT.minus(DAY), NINE);

        for (var at = 0; at < 60 && look(replay).state().isOpen(); at++) {
            loop.attempt();
            parts.clock().advance(MINUTE);
        }

        assertThat(look(replay).state()).isEqualTo(Replay.State.DONE);
        assertThat(storedIds()).containsExactly("yesterday", "today");
        assertThat(look(replay).owed()).isEqualTo(1);
        assertThat(owed()).singleElement().satisfies(window -> assertThat(
                        window.window().contains(spoilt))
                .isTrue());

        var second = request(MIDNIGHT, NINE);
        var asked = microsoft.asked().size();
        finish(second);

        assertThat(microsoft.asked().subList(asked, microsoft.asked().size()))
                .as("steps around what is in quarantine")
                .hasSize(2)
                .noneMatch(question -> question.reading().window().contains(spoilt));
    }

    private List<QuarantinedWindow> owed() {
        return parts.get(Quarantine.class)
                .list(
                        Scope.everything(),
                        Optional.of(contoso.id()),
                        Optional.of(Feed.ALERTS),
                        Optional.of(true),
                        0,
                        100)
                .rows();
    }

    @Test
    void givesUpWhenTheTableDoesNotExist() throws InterruptedException {
        microsoft.failsOnce(Feed.QUERY_EVENTS, trouble(Trouble.TABLE_MISSING));
        var replay = desk().request(Scope.everything(), contoso.id(), Feed.QUERY_EVENTS, MIDNIGHT, NINE, "ada")
                .id();

        loop.attempt();

        assertThat(look(replay).state()).isEqualTo(Replay.State.FAILED);
    }

    @Test
    void readsAnotherReplayWhileOneIsStuck() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        request(MIDNIGHT, NINE);
        var incidents = desk().request(Scope.everything(), contoso.id(), Feed.INCIDENTS, MIDNIGHT, NINE, "ada")
                .id();

        loop.attempt();
        loop.attempt();

        assertThat(look(incidents).state()).isEqualTo(Replay.State.DONE);
    }

    @Test
    void readsWhatPeopleAskedForBeforeTheBackfill() throws InterruptedException {
        poll();
        loop.attempt();
        var replay = request(MIDNIGHT, NINE);

        loop.attempt();

        assertThat(look(replay).state()).isEqualTo(Replay.State.DONE);
    }

    @Test
    void waitsWhileMicrosoftWantsPollingToWait() throws InterruptedException {
        var replay = request(MIDNIGHT, NINE);
        parts.get(Feeds.class)
                .failed(
                        contoso.directory(),
                        Feed.ALERTS,
                        new Diagnosis(
                                Trouble.THROTTLED,
                                "Too many requests.",
                                "Wait.",
                                Optional.empty(),
                                OptionalInt.of(429),
                                Optional.empty(),
                                Optional.of(Duration.ofSeconds(20))),
                        NINE);
        parts.get(Feeds.class).planned(contoso.directory(), Feed.ALERTS, NINE.plusSeconds(20));

        assertThat(loop.attempt()).contains(Duration.ofSeconds(20));
        assertThat(microsoft.asked()).isEmpty();

        parts.clock().advance(Duration.ofSeconds(20));
        finish(replay);
    }

    @Test
    void keepsBelowItsRequestsAMinute() throws InterruptedException {
        request(NINE.minus(DAY.multipliedBy(40)), NINE);
        for (var at = 0; at < 30; at++) {
            loop.attempt();
        }

        assertThat(microsoft.asked()).hasSize(20);
        assertThat(loop.attempt())
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(MINUTE, MINUTE.plusMillis(1)));
    }

    @Test
    void letsAlertsPassHuntingThatHasUsedUpItsRequests() throws InterruptedException {
        desk().request(
                        Scope.everything(),
                        contoso.id(),
                        Feed.QUERY_EVENTS,
                        NINE.minus(DAY.multipliedBy(5)),
                        NINE,
                        "ada");
        var alerts = request(MIDNIGHT, NINE);

        loop.attempt();
        loop.attempt();

        assertThat(look(alerts).state()).isEqualTo(Replay.State.DONE);
        assertThat(microsoft.readings(Feed.QUERY_EVENTS)).hasSize(1);
    }

    @Test
    void tellsHowFarItIsAndWhenItWillBeDone() throws InterruptedException {
        var replay = request(MIDNIGHT.minus(DAY.multipliedBy(3)), MIDNIGHT);

        loop.attempt();
        parts.clock().advance(MINUTE);

        var running = look(replay);
        assertThat(running.percent()).isEqualTo(33);
        assertThat(desk().estimatedEnd(running)).hasValueSatisfying(end -> assertThat(
                        Duration.between(NINE.plus(MINUTE.multipliedBy(3)), end).abs())
                .isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void asksForNothingMoreOnceItIsCancelled() throws InterruptedException {
        var replay = request(NINE.minus(DAY.multipliedBy(5)), NINE);
        loop.attempt();

        desk().cancel(Scope.everything(), replay);
        loop.attempt();

        assertThat(microsoft.asked()).hasSize(1);
        assertThat(look(replay).state()).isEqualTo(Replay.State.CANCELLED);
    }

    @Test
    void staysCancelledWhenAPageWasUnderWay() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        var replay = request(MIDNIGHT, NINE);
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            desk().cancel(Scope.everything(), replay);
            return microsoft.page(Feed.ALERTS, reading);
        });

        loop.attempt();

        assertThat(look(replay).state()).isEqualTo(Replay.State.CANCELLED);
        assertThat(storedIds()).containsExactly("a1");
    }

    @Test
    void isVoidWhenTheDeviceReadsAnotherDirectory() throws InterruptedException {
        var replay = request(MIDNIGHT, NINE);
        var other = WorkbenchParts.draft("Contoso").with(DeviceField.CLIENT_SECRET, "");
        parts.get(DeviceEditing.class).update(Scope.everything(), contoso.id(), other, "ada");

        loop.attempt();
        parts.get(Replays.class).cancelVoid(NINE);

        assertThat(microsoft.asked()).isEmpty();
        assertThat(look(replay).state()).isEqualTo(Replay.State.CANCELLED);
    }

    @Test
    void survivesThatTheDatabaseIsAway() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        var replay = request(MIDNIGHT, NINE);
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            parts.database().takeAway();
            return microsoft.page(Feed.ALERTS, reading);
        });

        assertThat(loop.attempt()).isPresent();
        parts.database().bringBack();
        finish(replay);

        assertThat(storedIds()).containsExactly("a1");
    }

    @Test
    void endsWhenTheDeviceIsRemovedOrSwitchedOff() throws InterruptedException {
        parts.get(DeviceEditing.class).setEnabled(contoso.id(), false, "ada");
        assertThat(loop.attempt()).isEmpty();

        parts.get(DeviceEditing.class).remove(contoso.id(), "ada");
        assertThat(loop.attempt()).isEmpty();
        assertThatThrownBy(() -> request(MIDNIGHT, NINE)).isInstanceOf(NoSuchDevice.class);
    }

    @Test
    void refusesRangesThatCannotBeRead() {
        assertThatThrownBy(() -> request(NINE, NINE.plus(MINUTE))).isInstanceOf(InvalidReplay.class);
        assertThatThrownBy(() -> request(MIDNIGHT, NINE.plus(MINUTE))).isInstanceOf(InvalidReplay.class);
        assertThatThrownBy(() -> request(MIDNIGHT, MIDNIGHT)).isInstanceOf(InvalidReplay.class);
    }

    private UUID request(Instant from, Instant to) {
        return desk().request(Scope.everything(), contoso.id(), Feed.ALERTS, from, to, "ada")
                .id();
    }

    private void finish(UUID replay) throws InterruptedException {
        for (var at = 0; at < 20 && look(replay).state().isOpen(); at++) {
            loop.attempt();
        }
        assertThat(look(replay).state()).isEqualTo(Replay.State.DONE);
    }

    /** A round of polling: the window that a feed starts with. */
    private void poll() throws InterruptedException {
        var access = parts.get(SecurityDevices.class).accessTo(contoso.directory());
        assertThat(access.orElseThrow()).isInstanceOfSatisfying(ReadAccess.Usable.class, usable -> {
            var window = new Window(NINE.minus(Duration.ofMinutes(15)), NINE);
            var source = Source.of(usable, Feed.ALERTS, new Look.Onward(), window);
            assertThat(collect(source, Reading.of(window, PAGE))).isTrue();
        });
    }

    private boolean collect(Source source, Reading reading) {
        try {
            parts.get(Collector.class).collect(source, reading);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ReplayService desk() {
        return parts.get(ReplayService.class);
    }

    private Replay look(UUID replay) {
        return desk().require(Scope.everything(), replay);
    }

    private List<Replay> replays() {
        return desk().list(Scope.everything(), Optional.of(contoso.id()), Optional.empty(), 0, 100)
                .rows();
    }

    private FeedState state() {
        return parts.get(Feeds.class).of(contoso.directory(), Feed.ALERTS);
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

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "ada");
    }

    private ReplayLoop loop() {
        return new ReplayLoop(
                contoso.directory(),
                new ReplayLoop.Surroundings(
                        parts.get(Collector.class),
                        parts.get(SecurityDevices.class),
                        parts.get(Feeds.class),
                        parts.get(Replays.class),
                        new TenantsWithWork(parts.get(Replays.class)::withWork, parts.clock(), Runnable::run),
                        parts.get(Quarantine.class),
                        event -> {},
                        parts.get(Budgets.class),
                        parts.get(Settings.class),
                        parts.clock(),
                        parts.clock(),
                        new Steady()),
                new NoSleep());
    }

    private void holdsAlert(String id, Instant updated) {
        microsoft.holds(Feed.ALERTS, updated, """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, updated, updated));
    }

    private static Diagnosis trouble(Trouble trouble) {
        return Diagnosis.of(trouble, "It did not work.", "Wait.");
    }
}
