package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LentConnectionTest {

    private final Pooled pooled = new Pooled();
    private final AtomicInteger back = new AtomicInteger();
    private final CompletableFuture<Thread> returning = new CompletableFuture<>();

    @Test
    void aVirtualThreadThatWasInterruptedLeavesGivingBackToOneThatWasNot() throws Exception {
        var isStillInterrupted = new CompletableFuture<Boolean>();
        var connection = lent();

        Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            close(connection);
            isStillInterrupted.complete(Thread.currentThread().isInterrupted());
        });

        var thread = returning.get(1, TimeUnit.MINUTES);
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isInterrupted()).isFalse();
        assertThat(isStillInterrupted.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pooled.calls).contains("close by " + thread.getName());
        assertThat(back).hasValue(1);
    }

    @Test
    void anyOtherThreadGivesBackItself() throws SQLException {
        var connection = lent();

        connection.close();
        connection.close();

        assertThat(pooled.calls)
                .containsExactly("close by " + Thread.currentThread().getName());
        assertThat(returning).isCompletedWithValue(Thread.currentThread());
        assertThat(back).hasValue(1);
    }

    @Test
    void whatWasNotCommittedIsTakenBackByTheThreadThatCloses() throws Exception {
        pooled.isAutoCommit = false;
        var connection = lent();

        Thread.ofVirtual().name("a loop").start(() -> close(connection));

        assertThat(returning.get(1, TimeUnit.MINUTES)).isNotNull();
        assertThat(pooled.calls).startsWith("isClosed by a loop", "getAutoCommit by a loop", "rollback by a loop");
    }

    @Test
    void aConnectionThatCannotTakeBackGoesBackAllTheSame() throws Exception {
        pooled.isAutoCommit = false;
        pooled.failing = "rollback";
        var connection = lent();
        var failed = new CompletableFuture<SQLException>();

        Thread.ofVirtual().start(() -> {
            try {
                connection.close();
            } catch (SQLException e) {
                failed.complete(e);
            }
        });

        assertThat(failed.get(1, TimeUnit.MINUTES).getMessage()).isEqualTo("no rollback");
        assertThat(returning.get(1, TimeUnit.MINUTES)).isNotNull();
        assertThat(back).hasValue(1);
    }

    @Test
    void aConnectionThatCannotBeClosedMakesRoomAllTheSame() {
        pooled.failing = "close";
        var connection = lent();

        assertThatThrownBy(connection::close).isInstanceOf(SQLException.class).hasMessage("no close");

        assertThat(back).hasValue(1);
    }

    @Test
    void whoeverHasClosedAConnectionCannotUseItWhenAnotherHasIt() throws SQLException {
        var connection = lent();
        assertThat(connection.isClosed()).isFalse();

        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        connection.abort(Runnable::run);
        assertThat(pooled.calls).noneMatch(call -> call.startsWith("abort"));
        assertThatThrownBy(connection::createStatement)
                .isInstanceOf(SQLException.class)
                .hasMessage("This connection has been closed");
    }

    @Test
    void hundredsOfInterruptedLoopsLeaveTheProcessorsToOthers() throws Exception {
        // In a process of its own, since where this fails no virtual thread goes on.
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.virtualThreadScheduler.parallelism=2",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedLoops.class.getName())
                .redirectErrorStream(true)
                .start();

        try {
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("All loops go on\n");
        } finally {
            process.destroyForcibly();
        }
    }

    private Connection lent() {
        return LentConnection.of(pooled.connection(), () -> {
            back.incrementAndGet();
            returning.complete(Thread.currentThread());
        });
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes down who calls what. */
    private static final class Pooled {

        private final CopyOnWriteArrayList<String> calls = new CopyOnWriteArrayList<>();
        private volatile boolean isAutoCommit = true;
        private volatile String failing = "";

        Connection connection() {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        calls.add("%s by %s"
                                .formatted(
                                        method.getName(), Thread.currentThread().getName()));
                        if (method.getName().equals(failing)) {
                            throw new SQLException("no " + failing);
                        }
                        return switch (method.getName()) {
                            case "isClosed" -> false;
                            case "getAutoCommit" -> isAutoCommit;
                            default -> null;
                        };
                    });
        }
    }
}
