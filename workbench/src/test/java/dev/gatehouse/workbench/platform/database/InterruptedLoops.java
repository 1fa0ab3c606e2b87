package dev.gatehouse.workbench.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Loops in virtual threads that share a pool, and are interrupted again and again, whatever they do. Says in its last line whether
 * they go on.
 */
final class InterruptedLoops {

    private static final int LOOPS = 60;
    private static final int INTERRUPTIONS = 200;
    private static final int CONNECTIONS = 10;

    /** How often each loop gets a connection after the last interrupt. */
    private static final int ROUNDS = 5;

    private final DataSource connections;
    private final CountDownLatch rounds = new CountDownLatch(LOOPS);
    private volatile boolean areCounted;

    private InterruptedLoops(DataSource connections) {
        this.connections = connections;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var settings = new HikariConfig();
        settings.setDataSource(database());
        settings.setMaximumPoolSize(CONNECTIONS);
        var pool = new HikariDataSource(settings);
        var goOn = new InterruptedLoops(new FencedConnections(pool, CONNECTIONS, pool, CONNECTIONS, pool)).goOn();
        System.out.print(goOn ? "All loops go on\n" : "Loops stand still\n");
        System.out.flush();
        // Those that stand still would never end.
        Runtime.getRuntime().halt(0);
    }

    private boolean goOn() throws InterruptedException {
        List<Thread> loops = IntStream.range(0, LOOPS)
                .mapToObj(number -> Thread.ofVirtual().start(this::loop))
                .toList();
        for (var turn = 0; turn < INTERRUPTIONS; turn++) {
            loops.forEach(Thread::interrupt);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        areCounted = true;
        return rounds.await(30, TimeUnit.SECONDS);
    }

    private void loop() {
        var left = ROUNDS;
        while (left > 0) {
            try (var connection = connections.getConnection()) {
                work(connection);
                left -= areCounted ? 1 : 0;
            } catch (SQLException e) {
                assertIsInterruption(e);
            }
            Thread.interrupted();
        }
        rounds.countDown();
    }

    /** What a statement takes, and others run while its answer is on its way. */
    @SuppressWarnings("ThreadPriorityCheck") // nobody would wait for a connection otherwise
    private static void work(Connection connection) throws SQLException {
        var end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(50);
        while (System.nanoTime() < end) {
            connection.isValid(1);
        }
        Thread.yield();
    }

    private static void assertIsInterruption(SQLException e) {
        if (!(e.getCause() instanceof InterruptedException)) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource database() {
        return (DataSource) proxy(DataSource.class, "getConnection", proxy(Connection.class, "isValid", true));
    }

    /** Answers one question, and the others with what is usual. */
    private static Object proxy(Class<?> type, String question, Object answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals(question)) {
                return answer;
            }
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> type.getSimpleName();
                case "getAutoCommit" -> true;
                default ->
                    method.getReturnType() == boolean.class ? false : method.getReturnType() == int.class ? 0 : null;
            };
        });
    }
}
