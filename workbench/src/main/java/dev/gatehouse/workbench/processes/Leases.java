package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.platform.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Shares the tenants among the processes on the database. Three times in the length of a lease, and whenever another
 * process gives something back, this one renews the leases it has, claims tenants that nobody holds until it has its
 * share, and gives back what goes beyond it. The database's clock counts and no other.
 *
 * <p>All of it happens on one connection that is kept for it, so that no amount of work can cost us a lease.
 */
@Component
public class Leases implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** What is said when tenants are free for others. */
    private static final String FREE = "leases";

    private static final Set<String> REASONS_TO_LOOK = Set.of(FREE, DeviceChanged.FACT);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final DataSource database;
    private final ThisProcess process;
    private final TenantLoops loops;
    private final ProcessMessages messages;
    private final Storage storage;
    private final Duration duration;
    private final SystemSleeper sleeper = new SystemSleeper();

    private final Background background;

    private volatile boolean stopping;
    private volatile Background.@Nullable Kept keeping;

    Leases(
            DataSource database,
            ThisProcess process,
            TenantLoops loops,
            ProcessMessages messages,
            Storage storage,
            Settings settings,
            Background background,
            MeterRegistry registry) {
        this.database = database;
        this.process = process;
        this.loops = loops;
        this.messages = messages;
        this.storage = storage;
        this.duration = settings.lease().duration();
        this.background = background;
        Gauge.builder("gatehouse.tenants.held", loops::tenants)
                .description("Tenants that this process reads")
                .register(registry);
    }

    @Override
    public void start() {
        stopping = false;
        keeping = background.keep("Keeping leases", this::keep);
    }

    private void keep() throws InterruptedException {
        while (!stopping) {
            try (var connection = database.getConnection();
                    var listener = Listener.open(connection, duration.dividedBy(3))) {
                var table = table(connection);
                while (!stopping) {
                    var begun = storage.beginning();
                    var pause = beat(table);
                    storage.renewedLeases(begun);
                    listen(listener, pause);
                }
            } catch (SQLException | DataAccessException e) {
                if (stopping) {
                    // Our own interrupt broke it off; that says nothing of the database.
                    break;
                }
                storage.keptNoLeases(e);
                sleeper.sleep(RETRY);
            }
        }
    }

    private LeaseTable table(Connection connection) {
        return new LeaseTable(JdbcClient.create(new SingleConnectionDataSource(connection, true)), process, duration);
    }

    /** A connection that hears what other processes say, and waits for no lock for longer than until the next beat. */
    private record Listener(Connection connection) implements AutoCloseable {

        static Listener open(Connection connection, Duration longestWait) throws SQLException {
            // A beat that waits for what another process has locked would never get to ending that one's session.
            execute(connection, "set lock_timeout = " + longestWait.toMillis());
            execute(connection, "listen " + ProcessMessages.CHANNEL);
            return new Listener(connection);
        }

        PGNotification[] wait(int millis) throws SQLException {
            return connection.unwrap(PGConnection.class).getNotifications(millis);
        }

        /** Whoever gets the connection next would gather notifications that nobody reads, and give up waiting for locks. */
        @Override
        public void close() throws SQLException {
            execute(connection, "unlisten *");
            execute(connection, "reset lock_timeout");
        }

        private static void execute(Connection connection, String command) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(command);
            }
        }
    }

    /** Renews, ends what stands in the way, claims and gives back; gives how long it can wait until the next time. */
    private Duration beat(LeaseTable table) {
        table.signOn();
        var held = new ArrayList<>(table.renew());
        // Now, since what follows can wait for what others have locked, and what is held already is renewed.
        endStandingStill(table);
        table.prepare();
        var share = table.share();
        if (held.size() > share) {
            var surplus = List.copyOf(held.subList(share, held.size()));
            held.subList(share, held.size()).clear();
            handOver(table, surplus);
        } else if (held.size() < share) {
            held.addAll(table.claim(share - held.size()));
        }
        loops.run(held);
        var third = duration.dividedBy(3);
        var next = table.untilNextEnd();
        return next.compareTo(third) < 0 ? next : third;
    }

    /** What they had locked can be claimed and written now, or with the next beat if they take a moment to end. */
    private static void endStandingStill(LeaseTable table) {
        var ended = table.endStandingStill();
        if (!ended.isEmpty()) {
            log.warn(
                    "Ended {} database sessions of {}: paused or cut off in the middle of a transaction, it kept others from what it had locked",
                    ended.size(),
                    String.join(", ", new TreeSet<>(ended)));
        }
    }

    /** The work ends before the lease does, so that whoever is next finds everything stored. */
    private void handOver(LeaseTable table, List<Held> surplus) {
        loops.end(surplus);
        table.giveBack(surplus.stream().map(Held::tenant).toList());
        messages.tell(FREE, Integer.toString(surplus.size()));
    }

    /** Waits, and passes on what others say meanwhile; until there is a reason to look at the leases again. */
    private void listen(Listener listener, Duration pause) throws SQLException {
        var deadline = System.nanoTime() + pause.toNanos();
        var isTime = false;
        while (!isTime && !stopping) {
            var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return;
            }
            for (var notification : listener.wait(Math.toIntExact(left))) {
                isTime |= REASONS_TO_LOOK.contains(messages.hear(notification.getParameter()));
            }
        }
    }

    /** Ends all work and lets others have the tenants at once. */
    @Override
    public void stop() {
        stopping = true;
        var running = keeping;
        if (running != null) {
            // Breaks off the wait for news.
            running.stop();
            keeping = null;
        }
        loops.endAll();
        try {
            new LeaseTable(JdbcClient.create(database), process, duration).signOff();
            messages.tell(FREE, "all");
        } catch (DataAccessException e) {
            log.debug("The leases were not given back and will end by themselves", e);
        }
    }

    @Override
    public boolean isRunning() {
        return keeping != null;
    }
}
