package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.LeaseParts;
import dev.gatehouse.workbench.processes.SystemSleeper;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Most polls find nothing new. Of two thousand devices there are 33 of them a second. */
class IdlePollTest {

    private final WorkbenchParts parts = new WorkbenchParts();
    private final FakePoller microsoft = new FakePoller(parts.clock());

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void asksTheDatabaseNoMoreOftenBecauseItIsFenced() throws InterruptedException {
        parts.with(Poller.class, () -> microsoft);
        CollectorParts.into(parts).open();
        var device = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
        var refusal = new SignInRefusal(new BackOff(Duration.ofMinutes(1), new Steady()), parts.clock());
        var loop = new FeedLoop(device.directory(), Feed.ALERTS, surroundings(), refusal, new SystemSleeper());
        var lease = LeaseParts.claim(parts, Duration.ofHours(1));
        loop.attempt();
        loop.attempt();

        try (var statements = Statements.listen()) {
            loop.attempt();
            var unfenced = statements.heard();
            Fence.under(lease, () -> {
                try {
                    loop.attempt();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            var fenced = statements.heard();

            // One transaction, with the page and when the feed is due again.
            assertThat(fenced).filteredOn(sql -> sql.contains("from lease")).hasSize(1);
            assertThat(fenced).hasSize(unfenced.size() + 1).hasSizeLessThanOrEqualTo(11);
        }
    }

    private FeedLoop.Surroundings surroundings() {
        return CollectorParts.surroundings(parts);
    }
}
