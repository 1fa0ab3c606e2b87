package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.Contents;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.Quarantine.Owed;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.collect.ReadPage.Detour;
import dev.gatehouse.workbench.devices.DeviceCredentials;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.reconcile.Reconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import dev.gatehouse.workbench.replay.Replays;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two processes on one device, one of which has lost it: for each kind of thing that a loop writes. */
class FencedWritesTest {

    private static final Instant NOW = WorkbenchParts.START;
    private static final Window HOUR = new Window(NOW.minus(Duration.ofHours(1)), NOW);
    private static final Diagnosis WHY = Diagnosis.of(Trouble.MICROSOFT_ERROR, "Error 500.", "Wait.");

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final Map<String, Runnable> writes = new LinkedHashMap<>();

    private SecurityDevice device;
    private Lease former;
    private Lease present;

    FencedWritesTest() {
        device = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
        former = LeaseParts.claim(parts, Duration.ZERO);
        present = LeaseParts.claim(parts, Duration.ofHours(1));
    }

    @BeforeEach
    void listEverythingThatLoopsWrite() {
        var replays = parts.get(Replays.class);
        var replay = replays.add(device.directory(), Feed.ALERTS, HOUR, "tester", NOW);
        var another = replays.add(device.directory(), Feed.INCIDENTS, HOUR, "tester", NOW);
        parts.get(PageTransaction.class).passOver(detour());
        var owed = parts.get(Quarantine.class)
                .due(device.directory(), Feed.ALERTS, NOW.plusSeconds(60), 1)
                .getFirst();
        var open = PollWindow.begin(Purpose.REPLAY, HOUR);
        parts.get(Ledger.class).probed(request(open));

        writes.put("a page", () -> parts.get(PageTransaction.class).keep(page()));
        writes.put("a detour", () -> parts.get(PageTransaction.class).passOver(detour()));
        writes.put("an answer in the ledger", () -> parts.get(Ledger.class).answered(request()));
        writes.put("a failure in the ledger", () -> parts.get(Ledger.class).failed(request(), WHY));
        writes.put("a probe in the ledger", () -> parts.get(Ledger.class).probed(request()));
        writes.put(
                "a finished window in the ledger", () -> parts.get(Ledger.class).finished(open));
        writes.put("a feed's failure", () -> parts.get(Feeds.class).failed(device.directory(), Feed.ALERTS, WHY, NOW));
        writes.put("a planned time", () -> parts.get(Feeds.class).planned(device.directory(), Feed.ALERTS, NOW));
        writes.put("a second look", () -> parts.get(Feeds.class).lookedTwice(device.directory(), Feed.ALERTS, NOW));
        writes.put("a retry that failed", () -> parts.get(Quarantine.class).failedAgain(owed.id(), WHY, NOW, NOW));
        writes.put("a quarantined window in two", () -> parts.get(Quarantine.class)
                .cutInTwo(owed.id(), Duration.ofSeconds(1)));
        writes.put("the backfills", () -> replays.addBackfills(device.directory(), Duration.ofDays(1), NOW));
        writes.put(
                "a replay of a reconciliation", () -> replays.add(device.directory(), Feed.ALERTS, HOUR, "loop", NOW));
        writes.put("a replay's beginning", () -> replays.begin(replay, NOW));
        writes.put(
                "what a replay does not keep any more",
                () -> replays.keepsOnlyFor(replay, Set.of(DeviceKind.DEFENDER_FOR_IDENTITY)));
        writes.put("a replay's failure", () -> replays.stuck(replay, WHY, NOW));
        writes.put("a replay's end", () -> replays.giveUp(another, WHY, NOW));
        writes.put("a comparison", () -> parts.get(Reconciliations.class)
                .checked(
                        place(Feed.ALERTS),
                        Reconciliation.State.EQUAL,
                        new Reconciliation.Count(1, 1, 0, 0, 0, 0, 0),
                        Optional.empty(),
                        Optional.empty(),
                        NOW));
        writes.put("a comparison that failed", () -> parts.get(Reconciliations.class)
                .failed(place(Feed.INCIDENTS), WHY));
        writes.put("a new secret", () -> parts.get(DeviceCredentials.class)
                .replace(device.id(), fresh(), UUID.randomUUID().toString(), NOW, "Gatehouse"));
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void whoHasLostTheDeviceChangesNothingInWhateverOrder() {
        for (var write : shuffled()) {
            var before = Contents.of(parts.database());

            assertThatThrownBy(() -> Fence.under(former, write.getValue()))
                    .as(write.getKey())
                    .isInstanceOf(LeaseLost.class);

            assertThat(Contents.of(parts.database())).as(write.getKey()).isEqualTo(before);
        }
    }

    @Test
    void whoHasGotItWritesEachOfThem() {
        for (var write : writes.entrySet()) {
            var before = Contents.of(parts.database());

            Fence.under(present, write.getValue());

            assertThat(Contents.of(parts.database())).as(write.getKey()).isNotEqualTo(before);
        }
    }

    @Test
    void aFormerHolderDoesNotInterruptItsSuccessorsWindow() {
        var window = PollWindow.begin(Purpose.POLL, HOUR);
        Fence.under(present, () -> parts.get(Ledger.class).probed(request(window)));

        assertThatThrownBy(
                        () -> Fence.under(former, () -> parts.get(Ledger.class).failed(request(), WHY)))
                .isInstanceOf(LeaseLost.class);

        assertThat(parts.get(Ledger.class).latest(Scope.everything(), device.id(), 10))
                .filteredOn(entry -> entry.poll().id().equals(window.id()))
                .extracting(Ledger.Entry::outcome)
                .containsExactly(Ledger.Outcome.READING);
    }

    @Test
    void whatSomebodyForgotToFenceIsRefusedByTheServerItself() {
        var database = parts.get(JdbcClient.class);
        var statement = "update feed set failures = 7 where tenant_id = '%s'".formatted(device.directory());
        var before = Contents.of(parts.database());

        for (var forgotten : List.<Runnable>of(
                () -> database.sql(statement).update(),
                () -> database.sql(statement + " returning failures")
                        .query(Integer.class)
                        .list(),
                () -> parts.get(TransactionTemplate.class)
                        .executeWithoutResult(status -> database.sql(statement).update()))) {
            assertThatThrownBy(() -> Fence.under(present, forgotten))
                    .isInstanceOf(DataAccessException.class)
                    .satisfies(mistake -> assertThat(Storage.isAway(mistake)).isFalse())
                    .rootCause()
                    .hasMessageContaining("read-only transaction");
        }

        assertThat(Contents.of(parts.database())).isEqualTo(before);
    }

    @Test
    void peopleWriteWithoutALease() {
        parts.get(Replays.class).add(device.directory(), Feed.QUERY_EVENTS, HOUR, "somebody", NOW);

        assertThat(parts.get(Replays.class).open(device.directory())).hasSize(3);
    }

    private List<Map.Entry<String, Runnable>> shuffled() {
        var all = new ArrayList<>(writes.entrySet());
        Collections.shuffle(all, new Random());
        return all;
    }

    private Connection fresh() {
        return new Connection(
                device.directory(), device.application(), new ClientSecret("Kx~8Q-of-the-former-holder"), Cloud.GLOBAL);
    }

    private Place place(Feed feed) {
        return new Place(device.directory(), feed, HOUR.from());
    }

    private ReadPage page() {
        return new ReadPage(request(), List.of(), List.of(), List.of(), Optional.of(NOW), Optional.empty());
    }

    private Detour detour() {
        var at = HOUR.from().plusSeconds(counted++);
        return new Detour(
                request(),
                Optional.of(new Owed(new Window(at, at.plusSeconds(10)), WHY, 1, NOW)),
                Optional.of(NOW),
                Optional.empty());
    }

    private int counted;

    private Request request() {
        return request(PollWindow.begin(Purpose.POLL, HOUR));
    }

    private Request request(PollWindow window) {
        return new Request(device.directory(), Feed.ALERTS, window, NOW, Duration.ofMillis(1), 0, Optional.empty(), "");
    }
}
