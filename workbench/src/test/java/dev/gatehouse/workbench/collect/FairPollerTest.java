package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairPollerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Connection slow = connection();
    private final Connection quick = connection();
    private final List<Connection> underWay = new CopyOnWriteArrayList<>();
    private final List<Connection> answered = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);

    /** Does not answer the slow tenant before it is told to. */
    private final Poller microsoft = (connection, feed, reading, room) -> {
        underWay.add(connection);
        if (connection.equals(slow)) {
            answer.await();
        }
        underWay.remove(connection);
        answered.add(connection);
        throw new IllegalStateException("What came does not matter here");
    };

    @AfterEach
    void end() throws InterruptedException {
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void aTenantWhoseRequestsHangDelaysNoOther() {
        var poller = new FairPoller(microsoft, 3);
        for (var request = 0; request < 10; request++) {
            ask(poller, slow, Feed.ALERTS);
        }
        await().atMost(PATIENCE).until(() -> underWay.size() == 2);

        ask(poller, quick, Feed.ALERTS);

        await().atMost(PATIENCE).until(() -> answered.contains(quick));
        assertThat(underWay).containsExactly(slow, slow);
        answer.countDown();
        await().atMost(PATIENCE).until(() -> answered.size() == 11);
    }

    @Test
    void alertsDoNotWaitForHuntingOfTheSameTenant() {
        var poller = new FairPoller(microsoft, 10);
        for (var request = 0; request < 5; request++) {
            ask(poller, slow, Feed.LOGON_EVENTS);
        }
        await().atMost(PATIENCE).until(() -> underWay.size() == 2);

        ask(poller, slow, Feed.ALERTS);

        await().atMost(PATIENCE).until(() -> underWay.size() == 3);
    }

    @Test
    void neverAsksMoreAtOnceThanItMay() {
        var poller = new FairPoller(microsoft, 1);
        ask(poller, slow, Feed.ALERTS);
        await().atMost(PATIENCE).until(() -> underWay.size() == 1);
        ask(poller, quick, Feed.ALERTS);
        await().atMost(PATIENCE).until(() -> threads.getLast().getState() == Thread.State.WAITING);

        assertThat(answered).isEmpty();

        answer.countDown();
        await().atMost(PATIENCE).until(() -> answered.contains(quick));
    }

    @Test
    void aBrokenOffWaitGivesItsPlaceBack() throws InterruptedException {
        var poller = new FairPoller(microsoft, 1);
        ask(poller, slow, Feed.ALERTS);
        await().atMost(PATIENCE).until(() -> underWay.size() == 1);

        end();
        ask(poller, quick, Feed.ALERTS);

        await().atMost(PATIENCE).until(() -> answered.contains(quick));
    }

    private void ask(Poller poller, Connection connection, Feed feed) {
        var now = WorkbenchParts.START;
        var reading = Reading.of(new Window(now.minusSeconds(60), now), 10);
        threads.add(Thread.ofVirtual().start(() -> {
            try (var room = PageMemory.ofHeap().open()) {
                poller.poll(connection, feed, reading, room);
            } catch (InterruptedException | IllegalStateException _) {
                // Either is an end.
            }
        }));
    }

    private static Connection connection() {
        return new Connection(
                new TenantId(UUID.randomUUID()),
                new ApplicationId(UUID.randomUUID()),
                new ClientSecret("Kx~8Q-not-a-real-secret"),
                Cloud.GLOBAL);
    }
}
