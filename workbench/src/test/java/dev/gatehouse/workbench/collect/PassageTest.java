package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.Passage.Place;
import dev.gatehouse.workbench.collect.Passage.StepOutcome;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Less is asked for until answers come, and what works is kept; one record that spoils every answer it is part of costs only
 * itself, wherever it lies.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PassageTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Window QUARTER = new Window(NINE.minus(Duration.ofMinutes(15)), NINE);
    private static final Duration TICK = Duration.ofNanos(100);
    private static final Feed ROWS = Feed.LOGON_EVENTS;

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private Duration paused = Duration.ZERO;

    PassageTest() {
        parts.with(
                Poller.class,
                () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        contoso = addDevice();
    }

    @BeforeEach
    void startAnew() {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock()).shufflesTies();
        contoso = addDevice();
        paused = Duration.ZERO;
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 14, 28, 29})
    void oneOfThirtyRowsIsOwedAndTheOthersAreStored(int at) throws InterruptedException {
        for (var row = 0; row < 30; row++) {
            holds(ROWS, "r%02d".formatted(row), QUARTER.from().plusSeconds(30L * row));
        }
        microsoft.spoilsRecord(ROWS, "r%02d".formatted(at));

        passThrough(ROWS, 5_000);

        assertThat(stored(ROWS)).hasSize(29).doesNotContain("r%02d".formatted(at));
        assertThat(owed(ROWS)).singleElement().satisfies(window -> {
            assertThat(window.window().contains(QUARTER.from().plusSeconds(30L * at)))
                    .isTrue();
            assertThat(window.window().length()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        });
        assertThat(watermark(ROWS)).isEqualTo(NINE);
        assertThat(microsoft.readings(ROWS)).hasSizeLessThan(60);
        assertThat(paused).isLessThan(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 5_000})
    void oneOfThirtyRowsOfOneInstantIsOwedAndTheOthersAreStored(int pageSize) throws InterruptedException {
        var instant = QUARTER.from().plusSeconds(100).plusNanos(700);
        for (var row = 0; row < 30; row++) {
            holds(ROWS, "r%02d".formatted(row), instant);
        }
        holds(ROWS, "behind", instant.plus(TICK));
        microsoft.spoilsRecord(ROWS, "r17");

        passThrough(ROWS, pageSize);

        assertThat(stored(ROWS)).hasSize(30).doesNotContain("r17");
        assertThat(owed(ROWS)).singleElement().matches(window -> window.window().contains(instant));
        assertThat(watermark(ROWS)).isEqualTo(NINE);
    }

    @Test
    void theRowAtTheWatermarkMayBeTheSpoiltOne() throws InterruptedException {
        holds(ROWS, "before", QUARTER.from().plusSeconds(1));
        holds(ROWS, "tied", QUARTER.from().plusSeconds(100));
        holds(ROWS, "spoilt", QUARTER.from().plusSeconds(100));
        holds(ROWS, "behind", QUARTER.from().plusSeconds(200));
        microsoft.spoilsRecord(ROWS, "spoilt");

        for (var round = 0; round < 3; round++) {
            passThrough(ROWS, 2);
        }

        assertThat(stored(ROWS)).containsExactly("before", "behind", "tied");
        assertThat(owed(ROWS)).hasSize(1);
        assertThat(watermark(ROWS)).isEqualTo(NINE);
    }

    @Test
    void whatBecomesReadableLateBesideASpoiltRowIsStoredWhenTheWindowIsTriedAgain() throws InterruptedException {
        var instant = QUARTER.from().plusSeconds(100);
        holds(ROWS, "spoilt", instant);
        microsoft.spoilsRecord(ROWS, "spoilt");
        passThrough(ROWS, 50);
        holds(ROWS, "zlate", instant);

        retry(ROWS);

        assertThat(stored(ROWS)).containsExactly("zlate");
        assertThat(owed(ROWS)).hasSize(1);
    }

    /** A list in no order counts only when its last page has come: beginning anew at each failure would never end. */
    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"BROKEN_OFF", "TIMED_OUT", "UNREADABLE_ANSWER"})
    void getsToTheEndOfALongListThoughEachOfItsPagesFailsThreeTimes(Trouble trouble) throws InterruptedException {
        for (var alert = 0; alert < 24; alert++) {
            holds(Feed.ALERTS, "a%02d".formatted(alert), QUARTER.from().plusSeconds(1));
        }
        microsoft
                .lists(FakePoller.Order.SHUFFLED)
                .failsBehindLinks(Feed.ALERTS, 3, Diagnosis.of(trouble, "Not now.", "Wait."));

        passThrough(Feed.ALERTS, 2);

        assertThat(stored(Feed.ALERTS)).hasSize(24);
        assertThat(watermark(Feed.ALERTS)).isEqualTo(NINE);
        assertThat(owed(Feed.ALERTS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Feed.class,
            names = {"LOGON_EVENTS", "ALERTS"})
    void losesNothingHoweverRowsAreSpoilt(Feed feed) throws InterruptedException {
        var first = Long.getLong("spoilt.seed", new Random().nextLong(1_000_000));
        for (var seed = first; seed < first + 6; seed++) {
            startAnew();
            losesNothing(feed, seed);
        }
    }

    private void losesNothing(Feed feed, long seed) throws InterruptedException {
        var random = new Random(seed);
        var good = new TreeSet<String>();
        var spoilt = new TreeMap<String, Instant>();
        var pageSize = List.of(1, 2, 3, 7, 20, 500).get(random.nextInt(6));
        var time = QUARTER.from().plusSeconds(1 + random.nextInt(30));
        holds(feed, "anchor", time);
        good.add("anchor");
        for (var tie = 0; tie < 2 + random.nextInt(10); tie++) {
            time = time.plus(
                    random.nextBoolean()
                            ? TICK.multipliedBy(1 + random.nextInt(3))
                            : Duration.ofMillis(1 + random.nextInt(60_000)));
            for (var row = 0; row < 1 + random.nextInt(6); row++) {
                var id = "t%02d-%d".formatted(random.nextInt(100), 1_000 * tie + row);
                holds(feed, id, time);
                if (random.nextInt(8) == 0 && spoilt.size() < 5) {
                    spoilt.put(id, time);
                    microsoft.spoilsRecord(feed, id);
                } else {
                    good.add(id);
                }
            }
        }

        passThrough(feed, pageSize);

        var windows = owed(feed);
        assertThat(stored(feed)).as("stored, -Dspoilt.seed=%d", seed).containsExactlyElementsOf(good);
        spoilt.forEach((id, when) -> assertThat(windows)
                .as("owed for %s at %s, -Dspoilt.seed=%d", id, when, seed)
                .anyMatch(window -> window.window().contains(when)));
        assertThat(windows).as("owed, -Dspoilt.seed=%d", seed).allMatch(window -> spoilt.values().stream()
                .anyMatch(window.window()::contains));
        assertThat(watermark(feed)).as("watermark, -Dspoilt.seed=%d", seed).isEqualTo(NINE);
        // Records of a list that share one time and are more than a page are read twice, and looked for first.
        assertThat(microsoft.readings(feed))
                .as("requests with pages of %d, -Dspoilt.seed=%d", pageSize, seed)
                .hasSizeLessThan(40 + (feed.isHuntingTable() ? 2 : 8) * good.size() + 70 * spoilt.size());

        microsoft.recovers();
        retry(feed);

        good.addAll(spoilt.keySet());
        assertThat(stored(feed)).as("stored at the end, -Dspoilt.seed=%d", seed).containsExactlyElementsOf(good);
        assertThat(owed(feed)).as("owed at the end, -Dspoilt.seed=%d", seed).isEmpty();
    }

    static Stream<Diagnosis> failuresThatMayBeAboutTheSize() {
        return Stream.of(
                Diagnosis.of(Trouble.BROKEN_OFF, "The answer broke off.", "Nothing to do."),
                Diagnosis.of(Trouble.TOO_BIG, "The answer is too big.", "Nothing to do."),
                Diagnosis.of(Trouble.TIMED_OUT, "We waited for too long.", "Nothing to do."),
                FakePoller.error500());
    }

    @ParameterizedTest
    @MethodSource("failuresThatMayBeAboutTheSize")
    void asksForSmallerPagesAndKeepsTheSizeThatWorked(Diagnosis failure) throws InterruptedException {
        for (var at = 1; at <= 100; at++) {
            holds(Feed.ALERTS, "a%03d".formatted(at), QUARTER.from().plusSeconds(8L * at));
        }
        microsoft.breaksOffAbove(Feed.ALERTS, 30, failure);
        var passage = passage(Feed.ALERTS, 200);

        passThrough(passage, Feed.ALERTS);
        var first = List.copyOf(asked(Feed.ALERTS));
        for (var round = 0; round < 5; round++) {
            parts.clock().advance(Duration.ofSeconds(10));
            passThrough(passage, Feed.ALERTS);
        }

        assertThat(stored(Feed.ALERTS)).hasSize(100);
        assertThat(owed(Feed.ALERTS)).isEmpty();
        assertThat(first.stream().filter(reading -> reading.pageSize() > 30)).hasSizeLessThan(6);
        assertThat(asked(Feed.ALERTS).subList(first.size(), asked(Feed.ALERTS).size()))
                .isNotEmpty()
                .allMatch(reading -> reading.pageSize() <= 30 && reading.pageSize() >= 10);

        var beforeTheDay = asked(Feed.ALERTS).size();
        for (var round = 0; round < 24 * 12; round++) {
            parts.clock().advance(Duration.ofMinutes(5));
            passThrough(passage, Feed.ALERTS);
        }
        assertThat(asked(Feed.ALERTS).stream().skip(beforeTheDay).filter(reading -> reading.pageSize() > 30))
                .isNotEmpty()
                .hasSizeLessThan(24 + 8);

        microsoft.recovers();
        for (var round = 0; round < 12; round++) {
            parts.clock().advance(Duration.ofMinutes(10));
            passThrough(passage, Feed.ALERTS);
        }
        assertThat(asked(Feed.ALERTS).getLast().pageSize()).isGreaterThan(30);
    }

    static Stream<Diagnosis> refusalsOfLongWindows() {
        return Stream.of(
                refused400(Trouble.TOO_HEAVY, "The query execution was preempted."),
                refused400(Trouble.REQUEST_REFUSED, "Something that nobody has seen before."));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfLongWindows")
    void asksForShorterWindowsOfHuntingAndKeepsTheLengthThatWorked(Diagnosis refusal) throws InterruptedException {
        for (var at = 1; at <= 100; at++) {
            holds(ROWS, "r%03d".formatted(at), QUARTER.from().plusSeconds(8L * at));
        }
        var fiveMinutes = Duration.ofMinutes(5);
        microsoft.refusesLongerThan(ROWS, fiveMinutes, refusal);
        var passage = passage(ROWS, 5_000);

        passThrough(passage, ROWS);
        var first = asked(ROWS).size();
        for (var round = 0; round < 5; round++) {
            parts.clock().advance(Duration.ofSeconds(10));
            passThrough(passage, ROWS);
        }

        assertThat(stored(ROWS)).hasSize(100);
        assertThat(owed(ROWS)).isEmpty();
        assertThat(watermark(ROWS)).isEqualTo(NINE);
        assertThat(first).isLessThan(12);
        assertThat(asked(ROWS).subList(first, asked(ROWS).size()))
                .hasSize(5 * 4)
                .allMatch(reading -> reading.window().length().compareTo(fiveMinutes) <= 0)
                .allMatch(reading -> reading.pageSize() == 5_000);
    }

    @Test
    void goesOnForeverAfterOneWindowWasTooLongByChance() throws InterruptedException {
        microsoft.failsOnce(ROWS, refused400(Trouble.TOO_HEAVY, "The query execution was preempted."));
        var passage = passage(ROWS, 5_000);

        for (var poll = 0; poll < 200; poll++) {
            parts.clock().advance(Duration.ofMinutes(5));
            passThrough(passage, ROWS);
        }

        assertThat(asked(ROWS)).hasSizeGreaterThan(200);
        assertThat(watermark(ROWS)).isEqualTo(NINE);
    }

    @Test
    void aHuntingQueryThatIsRefusedWhateverTheWindowIsGivenUpSoonAndNothingIsPassedOver() throws InterruptedException {
        holds(ROWS, "r1", QUARTER.from().plusSeconds(8));
        var refusal = refused400(Trouble.REQUEST_REFUSED, "Semantic error.");
        microsoft.goesAway(ROWS, refusal);

        assertThat(runToEnd(passage(ROWS, 5_000), ROWS)).contains(refusal);

        assertThat(asked(ROWS)).hasSizeLessThan(5);
        assertThat(asked(ROWS).get(1).window()).isEqualTo(QUARTER.firstHalf());
        assertThat(owed(ROWS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Feed.class,
            names = {"LOGON_EVENTS", "ALERTS"})
    void storesWhatCameWithAnAnswerThatIsNotAllAndEverythingBehindItAndKeepsTheCheckpoint(Feed feed)
            throws InterruptedException {
        for (var at = 1; at <= 50; at++) {
            holds(feed, "r%03d".formatted(at), QUARTER.from().plusSeconds(8L * at));
        }
        passThrough(feed, 20);
        var before = parts.get(Feeds.class).of(contoso.directory(), feed).watermark();
        for (var at = 51; at <= 100; at++) {
            holds(feed, "r%03d".formatted(at), NINE.plusSeconds(at));
        }
        var later = new Window(NINE, NINE.plus(Duration.ofMinutes(5)));
        parts.clock().set(later.to());
        var part = new Diagnosis(
                Trouble.MICROSOFT_ERROR,
                "Microsoft Graph answered with a part only.",
                "Nothing to do.",
                Optional.empty(),
                OptionalInt.of(206),
                Optional.empty(),
                Optional.empty());
        microsoft.answersOnce(
                feed,
                reading -> new PollOutcome.Partial(
                        microsoft.page(feed, reading), new PollOutcome.Failed(part, microsoft.receipt(10))));

        assertThat(runToEnd(passage(feed, 20), feed, later)).contains(part);

        var state = parts.get(Feeds.class).of(contoso.directory(), feed);
        assertThat(stored(feed)).hasSize(100);
        assertThat(state.watermark()).isEqualTo(before);
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.trouble()).contains(part);
        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 10)
                        .rows())
                .first()
                .satisfies(row -> {
                    assertThat(row.outcome()).isEqualTo(Ledger.Outcome.FAILED);
                    assertThat(row.newRecords()).isEqualTo(50);
                });

        assertThat(runToEnd(passage(feed, 20), feed, later)).isEmpty();
        assertThat(watermark(feed)).isEqualTo(later.to());
        assertThat(parts.get(Feeds.class).of(contoso.directory(), feed).failures())
                .isZero();
    }

    @Test
    void aWarningThatTakesNothingFromUsIsANotice() throws InterruptedException {
        holds(Feed.ALERTS, "a1", QUARTER.from().plusSeconds(8));
        var notice = Diagnosis.of(Trouble.WARNED, "Microsoft warns: deprecated", "Nothing to do.");
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            var page = microsoft.page(Feed.ALERTS, reading);
            var receipt = page.receipt();
            return new PollOutcome.Page(
                    page.records(),
                    page.next(),
                    page.isFull(),
                    page.count(),
                    new Receipt(
                            receipt.requestId(),
                            receipt.bytes(),
                            receipt.took(),
                            receipt.receivedAt(),
                            receipt.serverTime(),
                            receipt.asked(),
                            Optional.of(notice)));
        });

        passThrough(Feed.ALERTS, 20);

        var state = parts.get(Feeds.class).of(contoso.directory(), Feed.ALERTS);
        assertThat(stored(Feed.ALERTS)).hasSize(1);
        assertThat(watermark(Feed.ALERTS)).isEqualTo(NINE);
        assertThat(state.failures()).isZero();
        assertThat(state.trouble()).contains(notice);
    }

    private static Diagnosis refused400(Trouble trouble, String words) {
        return new Diagnosis(
                trouble,
                words,
                "Cure it.",
                Optional.of("BadRequest"),
                OptionalInt.of(400),
                Optional.empty(),
                Optional.empty());
    }

    private List<Reading> asked(Feed feed) {
        return microsoft.readings(feed);
    }

    private Passage passage(Feed feed, int pageSize) {
        var settings = parts.get(Settings.class).poll();
        return new Passage(
                parts.get(Collector.class),
                parts.get(Quarantine.class),
                settings,
                pageSize,
                settings.interval(feed),
                parts.clock(),
                parts.clock());
    }

    /** Polls once, however many pauses that takes. */
    private void passThrough(Feed feed, int pageSize) throws InterruptedException {
        passThrough(passage(feed, pageSize), feed);
    }

    private void passThrough(Passage passage, Feed feed) throws InterruptedException {
        assertThat(runToEnd(passage, feed)).isEmpty();
    }

    private Optional<Diagnosis> runToEnd(Passage passage, Feed feed) throws InterruptedException {
        return runToEnd(passage, feed, QUARTER);
    }

    /** Gives what it got stuck on, if it did. */
    private Optional<Diagnosis> runToEnd(Passage passage, Feed feed, Window window) throws InterruptedException {
        var source = Source.of(access(), feed, new Look.Onward(), window);
        var place = Place.at(window);
        for (var steps = 0; !place.isEnd(); steps++) {
            assertThat(steps).as("steps").isLessThan(1_000);
            switch (passage.step(source, place)) {
                case StepOutcome.Further(var next, var _) -> place = next;
                case StepOutcome.Paused(var next, var pause, var _) -> {
                    paused = paused.plus(pause);
                    place = next;
                }
                case StepOutcome.Waiting waiting -> throw new AssertionError("There is budget: " + waiting);
                case StepOutcome.Stuck(var failure) -> {
                    return Optional.of(failure.diagnosis());
                }
            }
        }
        return Optional.empty();
    }

    private void retry(Feed feed) throws InterruptedException {
        parts.clock().advance(Duration.ofHours(1));
        new OwedWindows(
                        contoso.directory(),
                        feed,
                        parts.get(Collector.class),
                        parts.get(Quarantine.class),
                        parts.get(Settings.class).poll(),
                        parts.clock())
                .read(access(), pause -> {});
    }

    private ReadAccess.Usable access() {
        return (ReadAccess.Usable)
                parts.get(SecurityDevices.class).accessTo(contoso.directory()).orElseThrow();
    }

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    private void holds(Feed feed, String id, Instant time) {
        microsoft.holds(feed, time, feed.isHuntingTable() ? """
                          {"Timestamp":"%s","ActionType":"LogonSuccess","AccountName":"ada","ReportId":"%s"}""".formatted(time, id) : """
                          {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"DCSync","severity":"high",\
                          "status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, time, time));
    }

    private Instant watermark(Feed feed) {
        return parts.get(Feeds.class)
                .of(contoso.directory(), feed)
                .watermark()
                .orElseThrow()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private List<QuarantinedWindow> owed(Feed feed) {
        return parts.get(Quarantine.class)
                .list(Scope.everything(), Optional.of(contoso.id()), Optional.of(feed), Optional.of(true), 0, 1_000)
                .rows();
    }

    private List<String> stored(Feed feed) {
        var sql = feed.isHuntingTable()
                ? "select report_id from hunting_row where tenant_id = :tenant order by report_id collate \"C\""
                : "select id from vendor_alert where tenant_id = :tenant order by id collate \"C\"";
        return new ArrayList<>(parts.get(JdbcClient.class)
                .sql(sql)
                .param("tenant", contoso.directory().value())
                .query(String.class)
                .list());
    }
}
