package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.PollRequested;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.SharedFact;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.ProcessId;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.platform.postgres.Access;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LeasesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration GONE_AT_ONCE = Duration.ZERO;

    private static final Settings SHORT_LEASE = Peer.settings(Map.of("gatehouse.lease.duration", "1s"));

    private static final List<SharedFact<?>> FACTS = List.of(
            new SharedFact<>("poll-requested", PollRequested.class, id -> new PollRequested(new TenantId(id))),
            new SharedFact<>(DeviceChanged.FACT, DeviceChanged.class, DeviceChanged::new));

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final JdbcClient database = parts.get(JdbcClient.class);
    private final List<Peer> started = new ArrayList<>();
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();

    /** One of several processes on the database, with work that only notes which devices it is done for. */
    private final class Peer {

        private final ThisProcess identity = new ThisProcess(new ProcessId());
        private final Set<TenantId> works = ConcurrentHashMap.newKeySet();
        private final List<Object> heard = new CopyOnWriteArrayList<>();
        private final ProcessMessages messages = new ProcessMessages(database, identity, heard::add, FACTS);
        private final Leases leases;

        Peer() {
            this(settings(Map.of()));
        }

        Peer(Settings settings) {
            var factory = new StaticListableBeanFactory();
            TenantWork work = tenant -> List.of(new NotingLoop(tenant, works));
            factory.addBean("work", work);
            var background = new Background(parts.clock(), List.of(), fatal::add);
            var loops = new TenantLoops(factory.getBeanProvider(TenantWork.class), background, parts.clock());
            leases = new Leases(
                    parts.get(DataSource.class),
                    identity,
                    loops,
                    messages,
                    parts.get(Storage.class),
                    settings,
                    background,
                    new SimpleMeterRegistry());
        }

        Peer start() {
            started.add(this);
            leases.start();
            return this;
        }

        private static Settings settings(Map<String, String> values) {
            return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("gatehouse", Settings.class);
        }
    }

    /** Runs from its first round until it is stopped. */
    private static final class NotingLoop extends Loop {

        private final TenantId tenant;
        private final Set<TenantId> works;

        NotingLoop(TenantId tenant, Set<TenantId> works) {
            super(new SystemSleeper());
            this.tenant = tenant;
            this.works = works;
        }

        @Override
        protected Optional<Duration> round() throws InterruptedException {
            works.add(tenant);
            try {
                Thread.sleep(LONG);
                return Optional.empty();
            } finally {
                works.remove(tenant);
            }
        }

        @Override
        protected Duration databaseIsAway(RuntimeException cause) {
            return LONG;
        }

        @Override
        protected Duration failed(Fault fault) {
            return LONG;
        }

        @Override
        protected String name() {
            return "Noting tenant " + tenant;
        }
    }

    private List<TenantId> tenants;

    @BeforeEach
    void addDevices() {
        var all = parts.get(DeviceEditing.class);
        tenants = IntStream.range(0, 5)
                .mapToObj(number -> all.add(Scope.everything(), WorkbenchParts.draft("Tenant " + number), "tester")
                        .directory())
                .toList();
    }

    @AfterEach
    void close() throws IOException {
        started.forEach(process -> process.leases.stop());
        parts.close();
    }

    @Test
    void aProcessAloneWorksOnEveryDevice() {
        var alone = new Peer().start();

        await().atMost(PATIENCE).until(() -> alone.works.equals(Set.copyOf(tenants)));
    }

    @Test
    void anotherProcessGetsItsShareAtOnceAndNoDeviceIsWorkedOnTwice() {
        var first = new Peer().start();
        await().atMost(PATIENCE).until(() -> first.works.size() == 5);

        var second = new Peer().start();
        // The first would look by itself after ten seconds; it need not wait for that to be told.
        second.messages.tell("leases", "joined");

        await().atMost(PATIENCE).until(() -> first.works.size() == 3 && second.works.size() == 2);
        assertThat(first.works).doesNotContainAnyElementsOf(second.works);
    }

    @Test
    void aProcessThatStopsHandsItsDevicesOverWithoutWaitingForTheLeasesEnd() {
        var first = new Peer().start();
        await().atMost(PATIENCE).until(() -> first.works.size() == 5);
        var second = new Peer().start();

        first.leases.stop();

        assertThat(first.works).isEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> second.works.size() == 5);
    }

    @Test
    void aDeviceThatWasChangedIsWorkedOnAnewWithoutWaitingForTheNextBeat() {
        var alone = new Peer(Peer.settings(Map.of("gatehouse.lease.duration", "1h"))).start();
        await().atMost(PATIENCE).until(() -> alone.works.size() == 5);

        var device = parts.get(SecurityDevices.class)
                .of(Scope.everything(), tenants.getFirst())
                .getFirst()
                .id();
        parts.get(DeviceEditing.class).remove(device, "tester");
        alone.messages.tell(new DeviceChanged(device));

        await().atMost(PATIENCE).until(() -> alone.works.equals(Set.copyOf(tenants.subList(1, 5))));
    }

    @Test
    void takesOverWhatADeadProcessHeld() {
        var dead = book(GONE_AT_ONCE);
        dead.signOn();
        dead.prepare();
        assertThat(dead.claim(5)).hasSize(5);

        var alive = book(LONG);
        alive.signOn();

        await().atMost(PATIENCE).until(() -> alive.share() == 5);
        assertThat(alive.claim(5)).extracting(Held::tenant).containsExactlyInAnyOrderElementsOf(tenants);
        assertThat(dead.renew()).isEmpty();
    }

    @Test
    void takesNothingThatIsHeld() {
        var first = book(LONG);
        first.prepare();
        assertThat(first.claim(3)).hasSize(3);

        var second = book(LONG);

        assertThat(second.claim(5)).hasSize(2);
        assertThat(first.renew()).hasSize(3);
    }

    @Test
    void aProcessThatWakesUpAfterItsLeasePassedToAnotherStoresNothing() {
        var paused = held(book(GONE_AT_ONCE));
        book(LONG).claim(5);

        assertThatThrownBy(() -> Fence.under(
                        paused, () -> parts.get(PageTransaction.class).keep(emptyPage(paused.tenant()))))
                .isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> Fence.under(paused, () -> parts.get(Feeds.class)
                        .planned(paused.tenant(), Feed.ALERTS, WorkbenchParts.START)))
                .isInstanceOf(LeaseLost.class);
        var why = Diagnosis.of(Trouble.MICROSOFT_ERROR, "Error 500.", "Wait.");
        assertThatThrownBy(() -> Fence.under(paused, () -> parts.get(Quarantine.class)
                        .failedAgain(UUID.randomUUID(), why, WorkbenchParts.START, WorkbenchParts.START)))
                .isInstanceOf(LeaseLost.class);
        var hour = new Place(paused.tenant(), Feed.ALERTS, WorkbenchParts.START);
        assertThatThrownBy(() -> Fence.under(
                        paused, () -> parts.get(Reconciliations.class).failed(hour, why)))
                .isInstanceOf(LeaseLost.class);
        assertThat(parts.get(Feeds.class).of(paused.tenant())).isEmpty();
        assertThat(parts.get(Reconciliations.class).find(Scope.everything(), hour.tenant(), hour.feed(), hour.hour()))
                .isEmpty();
    }

    @Test
    void aProcessThatGotTheDeviceBackStoresNothingOfItsFormerTurn() {
        var process = new ThisProcess(new ProcessId());
        var former = held(new LeaseTable(database, process, GONE_AT_ONCE));
        var present = new LeaseTable(database, process, LONG)
                .claim(5).stream()
                        .map(Held::lease)
                        .filter(lease -> lease.tenant().equals(former.tenant()))
                        .findFirst()
                        .orElseThrow();

        assertThatThrownBy(() -> Fence.under(
                        former, () -> parts.get(PageTransaction.class).keep(emptyPage(former.tenant()))))
                .isInstanceOf(LeaseLost.class);
        Fence.under(present, () -> parts.get(PageTransaction.class).keep(emptyPage(former.tenant())));

        assertThat(parts.get(Feeds.class).of(former.tenant(), Feed.ALERTS).watermark())
                .contains(WorkbenchParts.START);
    }

    @Test
    void aDeviceIsNotTakenInTheMiddleOfItsHoldersTransactionAndItsHolderCanRenewMeanwhile() {
        var holder = new ThisProcess(new ProcessId());
        var lease = held(new LeaseTable(database, holder, Duration.ofSeconds(30)));
        Fence.under(lease, () -> parts.get(Fence.class).run(() -> {
            // The lease runs out while the page is being stored.
            onAnotherThread(() -> assertThat(new LeaseTable(database, holder, GONE_AT_ONCE).renew())
                    .isNotEmpty());
            onAnotherThread(() ->
                    assertThat(book(LONG).claim(5)).extracting(Held::tenant).doesNotContain(lease.tenant()));
        }));

        assertThat(book(LONG).claim(5)).extracting(Held::tenant).containsExactly(lease.tenant());
    }

    @Test
    void takesWhatItsHolderHasLockedByAStatementThatItNeverSendsToItsEnd() throws SQLException, IOException {
        var id = new ProcessId();
        var lease = held(signedOn(id, GONE_AT_ONCE));
        try (var session = sessionOf(id)) {
            standStillInAStatementThatLocks(session, lease);
            assertThat(book(LONG).claim(5)).extracting(Held::tenant).doesNotContain(lease.tenant());

            var alive = new Peer(SHORT_LEASE).start();

            await().atMost(PATIENCE).until(() -> alive.works.contains(lease.tenant()));
            // The server lets go of its locks a moment before the session is off its list.
            await().atMost(PATIENCE).until(() -> sessions(id) == 0);
        }
    }

    @Test
    void freesWhatItsHolderHasLockedBesidesItsTenantsWhenOthersHaveThemAlready() throws SQLException, IOException {
        var id = new ProcessId();
        var lease = held(signedOn(id, GONE_AT_ONCE));
        var alive = new Peer(SHORT_LEASE).start();
        await().atMost(PATIENCE).until(() -> alive.works.containsAll(tenants));

        try (var session = sessionOf(id)) {
            standStillInAStatementThatLocks(session, lease);

            await().atMost(PATIENCE).until(() -> sessions(id) == 0);
        }
    }

    @Test
    void getsToWorkThoughAnotherProcessStandsStillWhileItMakesALease() throws SQLException, IOException {
        var id = new ProcessId();
        signedOn(id, GONE_AT_ONCE);
        try (var session = sessionOf(id)) {
            standStillInAStatementAfter(
                    session,
                    "insert into lease (tenant_id, until) values ('%s', '-infinity')".formatted(tenants.getFirst()));

            var alive = new Peer(SHORT_LEASE).start();

            await().atMost(PATIENCE).until(() -> alive.works.containsAll(tenants));
        }
    }

    @Test
    void endsNoSessionButOfAProcessThatHasNotSaidThatItIsAliveAndStandsStillInATransactionForAsLongAsALease()
            throws SQLException, IOException {
        var holder = new ProcessId();
        var lease = held(signedOn(holder, LONG));
        var other = new ProcessId();
        try (var standing = sessionOf(holder);
                var idle = sessionOf(holder);
                var ofAnother = sessionOf(other)) {
            standStillInAStatementThatLocks(standing, lease);
            standStillInAStatementThatLocks(ofAnother, lease);
            idle.commit();

            assertThat(book(GONE_AT_ONCE).endStandingStill())
                    .as("it has just said that it is alive")
                    .isEmpty();

            var sleepy = signedOn(holder, GONE_AT_ONCE);
            assertThat(sleepy.endStandingStill()).as("they are its own").isEmpty();
            assertThat(book(LONG).endStandingStill())
                    .as("it has not stood still for so long")
                    .isEmpty();
            assertThat(book(GONE_AT_ONCE).endStandingStill()).containsExactly(new ThisProcess(holder).name());
            await().atMost(PATIENCE).until(() -> sessions(holder) == 1);
            assertThat(idle.isValid(1)).isTrue();
            assertThat(sessions(other)).isEqualTo(1);
        }
    }

    @Test
    void endsSessionsOfAnotherLoginThatItMayEnd() throws SQLException, IOException {
        var ours = parts.database().username();
        var holder = new ProcessId();
        var lease = held(signedOn(holder, GONE_AT_ONCE));
        try (var standing = sessionOf(holder)) {
            standStillInAStatementThatLocks(standing, lease);

            assertThat(bookOf(parts.database().loginWith(ours)).endStandingStill())
                    .as("with the rights of the one that stands still")
                    .hasSize(1);
        }
        try (var standing = sessionOf(holder, parts.database().loginWith(ours))) {
            standStillInAStatementThatLocks(standing, lease);

            assertThat(bookOf(parts.database().loginWith(ours, "pg_read_all_stats", "pg_signal_backend"))
                            .endStandingStill())
                    .as("with the right to end others'")
                    .hasSize(1);
        }
    }

    @Test
    void leavesSessionsAloneThatItMayNotEnd() throws SQLException, IOException {
        var ours = parts.database().username();
        var holder = new ProcessId();
        var lease = held(signedOn(holder, GONE_AT_ONCE));
        try (var ofAnotherLogin = sessionOf(holder, parts.database().loginWith(ours));
                var ofTheSuperuser = sessionOf(holder, parts.database().superuser())) {
            standStillInAStatementThatLocks(ofAnotherLogin, lease);
            standStillInAStatementThatLocks(ofTheSuperuser, lease);

            assertThat(book(GONE_AT_ONCE).endStandingStill()).isEmpty();
            assertThat(bookOf(parts.database().loginWith(ours, "pg_read_all_stats"))
                            .endStandingStill())
                    .as("it sees them, and may end neither")
                    .isEmpty();
            assertThat(bookOf(parts.database().loginWith(ours, "pg_read_all_stats", "pg_signal_backend"))
                            .endStandingStill())
                    .as("it may not end the superuser's")
                    .hasSize(1);
            await().atMost(PATIENCE).until(() -> sessions(holder) == 1);
        }
    }

    @Test
    void aSessionThatTheServerIsBusyForIsLeftToComeToItsEnd() throws SQLException {
        var id = new ProcessId();
        held(signedOn(id, GONE_AT_ONCE));
        try (var holding = sessionOf(new ProcessId());
                var waiting = sessionOf(id)) {
            execute(holding, "select pg_advisory_xact_lock(1)");
            var done = CompletableFuture.runAsync(
                    () -> execute(waiting, "select pg_advisory_xact_lock(1)"),
                    task -> Thread.ofVirtual().start(task));
            await().atMost(PATIENCE)
                    .until(() ->
                            database.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                                            .query(Long.class)
                                            .single()
                                    > 0);

            assertThat(book(GONE_AT_ONCE).endStandingStill()).isEmpty();

            holding.rollback();
            done.join();
        }
    }

    /** A connection as one of those in the pools of a process. */
    private Connection sessionOf(ProcessId process) throws SQLException {
        var usual = parts.database();
        return sessionOf(process, new Access(usual.url(), usual.username(), usual.password()));
    }

    private static Connection sessionOf(ProcessId process, Access login) throws SQLException {
        var session = DriverManager.getConnection(login.url(), login.username(), login.password());
        session.setClientInfo("ApplicationName", process.sessions());
        session.setAutoCommit(false);
        return session;
    }

    private static void standStillInAStatementThatLocks(Connection session, Lease lease)
            throws SQLException, IOException {
        standStillInAStatementAfter(
                session, "select from lease where tenant_id = '%s' for key share".formatted(lease.tenant()));
    }

    /** To the server a copy of which nothing comes is as any statement of which the rest is missing: not idle. */
    private static void standStillInAStatementAfter(Connection session, String locking)
            throws SQLException, IOException {
        execute(session, "create temporary table page (line text)");
        execute(session, locking);
        session.unwrap(PGConnection.class).getCopyAPI().copyIn("copy page from stdin");
    }

    private static void execute(Connection session, String statement) {
        try (var running = session.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run " + statement, e);
        }
    }

    private int sessions(ProcessId process) {
        return database.sql("select count(*) from pg_stat_activity where application_name = :name")
                .param("name", process.sessions())
                .query(Integer.class)
                .single();
    }

    @Test
    void whatSomebodyAsksOneProcessForReachesTheOtherOnceAndNotTheFirstAgain() {
        var first = new Peer().start();
        var second = new Peer().start();
        await().atMost(PATIENCE).until(() -> first.works.size() + second.works.size() >= 5);
        var request = new PollRequested(tenants.getFirst());

        first.messages.tell(request);
        first.messages.tell("live", "alerts");

        var last = new ProcessMessages.Heard("live", "alerts");
        await().atMost(PATIENCE).until(() -> second.heard.contains(last));
        assertThat(second.heard.stream().filter(request::equals).toList()).hasSize(1);
        assertThat(first.heard).doesNotContain(request, last);
    }

    @Test
    void aFactHasANameOfItsOwnSoThatAnotherReleaseUnderstandsIt() {
        var peer = new Peer().start();
        // From then on it listens.
        await().atMost(PATIENCE).until(() -> peer.works.size() == 5);
        var request = new PollRequested(tenants.getFirst());

        for (var message : List.of("poll-requested " + request.about(), "of-a-later-release anything")) {
            database.sql("select pg_notify('gatehouse', :message)")
                    .param("message", UUID.randomUUID() + " " + message)
                    .query((row, number) -> number)
                    .list();
        }

        await().atMost(PATIENCE)
                .until(() -> peer.heard.containsAll(
                        List.of(request, new ProcessMessages.Heard("of-a-later-release", "anything"))));
    }

    private LeaseTable book(Duration duration) {
        return new LeaseTable(database, new ThisProcess(new ProcessId()), duration);
    }

    /** The book of a process that has said that it is alive, for so long. */
    private LeaseTable signedOn(ProcessId process, Duration duration) {
        var book = new LeaseTable(database, new ThisProcess(process), duration);
        book.signOn();
        return book;
    }

    /** The book of a process with another login. */
    private static LeaseTable bookOf(Access login) {
        var connections = new DriverManagerDataSource(login.url(), login.username(), login.password());
        return new LeaseTable(JdbcClient.create(connections), new ThisProcess(new ProcessId()), GONE_AT_ONCE);
    }

    /** Claims a device, and gives its lease, which has ended already if it lasts no time at all. */
    private static Lease held(LeaseTable book) {
        book.prepare();
        return book.claim(1).getFirst().lease();
    }

    /** A page that moves the checkpoint of the device's alerts, and has nothing on it. */
    private ReadPage emptyPage(TenantId tenant) {
        var now = WorkbenchParts.START;
        var request = new Request(
                tenant,
                Feed.ALERTS,
                PollWindow.begin(Purpose.POLL, new Window(now.minus(Duration.ofMinutes(15)), now)),
                now,
                Duration.ofMillis(1),
                0,
                Optional.empty(),
                "");
        return new ReadPage(request, List.of(), List.of(), List.of(), Optional.of(now), Optional.empty());
    }

    /** Spring keeps a transaction with its thread; another thread gets another connection. */
    private static void onAnotherThread(Runnable check) {
        CompletableFuture.runAsync(check, task -> Thread.ofVirtual().start(task))
                .join();
    }
}
