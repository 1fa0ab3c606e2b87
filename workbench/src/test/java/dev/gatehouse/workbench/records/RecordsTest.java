package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static dev.gatehouse.workbench.records.Examples.incident;
import static dev.gatehouse.workbench.records.Examples.logon;
import static dev.gatehouse.workbench.records.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.dao.DataAccessException;

@TestInstance(Lifecycle.PER_CLASS)
class RecordsTest {

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final PageTransaction records = parts.get(PageTransaction.class);
    private final Feeds feeds = parts.get(Feeds.class);
    private final VendorAlerts alerts = parts.get(VendorAlerts.class);
    private SecurityDevice contoso;

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @BeforeEach
    void addDevice() {
        contoso = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    @Test
    void keepsRecordsAndCheckpointTogether() {
        var taken = records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE.minusSeconds(30))))
                .taken();

        assertThat(taken).isEqualTo(new Taken(1, 0, 0, 0, 0));
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS))
                .returns(Optional.of(NINE), FeedState::watermark)
                .returns(Optional.of(NINE), FeedState::lastSuccess)
                .returns(Optional.of(NINE), FeedState::lastData)
                .returns(1L, FeedState::records)
                .returns(1L, FeedState::versions);
    }

    @Test
    void countsTheRecordsOfEachDayThatCameForTheFirstTime() {
        var one = delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE), alert(contoso, "a2", NINE));
        records.keep(one);
        records.keep(one);
        records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE.plusSeconds(1))));
        records.keep(delivery(contoso, Feed.LOGON_EVENTS, NINE, logon(contoso, "mallory", NINE)));

        assertThat(parts.get(org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql(
                                "select feed || ' ' || day || ' ' || records from record_day where tenant_id = :tenant order by 1")
                        .param("tenant", contoso.directory().value())
                        .query(String.class)
                        .list())
                .containsExactly("alerts 2026-11-23 2", "logon-events 2026-11-23 1");
    }

    @Test
    void changesNothingWhenTheSamePageComesAgain() {
        var page = delivery(
                contoso,
                Feed.ALERTS,
                NINE,
                alert(contoso, "a1", NINE.minusSeconds(30)),
                alert(contoso, "a2", NINE.minusSeconds(20)));
        records.keep(page);

        var again = records.keep(page).taken();

        assertThat(again).isEqualTo(new Taken(0, 0, 2, 0, 0));
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS))
                .returns(2L, FeedState::records)
                .returns(2L, FeedState::versions);
        assertThat(open("a1").versions()).hasSize(1);
    }

    @Test
    void storesOfRecognisedRecordsThoseThatAreNotThere() {
        var older = alert(contoso, "a1", NINE.minusSeconds(30));
        var newer = alert(contoso, "a1", NINE.minusSeconds(20));
        var there = alert(contoso, "a2", NINE.minusSeconds(10));
        records.keep(delivery(contoso, Feed.ALERTS, NINE, older, there));

        var taken = records.keep(recognised(older, newer, newer, there)).taken();

        assertThat(taken).isEqualTo(new Taken(0, 1, 3, 0, 0));
        assertThat(open("a1").alert()).isEqualTo(newer);
        assertThat(open("a1").versions()).hasSize(2);
    }

    @Test
    void storesARecordOnceThatIsBothParsedAndRecognised() {
        var one = alert(contoso, "a1", NINE);
        var page = recognised(one);

        var taken = parts.get(Records.class)
                .take(new Delivery(
                        page.request().origin(), List.of(one), page.recognised(), List.of(), List.of(), List.of()));

        assertThat(taken).isEqualTo(new Taken(1, 0, 1, 0, 0));
    }

    @Test
    void takesNoHuntingRowThatWasNotParsed() {
        var row = logon(contoso, "alice", NINE);
        var recognised = List.of(new Delivery.Recognised(row.id(), row.version(), row.original()));
        var origin = request(contoso, Feed.LOGON_EVENTS, NINE).origin();

        assertThatThrownBy(() -> new Delivery(origin, List.of(), recognised, List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ReadPage recognised(VendorAlert... alerts) {
        return new ReadPage(
                request(contoso, Feed.ALERTS, NINE),
                List.of(),
                Arrays.stream(alerts)
                        .map(alert -> new Delivery.Recognised(alert.id(), alert.version(), alert.original()))
                        .toList(),
                List.of(),
                List.of(),
                Optional.of(NINE),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void countsARecordOnceThatStandsTwiceOnAPage() {
        var one = alert(contoso, "a1", NINE);

        var taken = records.keep(delivery(contoso, Feed.ALERTS, NINE, one, one)).taken();

        assertThat(taken).isEqualTo(new Taken(1, 0, 1, 0, 0));
    }

    @Test
    void replacesTheCurrentRecordByANewerVersion() {
        records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE.minusSeconds(30))));

        var taken = records.keep(
                        delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE, ",\"status\":\"resolved\"")))
                .taken();

        assertThat(taken.newVersions()).isEqualTo(1);
        assertThat(taken.newRecords()).isZero();
        var opened = open("a1");
        assertThat(opened.row().status()).hasToString("resolved");
        assertThat(opened.row().versions()).isEqualTo(2);
        assertThat(opened.versions()).extracting(Version::isCurrent).containsExactly(true, false);
    }

    @Test
    void keepsAnOlderVersionThatComesLateWithoutReplacingTheCurrentOne() {
        records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE, ",\"status\":\"resolved\"")));

        var taken = records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE.minusSeconds(30))))
                .taken();

        assertThat(taken.newVersions()).isEqualTo(1);
        var opened = open("a1");
        assertThat(opened.row().status()).hasToString("resolved");
        assertThat(opened.row().versions()).isEqualTo(2);
        assertThat(opened.alert().updated()).isEqualTo(NINE);
    }

    @Test
    void takesSeveralVersionsOfOneRecordFromOnePage() {
        var taken = records.keep(delivery(
                        contoso,
                        Feed.ALERTS,
                        NINE,
                        alert(contoso, "a1", NINE),
                        alert(contoso, "a1", NINE.minusSeconds(10)),
                        alert(contoso, "a1", NINE.minusSeconds(20))))
                .taken();

        assertThat(taken).isEqualTo(new Taken(1, 2, 0, 0, 0));
        assertThat(open("a1").row().updated()).isEqualTo(NINE);
        assertThat(open("a1").row().versions()).isEqualTo(3);
    }

    @Test
    void keepsTheEntitiesOfTheCurrentVersionOnly() {
        records.keep(delivery(
                contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE.minusSeconds(30), evidenceOf("mallory"))));

        records.keep(delivery(contoso, Feed.ALERTS, NINE, alert(contoso, "a1", NINE, evidenceOf("alice"))));

        assertThat(open("a1").row().entities()).containsExactly("contoso\\alice");
    }

    @Test
    void neverMovesTheWatermarkBack() {
        records.keep(delivery(contoso, Feed.ALERTS, NINE));

        records.keep(delivery(contoso, Feed.ALERTS, NINE.minus(Duration.ofHours(2))));

        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).watermark()).contains(NINE);
    }

    @Test
    void leavesTheWatermarkAloneWhenThePageDoesNotTell() {
        records.keep(delivery(contoso, Feed.ALERTS, NINE));
        var secondLook = new ReadPage(
                request(contoso, Feed.ALERTS, NINE.plusSeconds(60)),
                List.of(alert(contoso, "late", NINE.minusSeconds(9_000))),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());

        var taken = records.keep(secondLook).taken();

        assertThat(taken.newRecords()).isEqualTo(1);
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).watermark()).contains(NINE);
    }

    @Test
    void keepsNothingOfAPageWhoseLastRowTheDatabaseRefuses() {
        records.keep(delivery(contoso, Feed.ALERTS, NINE));
        parts.database()
                .look()
                .sql("alter table poll_window add constraint refuse check (tenant_id <> '%s') not valid"
                        .formatted(contoso.directory()))
                .update();
        try {
            var page = delivery(contoso, Feed.ALERTS, NINE.plusSeconds(60), alert(contoso, "a1", NINE));

            assertThatThrownBy(() -> records.keep(page)).isInstanceOf(DataAccessException.class);

            assertThat(alerts.find(Scope.everything(), contoso.directory(), "a1"))
                    .isEmpty();
            assertThat(feeds.of(contoso.directory(), Feed.ALERTS).watermark()).contains(NINE);
        } finally {
            parts.database()
                    .look()
                    .sql("alter table poll_window drop constraint refuse")
                    .update();
        }
    }

    @Test
    void cutsTheSeventhDigitOfATimeAndNeverRoundsItUp() {
        var almost = Instant.parse("2026-11-23T08:59:59.9999999Z");

        records.keep(delivery(contoso, Feed.ALERTS, almost, alert(contoso, "a1", almost)));

        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).watermark())
                .contains(Instant.parse("2026-11-23T08:59:59.999999Z"));
        assertThat(open("a1").row().updated()).isEqualTo(Instant.parse("2026-11-23T08:59:59.999999Z"));
        assertThat(open("a1").alert().updated()).isEqualTo(almost);
    }

    @Test
    void takesTextsThatPostgresCannotHoldOrIndex() {
        var odd = alert(
                contoso,
                "a1",
                NINE,
                ",\"title\":\"before\\u0000after \\ud800\"",
                evidenceOf("\\u0000" + "long".repeat(2_000)),
                ",\"incidentId\":\"" + "9".repeat(9_000) + "\"");

        records.keep(delivery(contoso, Feed.ALERTS, NINE, odd));

        assertThat(open("a1").row().title()).startsWith("before\uFFFDafter");
        assertThat(open("a1").alert().original()).isEqualTo(odd.original());
    }

    @Test
    void keepsAnUnreadableRecordOnceWithItsBytes() {
        var original = Original.of("{\"id\":");
        var page = new ReadPage(
                request(contoso, Feed.ALERTS, NINE),
                List.of(),
                List.of(),
                List.of(new Delivery.Unreadable(original, "It is not well-formed JSON", 1)),
                Optional.of(NINE),
                Optional.empty());

        assertThat(records.keep(page).taken().unreadable()).isEqualTo(1);
        assertThat(records.keep(page).taken().unreadable()).isZero();

        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).unreadable()).isEqualTo(1);
        var kept = parts.database()
                .look()
                .sql("select original from unreadable_record where tenant_id = ?")
                .param(contoso.directory().value())
                .query(byte[].class)
                .single();
        assertThat(Compressed.inflate(kept)).isEqualTo(original);
    }

    @Test
    void countsAnAlertOfAnotherProductOnceAndDoesNotKeepIt() {
        var page = new ReadPage(
                request(contoso, Feed.ALERTS, NINE),
                List.of(),
                List.of(Delivery.LeftOut.of(alert(contoso, "other", NINE))),
                List.of(),
                Optional.of(NINE),
                Optional.empty());

        assertThat(records.keep(page).taken().leftOut()).isEqualTo(1);
        assertThat(records.keep(page).taken().leftOut()).isZero();

        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).leftOut()).isEqualTo(1);
        assertThat(alerts.find(Scope.everything(), contoso.directory(), "other"))
                .isEmpty();
    }

    @Test
    void keepsAHuntingRowOnce() {
        var page =
                delivery(contoso, Feed.LOGON_EVENTS, NINE, logon(contoso, "alice", NINE), logon(contoso, "bob", NINE));

        assertThat(records.keep(page).taken().newRecords()).isEqualTo(2);
        assertThat(records.keep(page).taken()).isEqualTo(new Taken(0, 0, 2, 0, 0));
    }

    @Test
    void saysWhenAFeedHasRecovered() {
        feeds.failed(contoso.directory(), Feed.ALERTS, Diagnosis.of(Trouble.UNREACHABLE, "No route.", "Look."), NINE);

        assertThat(records.keep(delivery(contoso, Feed.ALERTS, NINE)).hasRecovered())
                .isTrue();
        assertThat(records.keep(delivery(contoso, Feed.ALERTS, NINE)).hasRecovered())
                .isFalse();
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).trouble()).isEmpty();
    }

    @Test
    void showsANoticeAboutAPageThatCameWithoutCallingItAFailure() {
        var notice = Diagnosis.of(Trouble.CLOCK_SKEW, "The clock is 10 minutes behind.", "Set it.");
        records.keep(new ReadPage(
                request(contoso, Feed.ALERTS, NINE),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(NINE),
                Optional.of(notice)));

        assertThat(feeds.of(contoso.directory(), Feed.ALERTS))
                .returns(Optional.of(notice), FeedState::trouble)
                .returns(0, FeedState::failures);
    }

    @Test
    void aPageOfADirectoryThatTheDeviceHasLeftCountsForThatDirectoryAlone() {
        var elsewhere = parts.get(DeviceEditing.class)
                .update(Scope.everything(), contoso.id(), WorkbenchParts.draft("Contoso"), "tester");

        records.keep(delivery(contoso, Feed.ALERTS, NINE));

        assertThat(feeds.of(elsewhere.directory(), Feed.ALERTS).watermark()).isEmpty();
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).watermark()).contains(NINE);
    }

    @Test
    void writesWhatBecameOfEveryRequestIntoTheLedger() {
        records.keep(delivery(contoso, Feed.INCIDENTS, NINE, incident(contoso, "7", NINE)));

        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.of(contoso.id()), 0, 10)
                        .rows())
                .singleElement()
                .returns(1, Ledger.Entry::newRecords)
                .returns(4_096L, Ledger.Entry::bytes)
                .returns(List.of("request-1"), Ledger.Entry::requestIds)
                .returns(Optional.empty(), Ledger.Entry::problem);
    }

    @Test
    void lettingManyStoreTheSameRecordsAtOnceNeitherFailsNorCountsTwice() throws Exception {
        var page = new ArrayList<VendorAlert>();
        for (var at = 0; at < 40; at++) {
            page.add(alert(contoso, "a" + at, NINE.minusSeconds(at)));
        }
        var results = new ArrayList<Future<Taken>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var round = 0; round < 12; round++) {
                var shuffled = new ArrayList<>(page);
                Collections.shuffle(shuffled, new Random(round));
                results.add(threads.submit(() -> records.keep(delivery(contoso, Feed.ALERTS, NINE, shuffled))
                        .taken()));
            }
        }

        assertThat(results).extracting(RecordsTest::newRecords).contains(40).containsOnly(0, 40);
        assertThat(feeds.of(contoso.directory(), Feed.ALERTS).records()).isEqualTo(40);
    }

    private static int newRecords(Future<Taken> result) {
        try {
            return result.get().newRecords();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("A page was not taken", e);
        }
    }

    private VendorAlertDetail open(String id) {
        return alerts.find(Scope.everything(), contoso.directory(), id).orElseThrow();
    }

    private static String evidenceOf(String account) {
        return ",\"evidence\":[{\"@odata.type\":\"#microsoft.graph.security.userEvidence\",\"roles\":[\"attacker\"],"
                + "\"userAccount\":{\"accountName\":\"" + account + "\",\"domainName\":\"contoso\"}}]";
    }
}
