package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
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
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What cannot be read is passed over, kept in mind, and read once it can be. */
@TestInstance(Lifecycle.PER_CLASS)
class QuarantineTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;
    private FeedLoop loop;
    private LookBackLoop lookingBack;
    private List<Duration> slept = new ArrayList<>();
    private boolean timePasses;

    QuarantineTest() {
        parts.with("poll.page-size.alerts", "20")
                .with("poll.page-size.hunting-rows", "20")
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        contoso = addDevice();
        loop = loop();
        lookingBack = lookingBack();
    }

    @BeforeEach
    void startAnew() {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock());
        slept = new ArrayList<>();
        timePasses = false;
        contoso = addDevice();
        loop = loop();
        lookingBack = lookingBack();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void passesOverARecordThatNoPageCanHoldAndReadsEverythingAroundIt() throws InterruptedException {
        for (var minute = 1; minute <= 12; minute++) {
            holdsAlert("a%02d".formatted(minute), NINE.minus(MINUTE.multipliedBy(minute)));
        }
        var spoilt = NINE.minus(MINUTE.multipliedBy(7));
        microsoft.spoils(Feed.ALERTS, spoilt);

        attempt();

        assertThat(storedIds()).hasSize(11).doesNotContain("a07");
        assertThat(state().watermark()).contains(NINE);
        assertThat(owed()).singleElement().satisfies(window -> {
            assertThat(window.window().contains(spoilt)).isTrue();
            assertThat(window.window().length()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(window.attempts()).isEqualTo(5);
            assertThat(window.why().httpStatus()).hasValue(500);
            assertThat(window.why().requestId()).contains("request-500");
            assertThat(window.nextAt()).contains(NINE.plus(HOUR));
        });
        assertThat(state().failures()).isZero();
        assertThat(state().owed()).isEqualTo(1);
    }

    @Test
    void needsMinutesAndFewRequestsToPassOverARecord() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));

        attempt();

        assertThat(microsoft.readings(Feed.ALERTS)).hasSizeLessThan(40);
        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofMinutes(5));
        assertThat(slept).allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void isReadAnHourLaterOnceItIsCuredAndStaysInTheHistory() throws InterruptedException {
        holdsAlert("good", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));
        attempt();

        parts.clock().advance(HOUR);
        attempt();
        assertThat(owed()).singleElement().satisfies(window -> {
            assertThat(window.attempts()).isEqualTo(6);
            assertThat(window.nextAt()).contains(NINE.plus(HOUR.multipliedBy(2)));
        });
        assertThat(state().failures()).isZero();

        microsoft.recovers();
        parts.clock().advance(HOUR);
        attempt();

        assertThat(owed()).isEmpty();
        assertThat(storedIds()).containsExactly("bad", "good");
        assertThat(quarantined(Optional.of(false))).singleElement().satisfies(window -> assertThat(window.resolvedAt())
                .contains(NINE.plus(HOUR.multipliedBy(2))));
        assertThat(state().owed()).isZero();
    }

    @Test
    void stepsAroundWhatIsInQuarantineInTheOverlapAndInTheSecondLook() throws InterruptedException {
        holdsAlert("good", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));
        attempt();
        var asked = microsoft.asked().size();

        parts.clock().advance(MINUTE);
        attempt();
        parts.clock().advance(Duration.ofMinutes(59));
        parts.get(Quarantine.class)
                .failedAgain(owed().getFirst().id(), FakePoller.error500(), NINE, NINE.plus(Duration.ofDays(1)));
        holdsAlert("late", NINE.minus(HOUR.multipliedBy(20)));
        attempt();

        assertThat(microsoft.asked().subList(asked, microsoft.asked().size()))
                .extracting(question -> question.reading().window())
                .noneMatch(window -> window.contains(NINE.minus(MINUTE.multipliedBy(7))));
        assertThat(storedIds()).contains("late");
        assertThat(state().failures()).isZero();
        assertThat(owed()).hasSize(1);
    }

    @Test
    void putsNothingIntoQuarantineWhileNothingAtAllIsAnswered() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        attempt();
        microsoft.goesAway(Feed.ALERTS, FakePoller.error500());

        for (var hour = 0; hour < 6; hour++) {
            parts.clock().advance(HOUR);
            attempt();
        }

        assertThat(quarantined(Optional.empty())).isEmpty();
        assertThat(state().watermark()).contains(NINE);
        assertThat(state().failures()).isPositive();
        assertThat(microsoft.readings(Feed.ALERTS)).hasSizeLessThan(70);

        microsoft.recovers();
        attempt();
        assertThat(state().watermark()).contains(NINE.plus(HOUR.multipliedBy(6)));
        assertThat(state().failures()).isZero();
    }

    @Test
    void putsNothingIntoQuarantineWhileOnlyEmptyWindowsAreAnswered() throws InterruptedException {
        for (var minute = 1; minute <= 12; minute++) {
            holdsAlert("a" + minute, NINE.minus(MINUTE.multipliedBy(minute)));
        }
        attempt();
        for (var minute = 1; minute <= 12; minute++) {
            microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(minute)));
        }
        parts.clock().advance(MINUTE);

        attempt();

        assertThat(quarantined(Optional.empty())).isEmpty();
        assertThat(state().failures()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"SECRET_EXPIRED", "PERMISSION_MISSING", "UNREACHABLE", "UNTRUSTED", "REQUEST_REFUSED"})
    void neitherShrinksNorPassesOverAnythingForOtherTroubles(Trouble trouble) throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        microsoft.goesAway(Feed.ALERTS, Diagnosis.of(trouble, "No.", "Cure it."));

        for (var round = 0; round < 30; round++) {
            attempt();
        }

        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(30).allSatisfy(reading -> {
            assertThat(reading.pageSize()).isEqualTo(20);
            assertThat(reading.window()).isEqualTo(new Window(NINE.minus(Duration.ofMinutes(15)), NINE));
        });
        assertThat(quarantined(Optional.empty())).isEmpty();
    }

    @Test
    void passesOverASpoiltRecordAlsoWhenMicrosoftAsksToWaitWithEachError() throws InterruptedException {
        for (var minute = 1; minute <= 12; minute++) {
            holdsAlert("a%02d".formatted(minute), NINE.minus(MINUTE.multipliedBy(minute)));
        }
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7))).asksToWait(Duration.ofSeconds(11));
        timePasses = true;

        loop.attempt();

        assertThat(storedIds()).hasSize(11).doesNotContain("a07");
        assertThat(owed()).hasSize(1);
        assertThat(microsoft.readings(Feed.ALERTS)).hasSizeLessThan(40);
    }

    @Test
    void neitherShrinksNorPassesOverAnythingWhileItIsRefused() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE));
        microsoft.goesAway(Feed.ALERTS, Diagnosis.of(Trouble.THROTTLED, "No.", "Wait."));

        for (var round = 0; round < 5; round++) {
            loop.attempt();
            parts.clock().advance(HOUR);
        }

        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(5).allSatisfy(reading -> assertThat(reading.pageSize())
                .isEqualTo(20));
        assertThat(quarantined(Optional.empty())).isEmpty();
    }

    @Test
    void halvesAWindowThatTakesTooLongWhateverThePage() throws InterruptedException {
        holdsAlert("a1", NINE.minus(MINUTE.multipliedBy(14)));
        holdsAlert("a2", NINE.minus(MINUTE));
        var slow = new Window(
                NINE.minus(MINUTE.multipliedBy(8)),
                NINE.minus(MINUTE.multipliedBy(8)).plusMillis(300));
        microsoft.spoils(Feed.ALERTS, slow);

        attempt();

        assertThat(storedIds()).containsExactly("a2", "a1");
        assertThat(covered(owed(), slow)).isTrue();
        assertThat(owed()).extracting(window -> window.window().length()).allSatisfy(length -> assertThat(length)
                .isLessThanOrEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void passesOverALongSpoiltStretchInFewWindowsAndCutsThemFinerWithEachRetry() throws InterruptedException {
        holdsAlert("before", NINE.minus(MINUTE.multipliedBy(14)));
        holdsAlert("behind", NINE.minus(MINUTE));
        var slow = new Window(NINE.minus(MINUTE.multipliedBy(12)), NINE.minus(MINUTE.multipliedBy(5)));
        microsoft.spoils(Feed.ALERTS, slow);

        attempt();

        assertThat(storedIds()).contains("before");
        assertThat(covered(owed(), slow)).isTrue();
        assertThat(owed()).hasSizeLessThan(12);
        var longest = longest();

        parts.clock().advance(HOUR);
        attempt();

        assertThat(covered(owed(), slow)).isTrue();
        assertThat(longest()).isLessThan(longest);
        microsoft.recovers();
        for (var round = 0; round < 4; round++) {
            parts.clock().advance(HOUR);
            attempt();
        }
        assertThat(owed()).isEmpty();
        assertThat(storedIds()).containsExactly("behind", "before");
    }

    @Test
    void goesBackToLargePagesBehindWhatItPassedOver() throws InterruptedException {
        holdsAlert("good", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));
        attempt();

        parts.clock().advance(MINUTE);
        attempt();

        assertThat(microsoft.readings(Feed.ALERTS).getLast().pageSize()).isEqualTo(20);
    }

    @Test
    void goesBackToLargePagesSoonWhenOneFailedByChance() throws InterruptedException {
        holdsFortyAlerts();
        microsoft.failsOnce(Feed.ALERTS, Diagnosis.of(Trouble.TOO_BIG, "Too big.", "Nothing to do."));

        attempt();

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::pageSize)
                .startsWith(20, 5)
                .endsWith(20);
        assertThat(storedIds()).hasSize(40);
    }

    @Test
    void remembersForAWhileThatPagesAreTooBig() throws InterruptedException {
        holdsFortyAlerts();
        microsoft.breaksOffAbove(Feed.ALERTS, 10, Diagnosis.of(Trouble.TOO_BIG, "Too big.", "Nothing to do."));

        attempt();

        assertThat(microsoft.readings(Feed.ALERTS))
                .extracting(Reading::pageSize)
                .startsWith(20, 5)
                .endsWith(10);
        assertThat(storedIds()).hasSize(40);

        microsoft.recovers();
        parts.clock().advance(HOUR.plus(MINUTE));
        for (var round = 0; round < 2; round++) {
            parts.clock().advance(MINUTE);
            attempt();
        }
        assertThat(microsoft.readings(Feed.ALERTS).getLast().pageSize()).isEqualTo(20);
    }

    private void holdsFortyAlerts() {
        for (var second = 1; second <= 40; second++) {
            holdsAlert("a%02d".formatted(second), NINE.minusSeconds(second));
        }
    }

    @ParameterizedTest
    @EnumSource(FakePoller.Order.class)
    void splitsByTimeWhatIsMoreThanOnePageWhateverItsOrder(FakePoller.Order order) throws InterruptedException {
        microsoft.lists(order);
        for (var second = 1; second <= 800; second++) {
            holdsAlert("a%03d".formatted(second), NINE.minusSeconds(second));
        }

        attempt();

        assertThat(storedIds()).hasSize(800);
        assertThat(microsoft.readings(Feed.ALERTS)).hasSizeLessThan(2 * 800 / 20);
        // What changes while links are followed slips from page to page, and nothing would tell.
        assertThat(microsoft.readings(Feed.ALERTS))
                .noneMatch(reading -> reading.link().isPresent());
    }

    @Test
    void passesOverPagesThatLinkInACircleAndStoresWhatIsNewer() throws InterruptedException {
        holdsAlert("before", NINE.minus(MINUTE.multipliedBy(9)));
        var tie = NINE.minus(MINUTE.multipliedBy(7));
        for (var at = 1; at <= 25; at++) {
            holdsAlert("tied-%02d".formatted(at), tie);
        }
        holdsAlert("newer", NINE.minus(MINUTE));
        microsoft.linksInACircle(Feed.ALERTS);

        loop.attempt();

        assertThat(storedIds()).hasSize(27);
        assertThat(state().watermark()).contains(NINE);
        assertThat(owed()).singleElement().satisfies(window -> {
            assertThat(window.window().contains(tie)).isTrue();
            assertThat(window.window().length()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(window.why().trouble()).isEqualTo(Trouble.PAGING_FAILED);
        });
        assertThat(microsoft.readings(Feed.ALERTS)).hasSizeLessThan(40);

        microsoft.recovers();
        parts.clock().advance(HOUR.plus(MINUTE));
        attempt();
        assertThat(owed()).isEmpty();
    }

    @Test
    void notesEveryProbeInTheLedger() throws InterruptedException {
        holdsAlert("good", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));

        attempt();

        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 100)
                        .rows())
                .singleElement()
                .satisfies(window -> {
                    assertThat(window.requests())
                            .isEqualTo(microsoft.readings(Feed.ALERTS).size());
                    assertThat(window.outcome()).isEqualTo(Ledger.Outcome.COMPLETE);
                });
    }

    @Test
    void keepsTheWatermarkWhenTheDatabaseDoesNotTakeThePromise() throws InterruptedException {
        holdsAlert("good", NINE.minus(MINUTE.multipliedBy(9)));
        holdsAlert("bad", NINE.minus(MINUTE.multipliedBy(7)));
        microsoft.spoils(Feed.ALERTS, NINE.minus(MINUTE.multipliedBy(7)));
        parts.get(JdbcClient.class)
                .sql("alter table quarantined_window add constraint full_disk check (false) not valid")
                .update();

        attempt();
        parts.get(JdbcClient.class)
                .sql("alter table quarantined_window drop constraint full_disk")
                .update();

        assertThat(state().watermark().orElseThrow()).isBeforeOrEqualTo(NINE.minus(MINUTE.multipliedBy(7)));
        assertThat(owed()).isEmpty();

        attempt();
        assertThat(state().watermark()).contains(NINE);
        assertThat(owed()).hasSize(1);
    }

    @Test
    void losesNothingHoweverRecordsAreSpoilt() throws InterruptedException {
        var first = Long.getLong("quarantine.seed", new Random().nextLong(1_000_000));
        for (var seed = first; seed < first + 12; seed++) {
            startAnew();
            losesNothing(seed);
        }
    }

    private void losesNothing(long seed) throws InterruptedException {
        var random = new Random(seed);
        var truth = new TreeMap<String, Instant>();
        var spoilt = new ArrayList<Instant>();
        holdsAlert("anchor", NINE.minus(Duration.ofMinutes(14)));
        truth.put("anchor", NINE.minus(Duration.ofMinutes(14)));
        var count = 5 + random.nextInt(60);
        for (var at = 0; at < count; at++) {
            var time = NINE.minusMillis(1 + random.nextInt(13 * 60 * 1000));
            var id = "a%03d".formatted(at);
            holdsAlert(id, time);
            truth.put(id, time);
            if (random.nextInt(12) == 0) {
                spoilt.add(time);
                microsoft.spoils(Feed.ALERTS, time);
            }
        }

        for (var round = 0; round < 3; round++) {
            attempt();
            parts.clock().advance(MINUTE);
        }

        var windows = owed();
        var stored = storedIds();
        assertThat(state().failures())
                .as("failures, -Dquarantine.seed=%d", seed)
                .isZero();
        assertThat(spoilt)
                .as("spoilt and not in quarantine, -Dquarantine.seed=%d", seed)
                .allMatch(time ->
                        windows.stream().anyMatch(window -> window.window().contains(time)));
        assertThat(windows)
                .as("in quarantine without need, -Dquarantine.seed=%d", seed)
                .allMatch(window -> spoilt.stream().anyMatch(window.window()::contains));
        truth.forEach((id, time) -> {
            if (windows.stream().noneMatch(window -> window.window().contains(time))) {
                assertThat(stored).as("stored, -Dquarantine.seed=%d", seed).contains(id);
            }
        });

        microsoft.recovers();
        for (var round = 0; round < 3; round++) {
            parts.clock().advance(HOUR);
            attempt();
        }

        assertThat(owed()).as("still owed, -Dquarantine.seed=%d", seed).isEmpty();
        assertThat(storedIds())
                .as("stored at the end, -Dquarantine.seed=%d", seed)
                .containsExactlyInAnyOrderElementsOf(truth.keySet());
    }

    private static boolean covered(List<QuarantinedWindow> windows, Window stretch) {
        var position = stretch.from();
        for (var window : windows.stream()
                .map(QuarantinedWindow::window)
                .sorted(Comparator.comparing(Window::from))
                .toList()) {
            if (window.contains(position)) {
                position = window.to();
            }
        }
        return !position.isBefore(stretch.to());
    }

    private Duration longest() {
        return owed().stream()
                .map(window -> window.window().length())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private List<QuarantinedWindow> owed() {
        return quarantined(Optional.of(true));
    }

    private List<QuarantinedWindow> quarantined(Optional<Boolean> owed) {
        return parts.get(Quarantine.class)
                .list(Scope.everything(), Optional.of(contoso.id()), Optional.of(Feed.ALERTS), owed, 0, 1_000)
                .rows();
    }

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    private FeedLoop loop() {
        return new FeedLoop(contoso.directory(), Feed.ALERTS, surroundings(), refusal(), new NotingSleeper());
    }

    /** A poll, and a look back for as long as there is something to do at the moment. */
    private void attempt() throws InterruptedException {
        loop.attempt();
        lookingBack.hurry();
        var pause = Optional.of(Duration.ZERO);
        while (pause.filter(Duration::isZero).isPresent()) {
            pause = lookingBack.attempt();
        }
    }

    private LookBackLoop lookingBack() {
        return new LookBackLoop(contoso.directory(), surroundings(), refusal(), new NotingSleeper());
    }

    private SignInRefusal refusal() {
        return new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
    }

    private FeedLoop.Surroundings surroundings() {
        return CollectorParts.surroundings(parts);
    }

    private FeedState state() {
        return parts.get(Feeds.class).of(contoso.directory(), Feed.ALERTS);
    }

    private List<String> storedIds() {
        return parts
                .get(VendorAlerts.class)
                .list(
                        Scope.everything(),
                        VendorAlertFilter.ALL.ofDevice(contoso.id()),
                        VendorAlertOrder.NEWEST,
                        0,
                        1_000)
                .rows()
                .stream()
                .map(row -> row.id())
                .toList();
    }

    private void holdsAlert(String id, Instant updated) {
        microsoft.holds(Feed.ALERTS, updated, """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, updated, updated));
    }

    /** Notes how long it was to sleep, and does not; time passes all the same where a test needs that. */
    private final class NotingSleeper implements Sleeper {

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            if (timePasses) {
                parts.clock().advance(duration);
            }
        }

        @Override
        public void wake() {
            // Nobody sleeps.
        }
    }
}
