package dev.gatehouse.workbench.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
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
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.collect.Steady;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.replay.Replay;
import dev.gatehouse.workbench.replay.Replays;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(Lifecycle.PER_CLASS)
class ReconcileLoopTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LOOK_BACK = Duration.ofHours(6);

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private ReconcileLoop loop;

    ReconcileLoopTest() {
        parts.with("poll.page-size.alerts", "2")
                .with("poll.first-look-back", "6h")
                .with("reconcile.budget-share", "1")
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room))
                .with(ReconciliationService.class);
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
    void saysOfAnHourThatBothHaveTheSame() throws InterruptedException {
        holdsAlerts(3, NINE.minus(HOUR));
        poll(Feed.ALERTS);

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.EQUAL, Reconciliation::state)
                .returns("Contoso, 08:00–09:00: 3 in Graph, 3 here", Reconciliation::sentence);
    }

    @Test
    void fetchesWhatIsMissingHereAndCountsIt() throws InterruptedException {
        holdsAlerts(2, NINE.minus(HOUR));
        poll(Feed.ALERTS);
        holdsAlerts(5, NINE.minus(HOUR));

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR))).satisfies(hour -> {
            assertThat(hour.state()).isEqualTo(State.HEALED);
            assertThat(hour.count().missingHere()).isEqualTo(3);
            assertThat(hour.sentence())
                    .isEqualTo("Contoso, 08:00–09:00: 5 in Graph, 5 here; 3 fetched because of this check");
        });
        assertThat(stored("vendor_alert")).isEqualTo(5);
    }

    @Test
    void stillSaysThatAnHourWasHealedWhenItIsEqualAtTheNextCheck() throws InterruptedException {
        poll(Feed.ALERTS);
        holdsAlerts(1, NINE.minus(HOUR));
        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.HEALED, Reconciliation::state)
                .returns(2, Reconciliation::checks);
    }

    @Test
    void bringsAnOldVersionUpToDate() throws InterruptedException {
        var made = NINE.minus(HOUR).plus(MINUTE);
        microsoft.holds(Feed.ALERTS, made, alert("a", made, made));
        poll(Feed.ALERTS);
        microsoft.holds(Feed.ALERTS, made.plus(MINUTE), alert("a", made, made.plus(MINUTE)));

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR))).satisfies(hour -> {
            assertThat(hour.state()).isEqualTo(State.HEALED);
            assertThat(hour.count()).isEqualTo(new Reconciliation.Count(1, 1, 0, 0, 1, 1, 0));
        });
        assertThat(stored("vendor_alert_version")).isEqualTo(2);
    }

    @Test
    void aChangeThatPollingIsStillToBringIsNoDifference() throws InterruptedException {
        var made = NINE.minus(HOUR).plus(MINUTE);
        microsoft.holds(Feed.ALERTS, made, alert("a", made, made));
        poll(Feed.ALERTS);
        microsoft.holds(Feed.ALERTS, NINE, alert("a", made, NINE));

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)).state()).isEqualTo(State.EQUAL);
        assertThat(stored("vendor_alert_version")).isEqualTo(2);
    }

    @Test
    void recordsWhatGraphHasNoMoreAndDeletesNothing() throws InterruptedException {
        holdsAlerts(3, NINE.minus(HOUR));
        poll(Feed.ALERTS);
        microsoft.forgets(Feed.ALERTS, "a1");

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.DIFFERS, Reconciliation::state)
                .returns("Contoso, 08:00–09:00: 2 in Graph, 3 here; 1 not in Graph any more", Reconciliation::sentence);
        assertThat(stored("vendor_alert")).isEqualTo(3);
    }

    @Test
    void countsAlertsOfOtherProductsOnBothSides() throws InterruptedException {
        var made = NINE.minus(HOUR).plus(MINUTE);
        microsoft.holds(Feed.ALERTS, made, alert("theirs", made, made).replace("ForIdentity", "ForEndpoint"));
        poll(Feed.ALERTS);

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)).sentence()).endsWith("1 in Graph, 1 here");
    }

    @Test
    void countsAlertsOfOtherProductsThatAnEarlierReleaseLeftOut() throws InterruptedException {
        var made = NINE.minus(HOUR).plus(MINUTE);
        microsoft.holds(Feed.ALERTS, made, alert("theirs", made, made).replace("ForIdentity", "ForEndpoint"));
        poll(Feed.ALERTS);
        parts.get(JdbcClient.class)
                .sql("update left_out_vendor_alert set created_at = null")
                .update();

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.EQUAL, Reconciliation::state)
                .extracting(Reconciliation::sentence)
                .asString()
                .endsWith("1 in Graph, 1 here");
    }

    @Test
    void movesNoCheckpointAndSaysNothingOfTheFeed() throws InterruptedException {
        poll(Feed.ALERTS);
        holdsAlerts(1, NINE.minus(HOUR));
        parts.clock().advance(MINUTE);
        parts.get(Feeds.class).failed(contoso.directory(), Feed.ALERTS, trouble(Trouble.UNREACHABLE), NINE);

        compare(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(state(Feed.ALERTS))
                .returns(Optional.of(NINE), FeedState::watermark)
                .returns(1, FeedState::failures)
                .returns(1L, FeedState::records);
        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 10)
                        .rows())
                .extracting(entry -> entry.poll().purpose())
                .contains(Purpose.RECONCILIATION);
    }

    @Test
    void comparesEachFullHourOnceTheNewestFirstAndAgainADayLater() throws InterruptedException {
        poll(Feed.ALERTS);
        backfillIsDone(Feed.ALERTS);

        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS))
                .containsExactly(
                        NINE.minus(HOUR.multipliedBy(2)),
                        NINE.minus(HOUR.multipliedBy(3)),
                        NINE.minus(HOUR.multipliedBy(4)),
                        NINE.minus(HOUR.multipliedBy(5)),
                        NINE.minus(HOUR.multipliedBy(6)));

        parts.clock().set(NINE.plus(Duration.ofHours(19)));
        untilIdle();

        // Nothing was polled since, so that only the last hour is due for the first time, and the oldest for the
        // second.
        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(7).endsWith(NINE.minus(HOUR), NINE.minus(HOUR.multipliedBy(6)));
        assertThat(look(Feed.ALERTS, NINE.minus(HOUR.multipliedBy(6))).checks()).isEqualTo(2);
    }

    @Test
    void asksTwoThingsWhenThereIsNothingToCompare() throws InterruptedException {
        poll(Feed.ALERTS);
        backfillIsDone(Feed.ALERTS);
        untilIdle();

        try (var statements = Statements.listen()) {
            parts.clock().advance(MINUTE);
            assertThat(loop.attempt()).contains(MINUTE);

            assertThat(statements.heard()).hasSize(2);
        }
    }

    @Test
    void findsTheHourThatHasBecomeDueWithoutBeingTold() throws InterruptedException {
        poll(Feed.ALERTS);
        backfillIsDone(Feed.ALERTS);
        untilIdle();
        var before = hoursAskedFor(Feed.ALERTS).size();

        parts.clock().advance(HOUR);
        poll(Feed.ALERTS);
        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(before + 1).endsWith(NINE.minus(HOUR));
    }

    @Test
    void findsTheHourThatIsToBeComparedAgainWithoutBeingTold() throws InterruptedException {
        poll(Feed.ALERTS);
        backfillIsDone(Feed.ALERTS);
        parts.clock().set(NINE.plus(HOUR));
        untilIdle();
        var before = hoursAskedFor(Feed.ALERTS).size();

        parts.clock().set(NINE.plus(Duration.ofHours(19)));
        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(before + 1).endsWith(NINE.minus(HOUR.multipliedBy(6)));
    }

    @Test
    void findsASurvivorThatHasBecomeMissingWithoutBeingTold() throws InterruptedException {
        poll(Feed.INCIDENTS);
        backfillIsDone(Feed.INCIDENTS);
        untilIdle();
        microsoft.holds(Feed.INCIDENTS, NINE.minus(MINUTE), incident("1", NINE.minus(MINUTE), "2"));
        poll(Feed.INCIDENTS);

        parts.clock().advance(MINUTE);
        untilIdle();

        assertThat(asked(Feed.INCIDENTS, Lookup.One.class)).hasSize(1);
    }

    @Test
    void findsAReplayThatHasEndedWithoutBeingTold() throws InterruptedException {
        holdsLogons(1, NINE.minus(HOUR));
        poll(Feed.LOGON_EVENTS);
        backfillIsDone(Feed.LOGON_EVENTS);
        holdsLogons(3, NINE.minus(HOUR));
        compare(Feed.LOGON_EVENTS, NINE.minus(HOUR), NINE);
        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)).state()).isEqualTo(State.HEALING);

        readReplays();
        parts.clock().advance(MINUTE);
        untilIdle();

        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)).state()).isEqualTo(State.HEALED);
    }

    @Test
    void findsTheHoursThatABackfillHasReadMeanwhile() throws InterruptedException {
        poll(Feed.ALERTS);
        parts.get(Replays.class).addBackfills(contoso.directory(), LOOK_BACK, NINE);
        backfillIsAt(NINE.minus(HOUR.multipliedBy(4)));
        untilIdle();
        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(3).endsWith(NINE.minus(HOUR.multipliedBy(4)));

        backfillIsAt(NINE.minus(HOUR.multipliedBy(5)));
        parts.clock().advance(MINUTE);
        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(4).endsWith(NINE.minus(HOUR.multipliedBy(5)));
    }

    @Test
    void leavesHoursAloneThatTheBackfillHasNotRead() throws InterruptedException {
        poll(Feed.ALERTS);
        parts.get(Replays.class).addBackfills(contoso.directory(), LOOK_BACK, NINE);

        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS)).isEmpty();
    }

    @Test
    void catchesUpOnTheHoursThatPassedWhileNobodyRan() throws InterruptedException {
        poll(Feed.ALERTS);
        parts.clock().advance(Duration.ofDays(10));
        poll(Feed.ALERTS);

        loop = loop();
        for (var minutes = 0; minutes < 3; minutes++) {
            untilIdle();
            parts.clock().advance(MINUTE);
        }

        // Seven days, but for the hour that has just ended and the one that is cut off at the other end.
        assertThat(hoursAskedFor(Feed.ALERTS))
                .hasSize(7 * 24 - 2)
                .doesNotHaveDuplicates()
                .startsWith(NINE.plus(Duration.ofDays(10)).minus(HOUR.multipliedBy(2)));
    }

    @Test
    void notesWhatIsWrongAndTriesAgain() throws InterruptedException {
        poll(Feed.ALERTS);
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        request(Feed.ALERTS, NINE.minus(HOUR), NINE);
        untilIdle();

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.FAILED, Reconciliation::state)
                .returns("Contoso, 08:00–09:00: could not be compared. It did not work.", Reconciliation::sentence);

        parts.clock().advance(MINUTE);
        untilIdle();

        assertThat(look(Feed.ALERTS, NINE.minus(HOUR)))
                .returns(State.EQUAL, Reconciliation::state)
                .returns(Optional.empty(), Reconciliation::problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-P365D", "P365D"})
    void triesAgainAfterAPauseWhateverIsDoneToTheComputersClock(Duration step) throws InterruptedException {
        poll(Feed.ALERTS);
        microsoft.failsOnce(Feed.ALERTS, trouble(Trouble.PERMISSION_MISSING));
        request(Feed.ALERTS, NINE.minus(HOUR), NINE);
        loop.attempt();
        var asked = microsoft.asked().size();

        parts.clock().step(step);
        parts.clock().advance(Duration.ofSeconds(59));
        untilIdle();
        assertThat(microsoft.asked()).hasSize(asked);

        parts.clock().advance(Duration.ofSeconds(1));
        untilIdle();
        assertThat(microsoft.asked()).hasSizeGreaterThan(asked);
    }

    @Test
    void asksTheDatabaseOnceForManyHours() throws InterruptedException {
        poll(Feed.ALERTS);
        request(Feed.ALERTS, NINE.minus(HOUR.multipliedBy(20)), NINE);

        try (var statements = Statements.listen()) {
            untilIdle();

            assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(20);
            assertThat(statements.heard())
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("generate_series"))
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("'healing' and p.state in"))
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("select distinct i.redirect_id"));
        }
    }

    @Test
    void findsWithinAMinuteWhatNobodyToldItOf() throws InterruptedException {
        poll(Feed.ALERTS);
        untilIdle();
        parts.get(ReconciliationService.class)
                .request(contoso.id(), Optional.of(Feed.ALERTS), NINE.minus(HOUR), NINE, "ada");

        parts.clock().advance(Duration.ofSeconds(20));
        assertThat(loop.attempt()).contains(Duration.ofSeconds(40));
        assertThat(hoursAskedFor(Feed.ALERTS)).isEmpty();

        parts.clock().advance(Duration.ofSeconds(40));
        untilIdle();
        assertThat(hoursAskedFor(Feed.ALERTS)).containsExactly(NINE.minus(HOUR));
    }

    @Test
    void waitsWhileMicrosoftWantsPollingToWait() throws InterruptedException {
        poll(Feed.ALERTS);
        var asked = microsoft.asked().size();
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
        request(Feed.ALERTS, NINE.minus(HOUR), NINE);

        assertThat(loop.attempt()).contains(Duration.ofSeconds(20));
        assertThat(microsoft.asked()).hasSize(asked);
    }

    @Test
    void keepsBelowItsShareOfTheRequests() throws InterruptedException {
        poll(Feed.ALERTS);
        request(Feed.ALERTS, NINE.minus(HOUR.multipliedBy(200)), NINE);

        untilIdle();

        assertThat(hoursAskedFor(Feed.ALERTS)).hasSize(100);
    }

    @Test
    void countsADayOfAHuntingTableInOneQuery() throws InterruptedException {
        holdsLogons(2, NINE.minus(HOUR));
        holdsLogons(1, NINE.minus(HOUR.multipliedBy(3)));
        poll(Feed.LOGON_EVENTS);

        compare(Feed.LOGON_EVENTS, NINE.minus(HOUR.multipliedBy(3)), NINE);

        assertThat(microsoft.readings(Feed.LOGON_EVENTS).stream()
                        .filter(reading -> reading.lookup() instanceof Lookup.HourlyCounts))
                .extracting(Reading::window)
                .containsExactly(new Window(NINE.minus(HOUR.multipliedBy(3)), NINE));
        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)).verdict()).isEqualTo("2 in Graph, 2 here");
        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR.multipliedBy(2))).verdict())
                .isEqualTo("0 in Graph, 0 here");
    }

    @Test
    void countsFewerHoursAtOnceWhereADayIsTooMuchForMicrosoft() throws InterruptedException {
        holdsLogons(3, NINE.minus(HOUR.multipliedBy(2)));
        poll(Feed.LOGON_EVENTS);
        backfillIsDone(Feed.LOGON_EVENTS);
        microsoft.refusesLongerThan(Feed.LOGON_EVENTS, HOUR.multipliedBy(3), trouble(Trouble.TOO_HEAVY));
        request(Feed.LOGON_EVENTS, NINE.minus(HOUR.multipliedBy(8)), NINE);

        for (var round = 0; round < 12; round++) {
            untilIdle();
            parts.clock().advance(HOUR.dividedBy(4));
        }

        var counts = microsoft.readings(Feed.LOGON_EVENTS).stream()
                .filter(reading -> reading.lookup() instanceof Lookup.HourlyCounts)
                .map(reading -> reading.window().length())
                .toList();
        assertThat(counts)
                .filteredOn(length -> length.compareTo(HOUR.multipliedBy(3)) > 0)
                .hasSizeLessThan(5);
        assertThat(counts)
                .filteredOn(length -> length.compareTo(HOUR.multipliedBy(3)) <= 0)
                .isNotEmpty();
        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR.multipliedBy(2))).verdict())
                .isEqualTo("3 in Graph, 3 here");
    }

    @Test
    void replaysAnHourThatLacksHuntingRowsAndSaysWhenItIsHealed() throws InterruptedException {
        holdsLogons(1, NINE.minus(HOUR));
        poll(Feed.LOGON_EVENTS);
        holdsLogons(3, NINE.minus(HOUR));

        compare(Feed.LOGON_EVENTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)).verdict())
                .isEqualTo("4 in Graph, 1 here; 3 being fetched");

        replay();
        loop.attempt();

        // The fourth row is the same as the first in every column.
        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)))
                .returns(State.HEALED, Reconciliation::state)
                .returns(
                        "4 in Graph, 3 here; 2 fetched because of this check, 1 the same as others and stored once",
                        Reconciliation::verdict);

        compare(Feed.LOGON_EVENTS, NINE.minus(HOUR), NINE);

        assertThat(look(Feed.LOGON_EVENTS, NINE.minus(HOUR)).state()).isEqualTo(State.HEALED);
        assertThat(parts.get(Replays.class).open(contoso.directory())).isEmpty();
    }

    @Test
    void fetchesSurvivorsOfMergersThroughAWholeChain() throws InterruptedException {
        microsoft.holds(Feed.INCIDENTS, NINE.minus(MINUTE), incident("1", NINE.minus(MINUTE), "2"));
        poll(Feed.INCIDENTS);
        var longAgo = NINE.minus(Duration.ofDays(60));
        microsoft.holds(Feed.INCIDENTS, longAgo, incident("2", longAgo, "3"));
        microsoft.holds(Feed.INCIDENTS, longAgo, incident("3", longAgo, ""));

        untilIdle();

        assertThat(parts.get(VendorIncidents.class).row(Scope.everything(), contoso.directory(), "3"))
                .isPresent();
        assertThat(parts.get(VendorIncidents.class).missingSurvivors(contoso.directory()))
                .isEmpty();
    }

    @Test
    void asksOnceADayForASurvivorThatMicrosoftDoesNotHave() throws InterruptedException {
        microsoft.holds(Feed.INCIDENTS, NINE.minus(MINUTE), incident("1", NINE.minus(MINUTE), "2"));
        poll(Feed.INCIDENTS);

        untilIdle();
        parts.clock().advance(HOUR);
        untilIdle();

        assertThat(asked(Feed.INCIDENTS, Lookup.One.class)).hasSize(1);
    }

    private void compare(Feed feed, Instant from, Instant to) throws InterruptedException {
        request(feed, from, to);
        untilIdle();
    }

    private void request(Feed feed, Instant from, Instant to) {
        parts.get(ReconciliationService.class).request(contoso.id(), Optional.of(feed), from, to, "ada");
        loop.hear();
    }

    private void untilIdle() throws InterruptedException {
        while (loop.attempt().orElseThrow().isZero()) {
            assertThat(microsoft.asked()).hasSizeLessThan(1_000);
        }
    }

    private Reconciliation look(Feed feed, Instant hour) {
        return parts.get(Reconciliations.class)
                .list(
                        Scope.everything(),
                        new Filter(
                                Optional.of(contoso.id()),
                                Optional.of(feed),
                                Optional.empty(),
                                Optional.of(hour),
                                Optional.of(hour.plus(HOUR))),
                        0,
                        10)
                .rows()
                .getFirst();
    }

    private List<Reading> asked(Feed feed, Class<? extends Lookup> lookup) {
        return microsoft.readings(feed).stream()
                .filter(reading -> lookup.isInstance(reading.lookup()))
                .toList();
    }

    private List<Instant> hoursAskedFor(Feed feed) {
        return asked(feed, Lookup.Created.class).stream()
                .map(reading -> reading.window().from())
                .toList();
    }

    /** One poll as the feed's loop does it, of the last six hours. */
    private void poll(Feed feed) throws InterruptedException {
        var now = parts.clock().instant();
        var found = parts.get(SecurityDevices.class).accessTo(contoso.directory());
        if (found.orElseThrow() instanceof ReadAccess.Usable access) {
            var window = new Window(now.minus(MINUTE), now);
            parts.get(Collector.class)
                    .collect(Source.of(access, feed, new Look.Onward(), window), Reading.of(window, 100));
            var past = new Window(now.minus(LOOK_BACK), now);
            parts.get(Collector.class).collect(Source.of(access, feed, new Look.Second(), past), Reading.of(past, 100));
        }
    }

    private void backfillIsDone(Feed feed) {
        parts.get(Replays.class).addBackfills(contoso.directory(), LOOK_BACK, NINE);
        parts.get(JdbcClient.class)
                .sql("update replay set position = range_from, state = 'done' where tenant_id = ? and feed = ?")
                .params(contoso.directory().value(), feed.key())
                .update();
    }

    private void backfillIsAt(Instant position) {
        parts.get(JdbcClient.class)
                .sql("update replay set position = ? where tenant_id = ?")
                .params(Columns.timestamp(position), contoso.directory().value())
                .update();
    }

    /** Does all open replays. */
    private void replay() throws InterruptedException {
        for (var replay : readReplays()) {
            loop.hearOfReplay(replay);
        }
    }

    private List<UUID> readReplays() throws InterruptedException {
        var read = new ArrayList<UUID>();
        var found = parts.get(SecurityDevices.class).accessTo(contoso.directory());
        for (var replay : parts.get(Replays.class).open(contoso.directory())) {
            if (found.orElseThrow() instanceof ReadAccess.Usable access) {
                parts.get(Collector.class)
                        .collect(
                                Source.of(
                                        access,
                                        replay.feed(),
                                        new Look.Again(
                                                parts.get(Replays.class).progressOf(replay.id()), replay.slice()),
                                        replay.slice()),
                                Reading.of(replay.slice(), 100));
            }
            assertThat(parts.get(Replays.class)
                            .find(Scope.everything(), replay.id())
                            .map(Replay::state))
                    .contains(Replay.State.DONE);
            read.add(replay.id());
        }
        return read;
    }

    private long stored(String table) {
        return parts.get(JdbcClient.class)
                .sql("select count(*) from %s where tenant_id = ?".formatted(table))
                .param(contoso.directory().value())
                .query(Long.class)
                .single();
    }

    private FeedState state(Feed feed) {
        return parts.get(Feeds.class).of(contoso.directory(), feed);
    }

    private void holdsAlerts(int number, Instant hour) {
        for (var at = 1; at <= number; at++) {
            microsoft.forgets(Feed.ALERTS, "a" + at);
            var made = hour.plus(MINUTE.multipliedBy(at));
            microsoft.holds(Feed.ALERTS, made, alert("a" + at, made, made));
        }
    }

    private static String alert(String id, Instant created, Instant updated) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, updated, created);
    }

    private static String incident(String id, Instant updated, String redirect) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","displayName":"Credential theft",\
                "severity":"high","status":"%s","redirectIncidentId":%s}""".formatted(
                        id,
                        updated,
                        updated,
                        redirect.isEmpty() ? "active" : "redirected",
                        redirect.isEmpty() ? "null" : '"' + redirect + '"');
    }

    private void holdsLogons(int number, Instant hour) {
        for (var at = 1; at <= number; at++) {
            var when = hour.plus(MINUTE.multipliedBy(at));
            microsoft.holds(Feed.LOGON_EVENTS, when, """
                    {"Timestamp":"%s","ActionType":"LogonSuccess","AccountName":"ada","ReportId":"1"}""".formatted(when));
        }
    }

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "ada");
    }

    private ReconcileLoop loop() {
        return new ReconcileLoop(
                contoso.directory(),
                new ReconcileLoop.Surroundings(
                        parts.get(Collector.class),
                        parts.get(SecurityDevices.class),
                        parts.get(Feeds.class),
                        parts.get(VendorIncidents.class),
                        parts.get(Reconciliations.class),
                        new TenantsWithWork(
                                tenants -> ReconcileLoop.withWork(
                                        tenants,
                                        parts.get(Reconciliations.class),
                                        parts.get(VendorIncidents.class),
                                        parts.get(Settings.class),
                                        parts.clock().instant()),
                                parts.clock(),
                                Runnable::run),
                        parts.get(Replays.class),
                        event -> {},
                        parts.get(Budgets.class),
                        parts.get(Settings.class),
                        parts.clock(),
                        parts.clock(),
                        new Steady()),
                new NoSleep());
    }

    private static Diagnosis trouble(Trouble trouble) {
        return Diagnosis.of(trouble, "It did not work.", "Wait.");
    }
}
