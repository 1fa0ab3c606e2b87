package dev.gatehouse.workbench.replay;

import static dev.gatehouse.model.DeviceKind.DEFENDER_FOR_IDENTITY;
import static dev.gatehouse.model.DeviceKind.DEFENDER_XDR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.CollectorParts;
import dev.gatehouse.workbench.collect.FakePoller;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.collect.Steady;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlertRow;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One directory with a Defender for Identity device, a Defender XDR device, or both, coming and going. */
class TwoKindsOfDeviceTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final String IDENTITY = "microsoftDefenderForIdentity";
    private static final String ENDPOINT = "microsoftDefenderForEndpoint";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final WorkbenchParts parts = new WorkbenchParts();
    private final FakePoller microsoft = new FakePoller(parts.clock());
    private final SecurityDevice identity;

    TwoKindsOfDeviceTest() {
        parts.with("poll.first-look-back", "2d")
                .with(
                        Poller.class,
                        () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
        CollectorParts.into(parts).open();
        identity = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "ada");
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void theTenantIsAskedOnceForBothAndEachAlertIsStoredOnce() throws InterruptedException {
        holdsIdentity("i1", NINE.minus(MINUTE));
        holdsEndpoint("e1", NINE.minus(MINUTE.multipliedBy(2)));
        addXdr();

        poll();

        assertThat(microsoft.readings(Feed.ALERTS)).hasSize(1);
        assertThat(rows("vendor_alert")).isEqualTo(2);
        assertThat(rows("vendor_alert_version")).isEqualTo(2);
    }

    @Test
    void aDefenderForIdentityDeviceShowsItsPartAndAnXdrDeviceAll() throws InterruptedException {
        holdsIdentity("i1", NINE.minus(MINUTE));
        holdsEndpoint("e1", NINE.minus(MINUTE.multipliedBy(2)));
        var xdr = addXdr();

        poll();

        assertThat(shownBy(identity)).containsExactlyInAnyOrder("i1");
        assertThat(shownBy(xdr)).containsExactlyInAnyOrder("i1", "e1");
        assertThat(alerts(VendorAlertFilter.ALL))
                .extracting(VendorAlertRow::id, VendorAlertRow::deviceName)
                .containsExactlyInAnyOrder(tuple("i1", "Contoso"), tuple("e1", "Contoso XDR"));
    }

    @Test
    void reportsHaveEachRowOnceAndNameADeviceThatShowsIt() throws InterruptedException {
        holdsIdentity("i1", NINE.minus(MINUTE));
        holdsEndpoint("e1", NINE.minus(MINUTE.multipliedBy(2)));
        addXdr();
        poll();

        assertThat(parts.get(JdbcClient.class)
                        .sql("select alert_id || ' ' || device_name from report.alerts")
                        .query((row, number) -> row.getString(1))
                        .list())
                .containsExactlyInAnyOrder("i1 Contoso", "e1 Contoso XDR");
        assertThat(rows("report.poll_windows")).isEqualTo(rows("poll_window"));
    }

    @Test
    void aDeviceThatWantsMoreGetsTheHistoryOfWhatNobodyWanted() throws InterruptedException {
        holdsIdentity("i1", NINE.minus(MINUTE));
        holdsEndpoint("e1", NINE.minus(MINUTE.multipliedBy(2)));
        holdsEndpoint("e2", NINE.minus(HOUR.multipliedBy(30)));
        poll();
        backfill();
        assertThat(stored()).containsExactly("i1");
        assertThat(rows("left_out_vendor_alert")).isEqualTo(2);
        parts.clock().advance(HOUR);

        addXdr();
        poll();
        backfill();

        assertThat(stored()).containsExactlyInAnyOrder("i1", "e1", "e2");
        assertThat(rows("left_out_vendor_alert")).isZero();
        assertThat(versionsOf("i1")).isEqualTo(1);
    }

    @Test
    void theHistoryOfOtherStreamsIsNotReadAgainForIt() throws InterruptedException {
        poll(Feed.INCIDENTS);
        backfill();
        addXdr();

        poll(Feed.INCIDENTS);

        assertThat(parts.get(Replays.class).addBackfills(identity.directory(), HOUR, NINE))
                .isZero();
    }

    @Test
    void whenTheFirstDeviceGoesTheOtherReadsOnFromTheSameCheckpoint() throws InterruptedException {
        var xdr = addXdr();
        poll();
        var before = parts.get(Feeds.class).of(identity.directory(), Feed.ALERTS);
        assertThat(access().connection().application()).isEqualTo(identity.application());

        parts.get(DeviceEditing.class).remove(identity.id(), "ada");

        assertThat(access().connection().application()).isEqualTo(xdr.application());
        assertThat(access().kinds()).containsExactly(DEFENDER_XDR);
        assertThat(parts.get(Feeds.class).of(identity.directory(), Feed.ALERTS)).isEqualTo(before);
        parts.clock().advance(HOUR);
        holdsEndpoint("e9", NINE.plus(MINUTE));
        poll();
        assertThat(microsoft.readings(Feed.ALERTS).getLast().window().from()).isBefore(NINE);
        assertThat(shownBy(xdr)).containsExactly("e9");
    }

    @Test
    void aDisabledDeviceWantsNothing() {
        var xdr = addXdr();
        parts.get(DeviceEditing.class).setEnabled(xdr.id(), false, "ada");
        assertThat(access().kinds()).containsExactly(DEFENDER_FOR_IDENTITY);

        parts.get(DeviceEditing.class).setEnabled(identity.id(), false, "ada");
        assertThat(parts.get(SecurityDevices.class).accessTo(identity.directory()))
                .isEmpty();
    }

    /** In whatever order devices come and go: once polls and histories are through, all that is wanted is there, once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrRepeatedWhateverComesAndGoes(long seed) throws InterruptedException {
        var random = new Random(seed);
        var made = 0;
        var expected = new HashSet<String>();
        for (var step = 0; step < 12; step++) {
            parts.clock().advance(HOUR);
            var now = parts.clock().instant();
            for (var each = 0; each < random.nextInt(3); each++) {
                var at = now.minus(MINUTE.multipliedBy(1 + random.nextInt(50)));
                var id = (random.nextBoolean() ? "i" : "e") + made++;
                holds(id, at, id.startsWith("i") ? IDENTITY : ENDPOINT);
                expected.add(id);
            }
            comeOrGo(random);
            if (random.nextInt(3) > 0 && isRead()) {
                poll();
            }
            if (random.nextInt(4) == 0 && isRead()) {
                backfill();
            }
        }
        enable(DEFENDER_FOR_IDENTITY);
        enable(DEFENDER_XDR);
        poll();
        backfill();

        assertThat(stored()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows("vendor_alert_version")).isEqualTo(expected.size());
    }

    private void comeOrGo(Random random) {
        var kind = random.nextBoolean() ? DEFENDER_FOR_IDENTITY : DEFENDER_XDR;
        var present = device(kind);
        switch (random.nextInt(3)) {
            case 0 -> enable(kind);
            case 1 -> present.ifPresent(device -> parts.get(DeviceEditing.class).remove(device.id(), "ada"));
            default ->
                present.ifPresent(device -> parts.get(DeviceEditing.class).setEnabled(device.id(), false, "ada"));
        }
    }

    private void enable(DeviceKind kind) {
        var present = device(kind);
        if (present.isPresent()) {
            parts.get(DeviceEditing.class).setEnabled(present.get().id(), true, "ada");
        } else {
            add(kind);
        }
    }

    private Optional<SecurityDevice> device(DeviceKind kind) {
        return parts.get(SecurityDevices.class).of(Scope.everything(), identity.directory()).stream()
                .filter(device -> device.kind() == kind)
                .findFirst();
    }

    private boolean isRead() {
        return parts.get(SecurityDevices.class).accessTo(identity.directory()).isPresent();
    }

    private SecurityDevice addXdr() {
        return add(DEFENDER_XDR);
    }

    private SecurityDevice add(DeviceKind kind) {
        parts.clock().advance(Duration.ofSeconds(1));
        return parts.get(DeviceEditing.class)
                .add(
                        Scope.everything(),
                        WorkbenchParts.draft(kind == DEFENDER_XDR ? "Contoso XDR" : "Contoso")
                                .with(DeviceField.KIND, kind.key())
                                .with(
                                        DeviceField.DIRECTORY_ID,
                                        identity.directory().toString()),
                        "ada");
    }

    private ReadAccess.Usable access() {
        return (ReadAccess.Usable)
                parts.get(SecurityDevices.class).accessTo(identity.directory()).orElseThrow();
    }

    private void poll() throws InterruptedException {
        poll(Feed.ALERTS);
    }

    /** A round of polling as the feed's loop does it: from a little before the checkpoint. */
    private void poll(Feed feed) throws InterruptedException {
        var now = parts.clock().instant();
        var from = parts.get(Feeds.class)
                .of(identity.directory(), feed)
                .watermark()
                .orElse(now)
                .minus(Duration.ofMinutes(15));
        var window = new Window(from, now);
        parts.get(Collector.class)
                .collect(Source.of(access(), feed, new Look.Onward(), window), Reading.of(window, 1_000));
    }

    private void backfill() throws InterruptedException {
        var loop = new ReplayLoop(
                identity.directory(),
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
        while (loop.attempt().filter(Duration::isZero).isPresent()) {
            parts.clock().advance(Duration.ofSeconds(1));
        }
        assertThat(parts.get(Replays.class).open(identity.directory())).isEmpty();
    }

    private List<String> shownBy(SecurityDevice device) {
        return alerts(VendorAlertFilter.ALL.ofDevice(device.id())).stream()
                .map(VendorAlertRow::id)
                .toList();
    }

    private Set<String> stored() {
        return new HashSet<>(
                alerts(VendorAlertFilter.ALL).stream().map(VendorAlertRow::id).toList());
    }

    private List<VendorAlertRow> alerts(VendorAlertFilter filter) {
        return new ArrayList<>(parts.get(VendorAlerts.class)
                .list(Scope.everything(), filter, VendorAlertOrder.OLDEST, 0, 1_000)
                .rows());
    }

    private long rows(String table) {
        return parts.get(JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private long versionsOf(String id) {
        return parts.get(JdbcClient.class)
                .sql("select count(*) from vendor_alert_version where id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    private void holdsIdentity(String id, Instant updated) {
        holds(id, updated, IDENTITY);
    }

    private void holdsEndpoint(String id, Instant updated) {
        holds(id, updated, ENDPOINT);
    }

    private void holds(String id, Instant updated, String source) {
        microsoft.holds(Feed.ALERTS, updated, """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"%s"}""".formatted(id, updated, updated, source));
    }
}
