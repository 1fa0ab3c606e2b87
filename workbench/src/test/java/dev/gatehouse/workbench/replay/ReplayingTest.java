package dev.gatehouse.workbench.replay;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.CollectorParts;
import dev.gatehouse.workbench.collect.FakePoller;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ReplayingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkbenchParts parts = new WorkbenchParts();
    private final FakePoller microsoft = new FakePoller(parts.clock());
    private final DeviceEditing editing;
    private final ReplayService desk;

    ReplayingTest() {
        parts.with("poll.interval", "1h")
                .with("poll.hunting-interval", "1h")
                .with("poll.first-look-back", "3d")
                .with(Poller.class, () -> microsoft)
                .with(ReplayService.class, Replaying.class, SharedReplayRequested.class);
        CollectorParts.polling(CollectorParts.into(parts)).open();
        editing = parts.get(DeviceEditing.class);
        desk = parts.get(ReplayService.class);
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void readsTheHistoryOfEveryFeedOfANewDevice() {
        var contoso = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");

        await().atMost(PATIENCE)
                .until(() -> replays(contoso).stream()
                                .filter(replay -> replay.purpose() == Replay.Purpose.BACKFILL
                                        && replay.state() == Replay.State.DONE)
                                .count()
                        == Feed.values().length);
    }

    @Test
    void readsAtOnceWhatSomebodyAsksFor() {
        var contoso = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
        await().atMost(PATIENCE).until(() -> replays(contoso).size() == Feed.values().length);

        var now = WorkbenchParts.START;
        var replay =
                desk.request(Scope.everything(), contoso.id(), Feed.ALERTS, now.minus(Duration.ofDays(1)), now, "ada");

        await().atMost(PATIENCE)
                .until(() -> desk.require(Scope.everything(), replay.id()).state() == Replay.State.DONE);
    }

    private List<Replay> replays(SecurityDevice device) {
        return desk.list(Scope.everything(), Optional.of(device.id()), Optional.empty(), 0, 100)
                .rows();
    }
}
