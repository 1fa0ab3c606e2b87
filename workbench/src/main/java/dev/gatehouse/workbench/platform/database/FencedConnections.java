package dev.gatehouse.workbench.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives threads that work under a lease connections that only read, unless they are inside {@link Fence#write}: the server
 * itself then refuses what somebody forgot to fence, whichever way it is written.
 *
 * <p>Such threads queue for connections, first come, first served, before they ask a pool. A pool gives up after seconds
 * and says that there is no connection, which means two things: the database is away, or it has much to do. With
 * thousands of loops the second is a common morning, such as the one after a restart, and no trouble. What people do does
 * not queue: they have a pool of their own, whose role sees what is in the {@linkplain Scoped scope} of their thread.
 */
public final class FencedConnections extends DelegatingDataSource {

    private static final String IN_SCOPE =
            "select set_config('role', ?, false), set_config('gatehouse.scope', ?, false)";

    /** What the connections of the readers have to be told once. */
    public static final String ONLY_READ = "set default_transaction_read_only = on";

    /** Longer than any database that is at work lets one wait; what holds a connection for so long has hung. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Queue toWrite;
    private final Queue toRead;
    private final DataSource people;

    /**
     * Chooses between two pools on one database.
     *
     * @param writers the pool for all that the Workbench writes by itself
     * @param writing how many of its connections may be with threads that work under a lease at once
     * @param readers the pool of connections that were told {@link #ONLY_READ}
     * @param reading how many connections that one has
     * @param people the pool of connections for people's requests
     */
    public FencedConnections(DataSource writers, int writing, DataSource readers, int reading, DataSource people) {
        super(writers);
        this.toWrite = new Queue(writers, writing, PATIENCE);
        this.toRead = new Queue(readers, reading, PATIENCE);
        this.people = people;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (Fence.isUnderClaim()) {
            return Fence.onlyReads() ? toRead.next() : toWrite.next();
        }
        var scope = Scoped.current();
        return scope.isPresent() ? showing(scope.get()) : lent(super.getConnection());
    }

    /** Both settings last until the next one that borrows the connection sets them, before it does anything else. */
    private Connection showing(Scope scope) throws SQLException {
        var connection = lent(people.getConnection());
        try (var statement = connection.prepareStatement(IN_SCOPE)) {
            statement.setString(1, scope.role());
            statement.setString(2, scope.parameter());
            statement.execute();
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private static Connection lent(Connection connection) {
        return LentConnection.of(connection, () -> {});
    }

    /** Lends a pool's connections in the order in which they are asked for, and never more than so many. */
    static final class Queue {

        private final DataSource pool;
        private final Semaphore places;
        private final Duration patience;

        Queue(DataSource pool, int places, Duration patience) {
            this.pool = pool;
            this.places = new Semaphore(places, true);
            this.patience = patience;
        }

        /**
         * A connection; closing it lets the next one in.
         *
         * @throws SQLTransientConnectionException when the wait has been too long, or the thread was asked to stop
         */
        Connection next() throws SQLException {
            await();
            try {
                return LentConnection.of(pool.getConnection(), places::release);
            } catch (SQLException | RuntimeException | Error e) {
                places.release();
                throw e;
            }
        }

        private void await() throws SQLException {
            try {
                if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new SQLTransientConnectionException(
                            "No connection to the database became free within %s".formatted(patience));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLTransientConnectionException("Asked to stop while waiting for the database", e);
            }
        }
    }
}
