package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets few requests of one tenant be under way at once, and not too many of all together; whoever waits longest comes
 * first. A tenant whose requests hang waits in its own queue, where it delays nobody else, and takes at most its few
 * places among all. Hunting has a queue of its own: one query may take minutes, and alerts do not wait for it.
 *
 * <p>This is about connections and about Microsoft's patience. What answers take of the memory is counted in bytes, see
 * {@link PageMemory}.
 */
final class FairPoller implements Poller {

    static final int OF_ONE_TENANT = 2;

    private final Poller poller;
    private final Semaphore all;
    private final Map<Queue, Semaphore> queues = new ConcurrentHashMap<>();

    private record Queue(TenantId tenant, boolean isHunting) {}

    FairPoller(Poller poller, int atOnce) {
        this.poller = poller;
        this.all = new Semaphore(atOnce, true);
    }

    @Override
    public PollOutcome poll(Connection connection, Feed feed, Reading reading, PageMemory.Room room)
            throws InterruptedException {
        var own = queues.computeIfAbsent(
                new Queue(connection.tenant(), feed.isHuntingTable()), queue -> new Semaphore(OF_ONE_TENANT, true));
        own.acquire();
        try {
            all.acquire();
            try {
                return poller.poll(connection, feed, reading, room);
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }
}
