package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static dev.gatehouse.workbench.records.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.Probes;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.ReadPage.Detour;
import dev.gatehouse.workbench.collect.ReadPage.PastRead;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import dev.gatehouse.workbench.reconcile.Reconciliations.Schedule;
import dev.gatehouse.workbench.replay.Replays;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the loops ask of the database, they ask of one device, many times a minute. With hundreds of devices in the
 * database it must not cost more: no plan reads the rows of all of them.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RowsOfOneDeviceTest {

    private static final int DEVICES = 50;
    private static final UUID PROCESS = UUID.randomUUID();
    private static final Duration HOUR = Duration.ofHours(1);

    /** Seven days of hours, as they are compared when nothing else is configured. */
    private static final Schedule SCHEDULE = new Schedule(NINE.minus(HOUR.multipliedBy(167)), HOUR, Duration.ofDays(1));

    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Diagnosis WHY = Diagnosis.of(Trouble.TIMED_OUT, "It took too long.", "Wait.");

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    private final UUID replay;
    private final UUID window;
    private final long rowsOfOneDevice;
    private final Lease lease = new Lease(contoso.directory(), PROCESS, 1);

    RowsOfOneDeviceTest() {
        fill();
        replay = oneOf("replay where tenant_id = ? and state = 'queued'");
        rowsOfOneDevice = countRowsOfOneDevice();
        window = oneOf("quarantined_window where tenant_id = ? and resolved_at is null");
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    /** Something that a loop asks of the database. */
    interface Question {
        void ask(RowsOfOneDeviceTest test);
    }

    record Asked(String what, Question question) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Asked> whatTheLoopsAsk() {
        return Stream.of(
                new Asked(
                        "the device",
                        test -> test.parts.get(SecurityDevices.class).find(Scope.everything(), test.contoso.id())),
                new Asked(
                        "how it is read",
                        test -> test.parts.get(SecurityDevices.class).accessTo(test.contoso.directory())),
                new Asked(
                        "what it signs in with",
                        test -> test.parts.get(SecurityDevices.class).credentials(test.contoso.id())),
                new Asked("its lease", test -> Fence.under(test.lease, test.parts.get(Fence.class)::require)),
                new Asked("its feeds", test -> test.feeds().of(test.contoso.directory())),
                new Asked("one feed", test -> test.feeds().of(test.contoso.directory(), Feed.ALERTS)),
                new Asked(
                        "a failed poll", test -> test.feeds().failed(test.contoso.directory(), Feed.ALERTS, WHY, NINE)),
                new Asked("the next poll", test -> test.feeds().planned(test.contoso.directory(), Feed.ALERTS, NINE)),
                new Asked(
                        "a second look", test -> test.feeds().lookedTwice(test.contoso.directory(), Feed.ALERTS, NINE)),
                new Asked("a page", test -> test.parts
                        .get(PageTransaction.class)
                        .keep(delivery(test.contoso, Feed.ALERTS, NINE, alert(test.contoso, "fresh", NINE)))),
                new Asked("a detour", test -> test.parts
                        .get(PageTransaction.class)
                        .passOver(new Detour(
                                request(test.contoso, Feed.ALERTS, NINE),
                                Optional.of(new Quarantine.Owed(new Window(NINE.minus(HOUR), NINE), WHY, 1, NINE)),
                                Optional.of(NINE),
                                Optional.of(new PastRead(
                                        test.replays().progressOf(test.replay), NINE, Optional.empty()))))),
                new Asked(
                        "a failed request",
                        test -> test.parts.get(Ledger.class).failed(request(test.contoso, Feed.ALERTS, NINE), WHY)),
                new Asked("a probe", test -> test.parts
                        .get(Probes.class)
                        .outside(test.contoso.directory(), Feed.LOGON_EVENTS, new Window(NINE.minus(HOUR), NINE))),
                new Asked("what is in quarantine", test -> test.quarantine()
                        .firstIn(test.contoso.directory(), Feed.ALERTS, new Window(NINE.minus(HOUR), NINE))),
                new Asked("what is owed and due", test -> test.quarantine()
                        .due(test.contoso.directory(), Feed.ALERTS, NINE, 20)),
                new Asked("a failed retry", test -> test.quarantine().failedAgain(test.window, WHY, NINE, NINE)),
                new Asked("a window in two", test -> test.quarantine().cutInTwo(test.window, Duration.ofSeconds(1))),
                new Asked("missing backfills", test -> test.replays()
                        .addBackfills(test.contoso.directory(), Duration.ofDays(30), NINE)),
                new Asked("whether there is history to read", test -> test.replays()
                        .withWork(List.of(test.contoso.directory()))),
                new Asked("whether there are hours to compare", test -> test.reconciliations()
                        .withWork(List.of(test.contoso.directory()), SCHEDULE, NINE)),
                new Asked("whether survivors are missing", test -> test.parts
                        .get(VendorIncidents.class)
                        .withMissingSurvivors(List.of(test.contoso.directory()))),
                new Asked("open replays", test -> test.replays().open(test.contoso.directory())),
                new Asked("a replay's first page", test -> test.replays().begin(test.replay, NINE)),
                new Asked("a replay that is stuck", test -> test.replays().stuck(test.replay, WHY, NINE)),
                new Asked("hours to compare", test -> test.reconciliations()
                        .due(test.contoso.directory(), SCHEDULE, NINE)),
                new Asked("healed hours", test -> test.reconciliations().settle(test.contoso.directory())),
                new Asked("an hour", test -> test.reconciliations()
                        .find(Scope.everything(), test.contoso.directory(), Feed.ALERTS, NINE)),
                new Asked("records of an hour", test -> test.reconciliations()
                        .held(test.contoso.directory(), Feed.ALERTS, new Window(NINE.minus(HOUR), NINE))),
                new Asked("rows by the hour", test -> test.reconciliations()
                        .heldRows(test.contoso.directory(), Feed.LOGON_EVENTS, new Window(NINE.minus(HOUR), NINE))),
                new Asked("a compared hour", test -> test.reconciliations()
                        .checked(
                                test.hour(),
                                State.EQUAL,
                                new Count(1, 1, 0, 0, 0, 0, 0),
                                Optional.empty(),
                                Optional.empty(),
                                NINE)),
                new Asked("an hour that fails", test -> test.reconciliations().failed(test.hour(), WHY)),
                new Asked(
                        "missing survivors",
                        test -> test.parts.get(VendorIncidents.class).missingSurvivors(test.contoso.directory())));
    }

    @ParameterizedTest
    @MethodSource("whatTheLoopsAsk")
    void readsNoRowsOfOtherDevices(Asked asked) {
        assertThat(rowsReadBy(asked.question())).isLessThan(rowsOfOneDevice);
    }

    @Test
    void readsNoWeekOfHoursToSayThatNoneIsToBeCompared() {
        assertThat(rowsReadBy(
                        test -> test.reconciliations().withWork(List.of(test.contoso.directory()), SCHEDULE, NINE)))
                .isLessThan(50);
    }

    @Test
    void noticesAQuestionAboutAllDevices() {
        assertThat(rowsReadBy(test -> test.reconciliations().list(Scope.everything(), ALL, 0, 1)))
                .isGreaterThan(rowsOfOneDevice);
    }

    private long rowsReadBy(Question question) {
        var read = parts.get(TransactionTemplate.class).execute(status -> {
            var before = rowsRead();
            question.ask(this);
            status.setRollbackOnly();
            return rowsRead() - before;
        });
        return read == null ? 0 : read;
    }

    private long rowsRead() {
        return look().sql(
                        "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_xact_user_tables")
                .query(Long.class)
                .single();
    }

    private static final String ROWS_OF_ONE_DEVICE = """
            select (select count(*) from feed where tenant_id = :tenant)
                 + (select count(*) from replay where tenant_id = :tenant)
                 + (select count(*) from quarantined_window where tenant_id = :tenant)
                 + (select count(*) from reconciliation where tenant_id = :tenant)
                 + (select count(*) from poll_window where tenant_id = :tenant)
                 + (select count(*) from vendor_alert where tenant_id = :tenant)
                 + (select count(*) from vendor_incident where tenant_id = :tenant)
                 + (select count(*) from hunting_row where tenant_id = :tenant)
            """;

    private long countRowsOfOneDevice() {
        return look().sql(ROWS_OF_ONE_DEVICE)
                .param("tenant", contoso.directory().value())
                .query(Long.class)
                .single();
    }

    private UUID oneOf(String what) {
        return look().sql("select id from " + what + " limit 1")
                .param(contoso.directory().value())
                .query(UUID.class)
                .single();
    }

    private static final String FILL = """
            with tenants as (
                insert into tenant (tenant_id, organization_id)
                select gen_random_uuid(), o.id from organization o, generate_series(2, :devices) n
                returning tenant_id)
            insert into security_device (id, kind, name, location, directory_id, application_id, cloud, sealed_secret,
                                         created_at, updated_at)
            select gen_random_uuid(), 'microsoft_defender_for_identity', 'Tenant', 'cloud', tenant_id, gen_random_uuid(), '', '', now(), now() from tenants;

            insert into lease (tenant_id, process_id, epoch, since, until)
            select directory_id, :process, 1, now(), now() + interval '1 day' from security_device;

            create temporary table read_feed as
            select d.directory_id as tenant_id, f.feed, cast(:now as timestamptz) as now
            from security_device d
            cross join unnest(array['alerts', 'incidents', 'logon-events', 'query-events', 'directory-events']) f (feed);

            insert into feed (tenant_id, feed, watermark, second_look_at, read_from)
            select tenant_id, feed, now, now, now - interval '7 days' from read_feed;

            insert into replay (id, tenant_id, feed, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            select gen_random_uuid(), tenant_id, feed, purpose, now - interval '30 days', now,
                   case when state = 'done' then now - interval '30 days' else now end, state, 'ada', now
            from read_feed
            cross join (values ('backfill', 'done'), ('request', 'done'), ('request', 'done'), ('request', 'queued'))
                p (purpose, state);

            insert into quarantined_window (id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, next_at, trouble, trouble_cause, trouble_cure, resolved_at)
            select gen_random_uuid(), tenant_id, feed, now - n * interval '1 hour',
                   now - n * interval '1 hour' + interval '1 minute', 1, now, now, now, 'timed_out', 'Why.', 'Wait.',
                   case when n > 2 then now end
            from read_feed cross join generate_series(1, 10) n;

            insert into reconciliation (tenant_id, feed, hour, state, checks, checked_at)
            select tenant_id, feed, date_trunc('hour', now) - n * interval '1 hour', 'equal', 1, now
            from read_feed cross join generate_series(1, 168) n;

            insert into poll_window (id, tenant_id, feed, purpose, window_from, window_to, asked, started_at, ended_at,
                                     requests, pages, took_ms, bytes, new_records, new_versions, same, unreadable,
                                     left_out, outcome, request_ids)
            select gen_random_uuid(), tenant_id, feed, 'poll', now, now, '', now - n * interval '1 minute',
                   now - n * interval '1 minute', 1, 1, 1, 1, 0, 0, 0, 0, 0,
                   case when n = 1 then 'reading' else 'complete' end, '{}'
            from read_feed cross join generate_series(1, 100) n;

            insert into vendor_alert (tenant_id, id, provider_id, incident_id, title, severity, severity_rank, status,
                               classification, determination, category, service_source, detection_source, detector_id,
                               assigned_to, techniques, kinds, created_at, updated_at, version, versions, first_seen_at,
                               last_changed_at, organization_id)
            select tenant_id, 'a' || n, '', 'i' || n, 'DCSync', 'high', 4, 'new', '', '', '', '', '', '', '', '{}', '{}', at,
                   at, sha256(n::text::bytea), 1, at, at, organization_id
            from read_feed join tenant using (tenant_id) cross join generate_series(1, 100) n cross join lateral (select now - n * interval '1 hour' as at) t
            where feed = 'alerts';

            insert into vendor_incident (tenant_id, id, display_name, severity, severity_rank, status, classification,
                                  determination, redirect_id, assigned_to, created_at, updated_at, version, versions,
                                  first_seen_at, last_changed_at, organization_id)
            select tenant_id, 'i' || n, 'Theft', 'high', 4, 'active', '', '', case when n % 10 = 0 then 'i1' else '' end,
                   '', at, at, sha256(n::text::bytea), 1, at, at, organization_id
            from read_feed join tenant using (tenant_id) cross join generate_series(1, 100) n cross join lateral (select now - n * interval '1 hour' as at) t
            where feed = 'incidents';

            insert into hunting_row (tenant_id, feed, version, timestamp, action_type, account_name, account_upn,
                                     device_name, ip_address, target, report_id, first_seen_at, original)
            select tenant_id, feed, sha256(n::text::bytea), now - n * interval '1 hour', '', '', '', '', '', '', '', now, ''
            from read_feed cross join generate_series(1, 100) n
            where feed not in ('alerts', 'incidents');
            """;

    /** As after a week with so many tenants. */
    private void fill() {
        parts.get(TransactionTemplate.class).executeWithoutResult(status -> Stream.of(FILL.split(";\n\n"))
                .forEach(statement -> look().sql(statement)
                        .param("devices", DEVICES)
                        .param("process", PROCESS)
                        .param("now", Columns.timestamp(NINE))
                        .update()));
        look().sql("analyze").update();
    }

    private Place hour() {
        return new Place(contoso.directory(), Feed.ALERTS, NINE.minus(HOUR));
    }

    private JdbcClient look() {
        return parts.get(JdbcClient.class);
    }

    private Feeds feeds() {
        return parts.get(Feeds.class);
    }

    private Replays replays() {
        return parts.get(Replays.class);
    }

    private Quarantine quarantine() {
        return parts.get(Quarantine.class);
    }

    private Reconciliations reconciliations() {
        return parts.get(Reconciliations.class);
    }
}
