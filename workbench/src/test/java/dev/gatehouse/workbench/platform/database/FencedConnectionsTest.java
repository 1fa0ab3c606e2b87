package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.WorkbenchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class FencedConnectionsTest {

    @AutoClose
    private final WorkbenchDatabase database = WorkbenchDatabase.create();

    @Test
    void hundredsOfLoopsShareTwoConnectionsWithoutThePoolTurningOneAway() throws Exception {
        var impatient = new Impatient(2);
        var queue = new FencedConnections.Queue(impatient, 2, Duration.ofMinutes(1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 500)
                    .mapToObj(number -> threads.submit(() -> one(queue)))
                    .toList();
            for (var thread : all) {
                assertThat(thread.get()).isOne();
            }
        }

        assertThat(impatient.turnedAway).hasValue(0);
    }

    @Test
    void aConnectionThatIsClosedTwiceMakesRoomForOne() throws SQLException {
        var queue = new FencedConnections.Queue(new Impatient(1), 1, Duration.ofMillis(1));
        var first = queue.next();
        first.close();
        first.close();

        try (var second = queue.next()) {
            assertThat(second.isClosed()).isFalse();
            assertThatThrownBy(queue::next)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessage("No connection to the database became free within PT0.001S");
        }
    }

    @Test
    void whatThePoolCouldNotGiveTakesNoPlace() throws SQLException {
        var pool = new Impatient(1);
        var queue = new FencedConnections.Queue(pool, 1, Duration.ofMillis(1));
        var taken = pool.getConnection();
        assertThatThrownBy(queue::next).hasMessage("turned away");
        taken.close();

        try (var connection = queue.next()) {
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void aLoopThatIsStoppedStopsWaiting() throws Exception {
        var queue = new FencedConnections.Queue(new Impatient(1), 1, Duration.ofMinutes(1));
        try (var taken = queue.next();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(taken.isClosed()).isFalse();
            var began = new CountDownLatch(1);
            var waiting = threads.submit(() -> {
                began.countDown();
                assertThatThrownBy(queue::next).hasMessage("Asked to stop while waiting for the database");
                return Thread.currentThread().isInterrupted();
            });
            began.await();
            threads.shutdownNow();
            assertThat(waiting.get()).isTrue();
        }
    }

    @Test
    void whatPeopleDoDoesNotQueueBehindLoops() throws SQLException {
        var connections =
                new FencedConnections(database.connections(), 1, database.connections(), 1, database.connections());
        Fence.under(new Lease(new TenantId(UUID.randomUUID()), UUID.randomUUID(), 1), () -> {
            try (var ofLoop = connections.getConnection()) {
                assertThat(ofLoop.isClosed()).isFalse();
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    threads.submit(() -> {
                                try (var ofPerson = connections.getConnection()) {
                                    return ofPerson.isValid(1);
                                }
                            })
                            .get();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static int one(FencedConnections.Queue queue) throws SQLException {
        try (var connection = queue.next();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** A pool without patience: whoever comes while all connections are lent is turned away. */
    private final class Impatient extends AbstractDataSource {

        private final int connections;
        private final AtomicInteger lent = new AtomicInteger();
        private final AtomicInteger turnedAway = new AtomicInteger();

        Impatient(int connections) {
            this.connections = connections;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (lent.incrementAndGet() > connections) {
                lent.decrementAndGet();
                turnedAway.incrementAndGet();
                throw new SQLException("turned away");
            }
            var connection = database.connections().getConnection();
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close") && !connection.isClosed()) {
                            lent.decrementAndGet();
                        }
                        return method.invoke(connection, arguments);
                    });
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
