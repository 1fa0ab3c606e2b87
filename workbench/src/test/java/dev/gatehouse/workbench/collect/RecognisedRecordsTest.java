package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.ReadPage.PastRead;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.records.Taken;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What was read before is not parsed again, and nothing else follows from that. */
@TestInstance(Lifecycle.PER_CLASS)
class RecognisedRecordsTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String IDENTITY = "microsoftDefenderForIdentity";
    private static final String ENDPOINT = "microsoftDefenderForEndpoint";

    private final WorkbenchParts parts = new WorkbenchParts();
    private FakePoller microsoft = new FakePoller(parts.clock());
    private SecurityDevice contoso;

    RecognisedRecordsTest() {
        parts.with(
                Poller.class,
                () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        contoso = addDevice();
    }

    @BeforeEach
    void startAnew() {
        parts.clock().set(NINE);
        microsoft = new FakePoller(parts.clock());
        contoso = addDevice();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void whatThePollBeforeHasReadIsRecognised() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        holds(Feed.INCIDENTS, "7", NINE.minus(MINUTE), "");

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();
        assertThat(recognised(Feed.INCIDENTS, () -> poll(Feed.INCIDENTS))).isZero();
        parts.clock().advance(MINUTE);
        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isEqualTo(1);
        assertThat(recognised(Feed.INCIDENTS, () -> poll(Feed.INCIDENTS))).isEqualTo(1);

        assertThat(state(Feed.ALERTS)).returns(1L, FeedState::records).returns(1L, FeedState::versions);
        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 0, changed 0, same 1, left out 0");
        assertThat(lastRow(Feed.INCIDENTS)).isEqualTo("new 0, changed 0, same 1, left out 0");
    }

    @Test
    void aRecordThatHasChangedIsParsed() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        poll(Feed.ALERTS);
        microsoft.forgets(Feed.ALERTS, "a1");
        holds(Feed.ALERTS, "a1", NINE.plusSeconds(30), IDENTITY);
        parts.clock().advance(MINUTE);

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();

        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 0, changed 1, same 0, left out 0");
        assertThat(state(Feed.ALERTS)).returns(1L, FeedState::records).returns(2L, FeedState::versions);
    }

    @Test
    void theSameContentInOtherBytesIsParsedAndIsNoNewVersion() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        poll(Feed.ALERTS);
        microsoft.forgets(Feed.ALERTS, "a1");
        microsoft.holds(
                Feed.ALERTS,
                NINE.minus(MINUTE),
                json("a1", NINE.minus(MINUTE), IDENTITY).replaceFirst("\\{", "{\"@odata.etag\":\"2\", "));
        parts.clock().advance(MINUTE);

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();

        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 0, changed 0, same 1, left out 0");
    }

    @Test
    void whatTheDatabaseHasForgottenIsStoredAgainAlthoughItIsRecognised() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        holds(Feed.ALERTS, "a2", NINE.minus(MINUTE), IDENTITY);
        holds(Feed.INCIDENTS, "7", NINE.minus(MINUTE), "");
        poll(Feed.ALERTS);
        poll(Feed.INCIDENTS);
        var before = versions();
        forget("undecided_vendor_alert", "a1");
        forget("vendor_alert_entities", "alert_id", "a1");
        forget("vendor_alert_version", "a1");
        forget("vendor_alert", "a1");
        forget("vendor_incident_version", "7");
        forget("vendor_incident", "7");
        parts.clock().advance(MINUTE);

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isEqualTo(2);
        assertThat(recognised(Feed.INCIDENTS, () -> poll(Feed.INCIDENTS))).isEqualTo(1);

        assertThat(versions()).containsExactlyInAnyOrderElementsOf(before).hasSize(3);
        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 1, changed 0, same 1, left out 0");
        assertThat(lastRow(Feed.INCIDENTS)).isEqualTo("new 1, changed 0, same 0, left out 0");
        assertThat(column("select id from vendor_alert where tenant_id = :tenant"))
                .containsExactlyInAnyOrder("a1", "a2");
        assertThat(column("select name from vendor_alert_entity where tenant_id = :tenant and alert_id = 'a1'"))
                .containsExactlyElementsOf(
                        column("select name from vendor_alert_entity where tenant_id = :tenant and alert_id = 'a2'"))
                .isNotEmpty();
        assertThat(column("select id from undecided_vendor_alert where tenant_id = :tenant"))
                .contains("a1");
    }

    @Test
    void aPageThatIsNotStoredLeavesNothingBehind() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        parts.database()
                .look()
                .sql("alter table poll_window add constraint refuse check (tenant_id <> '%s') not valid"
                        .formatted(contoso.directory()))
                .update();
        try {
            poll(Feed.ALERTS);
        } finally {
            parts.database()
                    .look()
                    .sql("alter table poll_window drop constraint refuse")
                    .update();
        }

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();
        assertThat(column("select id from vendor_alert where tenant_id = :tenant"))
                .containsExactly("a1");
    }

    @Test
    void noTenantFindsWhatAnotherHasRead() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        poll(Feed.ALERTS);
        contoso = addDevice();

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();

        assertThat(state(Feed.ALERTS).records()).isEqualTo(1);
    }

    @Test
    void anAlertOfAnotherProductIsRecognisedAndStaysLeftOutUntilADeviceWantsIt() throws InterruptedException {
        holds(Feed.ALERTS, "theirs", NINE.minus(MINUTE), ENDPOINT);
        poll(Feed.ALERTS);
        parts.clock().advance(MINUTE);

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isEqualTo(1);
        assertThat(state(Feed.ALERTS).leftOut()).isEqualTo(1);
        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 0, changed 0, same 0, left out 0");
        assertThat(column("select service_source from left_out_vendor_alert where tenant_id = :tenant"))
                .containsExactly(ENDPOINT);

        addXdr();
        parts.clock().advance(MINUTE);
        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isEqualTo(1);
        assertThat(lastRow(Feed.ALERTS)).isEqualTo("new 1, changed 0, same 0, left out 0");
        assertThat(column("select service_source from vendor_alert where tenant_id = :tenant"))
                .containsExactly(ENDPOINT);
        assertThat(column("select id from left_out_vendor_alert where tenant_id = :tenant"))
                .isEmpty();
    }

    @Test
    void historyLooksForNothingAndLeavesNothingBehind() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        var window = new Window(NINE.minus(HOUR), NINE);
        var history = new Look.Again(new NoLog(), window);

        assertThat(recognised(Feed.ALERTS, () -> collect(history, window))).isZero();
        assertThat(recognised(Feed.ALERTS, () -> collect(history, window))).isZero();
        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();
        assertThat(recognised(Feed.ALERTS, () -> collect(history, window))).isZero();
    }

    @Test
    void aPollLeavesBehindOnlyWhatTheNextOneReadsAgain() throws InterruptedException {
        holds(Feed.ALERTS, "old", NINE.minus(MINUTE.multipliedBy(20)), IDENTITY);
        holds(Feed.ALERTS, "recent", NINE.minus(MINUTE.multipliedBy(15)), IDENTITY);
        var poll = new Window(NINE.minus(HOUR), NINE);

        collect(new Look.Onward(), poll);

        assertThat(recognised(Feed.ALERTS, () -> collect(new Look.Onward(), poll)))
                .isEqualTo(1);
        assertThat(recognised(
                        Feed.ALERTS,
                        () -> collect(
                                new Look.Onward(),
                                poll,
                                new Window(NINE.minus(HOUR), NINE.minus(MINUTE.multipliedBy(15))))))
                .as("pages of a backlog look for nothing")
                .isZero();
    }

    @Test
    void aSecondLookLeavesBehindWhatThereIsRoomFor() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(HOUR.multipliedBy(2)), IDENTITY);
        var window = new Window(NINE.minus(HOUR.multipliedBy(24)), NINE.minus(MINUTE.multipliedBy(15)));

        assertThat(recognised(Feed.ALERTS, () -> collect(new Look.Second(), window)))
                .isZero();
        assertThat(recognised(Feed.ALERTS, () -> collect(new Look.Second(), window)))
                .isEqualTo(1);
    }

    @Test
    void aComparisonLooksAndLeavesNothingBehindAndSeesWhatIsRecognised() throws InterruptedException {
        holds(Feed.ALERTS, "a1", NINE.minus(MINUTE), IDENTITY);
        var window = new Window(NINE.minus(HOUR), NINE);
        var seen = new ArrayList<RecordSummary>();
        var comparison = new Look.Aside((understood, unreadable) -> seen.addAll(understood));

        assertThat(recognised(Feed.ALERTS, () -> collect(comparison, window))).isZero();
        assertThat(recognised(Feed.ALERTS, () -> collect(comparison, window))).isZero();
        poll(Feed.ALERTS);
        assertThat(recognised(Feed.ALERTS, () -> collect(comparison, window))).isEqualTo(1);

        assertThat(seen).hasSize(3).containsOnly(seen.getFirst());
        assertThat(seen.getFirst())
                .returns("a1", RecordSummary::id)
                .returns(NINE.minus(MINUTE), RecordSummary::orderedBy)
                .returns(NINE.minus(MINUTE).minusSeconds(5), RecordSummary::created);
    }

    @Test
    void aRecordThatIsTooLargeToBeParsedBesideTheMemoryOfPagesIsParsedEachTime() throws InterruptedException {
        microsoft.holds(
                Feed.ALERTS,
                NINE.minus(MINUTE),
                json("a1", NINE.minus(MINUTE), IDENTITY).replace("DCSync", "x".repeat(RecordReader.LARGEST)));
        poll(Feed.ALERTS);

        assertThat(recognised(Feed.ALERTS, () -> poll(Feed.ALERTS))).isZero();
    }

    @Test
    void aThirtySecondOfTheHeapHoldsMoreThanAnOverlapOfTwentyAlertsASecond() {
        assertThat(RecordReader.recordsOf(512L * 1024 * 1024)).isEqualTo(41_943);
    }

    private interface Act {
        void run() throws InterruptedException;
    }

    /** How many records were recognised meanwhile. */
    private int recognised(Feed feed, Act act) throws InterruptedException {
        var before = recognised(feed);
        act.run();
        return recognised(feed) - before;
    }

    private int recognised(Feed feed) {
        return (int) parts.get(MeterRegistry.class)
                .counter("gatehouse.records.recognised", "feed", feed.key())
                .count();
    }

    private static final class NoLog implements ProgressLog {

        @Override
        public void pageKept(PastRead read, Taken taken, Optional<Diagnosis> notice, Instant at) {}

        @Override
        public void passedOver(PastRead read, Instant at) {}
    }

    private void collect(Look look, Window window) throws InterruptedException {
        collect(look, window, window);
    }

    private void collect(Look look, Window window, Window page) throws InterruptedException {
        var access = (ReadAccess.Usable)
                parts.get(SecurityDevices.class).accessTo(contoso.directory()).orElseThrow();
        assertThat(parts.get(Collector.class)
                        .collect(Source.of(access, Feed.ALERTS, look, window), Reading.of(page, 100)))
                .isInstanceOf(Step.Taken.class);
    }

    private void poll(Feed feed) throws InterruptedException {
        var surroundings = CollectorParts.surroundings(parts);
        var refusal = new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
        new FeedLoop(contoso.directory(), feed, surroundings, refusal, new NoSleep()).attempt();
    }

    private SecurityDevice addDevice() {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    private void addXdr() {
        parts.get(DeviceEditing.class)
                .add(
                        Scope.everything(),
                        WorkbenchParts.draft("Contoso XDR")
                                .with(DeviceField.KIND, DeviceKind.DEFENDER_XDR.key())
                                .with(
                                        DeviceField.DIRECTORY_ID,
                                        contoso.directory().toString()),
                        "tester");
    }

    private void holds(Feed feed, String id, Instant updated, String source) {
        microsoft.holds(feed, updated, json(id, updated, source));
    }

    private static String json(String id, Instant updated, String source) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"%s","evidence":[\
                {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"192.0.2.7"}]}""".formatted(id, updated, updated.minusSeconds(5), source);
    }

    private FeedState state(Feed feed) {
        return parts.get(Feeds.class).of(contoso.directory(), feed);
    }

    private String lastRow(Feed feed) {
        return column("""
                select format('new %s, changed %s, same %s, left out %s', new_records, new_versions, same, left_out)
                from poll_window where tenant_id = :tenant and feed = '{feed}' order by started_at desc limit 1
                """.replace("{feed}", feed.key())).getFirst();
    }

    private List<String> versions() {
        return column("""
                select id || ' ' || encode(version, 'hex') from vendor_alert_version where tenant_id = :tenant
                union all
                select id || ' ' || encode(version, 'hex') from vendor_incident_version where tenant_id = :tenant
                """);
    }

    private void forget(String table, String id) {
        forget(table, "id", id);
    }

    private void forget(String table, String column, String id) {
        assertThat(parts.database()
                        .look()
                        .sql("delete from %s where tenant_id = :tenant and %s = :id".formatted(table, column))
                        .param("tenant", contoso.directory().value())
                        .param("id", id)
                        .update())
                .as(table)
                .isPositive();
    }

    private List<String> column(String sql) {
        return parts.database()
                .look()
                .sql(sql)
                .param("tenant", contoso.directory().value())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
