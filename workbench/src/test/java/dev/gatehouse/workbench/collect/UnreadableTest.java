package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.Delivery;
import dev.gatehouse.workbench.records.UnreadableRecord;
import dev.gatehouse.workbench.records.UnreadableRecords;
import dev.gatehouse.workbench.records.UnreadableRecords.Filter;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadableTest {

    private static final Instant CAME = WorkbenchParts.START;
    private static final Instant UPDATE = CAME.plus(Duration.ofDays(30));

    private final WorkbenchParts parts = new WorkbenchParts();

    @SuppressWarnings("NullAway.Init") // before each test
    private SecurityDevice contoso;

    @SuppressWarnings("NullAway.Init")
    private UnreadableService desk;

    @SuppressWarnings("NullAway.Init")
    private UnreadableRecords unreadable;

    @BeforeEach
    void open() {
        CollectorParts.into(parts.with(Poller.class, () -> new FakePoller(parts.clock())))
                .with(UnreadableService.class)
                .open();
        contoso = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "test");
        desk = parts.get(UnreadableService.class);
        unreadable = parts.get(UnreadableRecords.class);
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void movesWhatALaterParserReadsWithTheTimeAtWhichItCame() {
        keep(Feed.ALERTS, 0, alert("a1"), "{\"title\":\"x\"}");
        keep(Feed.INCIDENTS, 0, "{\"id\":\"7\",\"createdDateTime\":\"2026-11-23T08:00:00Z\"}");
        keep(Feed.LOGON_EVENTS, 0, "{\"Timestamp\":\"2026-11-23T08:00:00Z\",\"AccountName\":\"jdoe\"}");
        parts.clock().set(UPDATE);

        desk.retryDue();

        assertThat(desk.list(Scope.everything(), Filter.none(), 0, 10).rows())
                .singleElement()
                .satisfies(still -> {
                    assertThat(still.reason()).isEqualTo("It has no id");
                    assertThat(still.firstSeen()).isEqualTo(CAME);
                    assertThat(still.requestId()).contains("request-1");
                    assertThat(still.tries()).isEqualTo(new UnreadableRecord.Tries(2, UPDATE, false));
                    assertThat(desk.original(Scope.everything(), still.id()))
                            .isEqualTo(Original.of("{\"title\":\"x\"}"));
                });
        assertThat(firstSeen("vendor_alert")).containsExactly(CAME);
        assertThat(firstSeen("vendor_alert_version")).containsExactly(CAME);
        assertThat(firstSeen("vendor_incident")).containsExactly(CAME);
        assertThat(firstSeen("hunting_row")).containsExactly(CAME);
        assertThat(parts.get(VendorAlerts.class).newSince(Scope.everything(), CAME.plusSeconds(1)))
                .isEmpty();
        assertThat(state(Feed.ALERTS)).containsExactly(1L, 1L);
        assertThat(state(Feed.LOGON_EVENTS)).containsExactly(1L, 0L);
    }

    @Test
    void tellsOnceOfAllThatWasMovedAndMakesNoNewsOfIt() {
        keep(
                Feed.ALERTS,
                0,
                IntStream.range(0, 250).mapToObj(n -> alert("a" + n)).toArray(String[]::new));
        var before = parts.events().size();

        desk.retryDue();

        assertThat(parts.events()).hasSize(before + 1);
        assertThat(parts.events(ReadAfterAll.class)).hasSize(1);
        assertThat(alerts()).isEqualTo(250);
    }

    @Test
    void givesARecordThatHasComeAgainSinceTheTimeAtWhichItCameFirst() {
        keep(Feed.ALERTS, 0, alert("a1"));
        parts.clock().set(UPDATE);
        receive(alert("a1"), UPDATE);
        assertThat(firstSeen("vendor_alert")).containsExactly(UPDATE);

        desk.retryDue();

        assertThat(alerts()).isEqualTo(1);
        assertThat(firstSeen("vendor_alert")).containsExactly(CAME);
        assertThat(firstSeen("vendor_alert_version")).containsExactly(CAME);
        assertThat(unreadable.list(Scope.everything(), Filter.none(), 0, 10).rows())
                .isEmpty();
    }

    @Test
    void countsAnAlertOfAnotherProductInPlaceOfKeepingIt() {
        keep(Feed.ALERTS, 0, alert("a1").replace("microsoftDefenderForIdentity", "microsoftDefenderForEndpoint"));

        assertThat(desk.retry(Scope.everything(), only().id())).isInstanceOf(UnreadableService.Outcome.LeftOut.class);

        assertThat(alerts()).isZero();
        assertThat(desk.list(Scope.everything(), Filter.none(), 0, 10).rows()).isEmpty();
        assertThat(parts.database()
                        .look()
                        .sql("select left_out from feed where feed = 'alerts'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void triesARecordOnceForEachVersionOfTheParser() {
        keep(Feed.ALERTS, 0, "{}");

        desk.retryDue();
        desk.retryDue();

        assertThat(only().tries().count()).isEqualTo(2);
    }

    @Test
    void isDoneOnceWhenSeveralDoItAtOnce() throws InterruptedException {
        keep(
                Feed.ALERTS,
                0,
                IntStream.range(0, 60).mapToObj(n -> alert("a" + n)).toArray(String[]::new));
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var each = 0; each < 4; each++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                    desk.retryDue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(alerts()).isEqualTo(60);
        assertThat(state(Feed.ALERTS)).containsExactly(60L, 0L);
    }

    @Test
    void leavesARecordAloneThatTookTheProcessDownThreeTimes() {
        keep(Feed.ALERTS, 0, alert("a1"));
        for (var start = 0; start < 3; start++) {
            assertThat(unreadable.due(1, 10, 1_000)).containsExactly(only().id());
            unreadable.begin(only().id());
        }

        desk.retryDue();
        assertThat(alerts()).isZero();

        unreadable.tryAgain(Scope.everything(), Filter.none());
        desk.retryDue();
        assertThat(alerts()).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanABatchOfBytesAtOnce() {
        keep(Feed.ALERTS, 0, "{\"x\":\"" + "y".repeat(600) + "\"}", "{\"x\":\"" + "z".repeat(600) + "\"}", "{\"x\":1}");

        assertThat(unreadable.due(1, 10, 1)).hasSize(1);
        assertThat(unreadable.due(1, 2, 100_000)).hasSize(2);
        assertThat(unreadable.due(1, 10, 100_000)).hasSize(3);
        assertThat(unreadable.due(1, 10, 700)).hasSizeBetween(1, 2);
    }

    private void keep(Feed feed, int parserVersion, String... texts) {
        parts.get(PageTransaction.class)
                .keep(new ReadPage(
                        request(feed, CAME),
                        List.of(),
                        List.of(),
                        Arrays.stream(texts)
                                .map(text -> new Delivery.Unreadable(Original.of(text), "Too new", parserVersion))
                                .toList(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void receive(String alert, Instant at) {
        var parsed = new Parser().parse(contoso.directory(), Feed.ALERTS, Original.of(alert));
        parts.get(PageTransaction.class)
                .keep(new ReadPage(
                        request(Feed.ALERTS, at),
                        List.of(((Parsed.Understood) parsed).record()),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Request request(Feed feed, Instant at) {
        return new Request(
                contoso.directory(),
                feed,
                PollWindow.begin(Purpose.POLL, new Window(at.minus(Duration.ofHours(1)), at)),
                at,
                Duration.ofMillis(84),
                12_000,
                Optional.of("request-1"),
                "");
    }

    private static String alert(String id) {
        return """
                {"id":"%s","createdDateTime":"2026-11-23T08:00:00Z","title":"Suspected DCSync attack",\
                "serviceSource":"microsoftDefenderForIdentity"}""".formatted(id);
    }

    private UnreadableRecord only() {
        return desk.list(Scope.everything(), Filter.none(), 0, 2).rows().getFirst();
    }

    private long alerts() {
        return parts.get(VendorAlerts.class)
                .list(Scope.everything(), VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 0, 1)
                .total();
    }

    private List<Instant> firstSeen(String table) {
        return parts.database()
                .look()
                .sql("select first_seen_at from " + table)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
    }

    /** The feed's records and its unreadable ones. */
    private List<Long> state(Feed feed) {
        var state = parts.get(Feeds.class).of(contoso.directory()).stream()
                .filter(each -> each.feed() == feed)
                .findFirst()
                .orElseThrow();
        return List.of(state.records(), state.unreadable());
    }
}
