package dev.gatehouse.workbench.platform.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a pool. When a virtual thread closes it, another thread gives it back.
 *
 * <p>While somebody waits for a connection, HikariCP gives one back by offering it again and again until it is taken, and
 * parks in between. A thread that was interrupted cannot park. A virtual one then keeps its processor from all other
 * virtual threads, the waiting one among them, and with a few of these for each processor nothing runs any more in this process
 * until it is ended. Loops are interrupted by the hundred, whenever their tenants go to another process.
 *
 * @see <a href="https://github.com/brettwooldridge/HikariCP/issues/2398">what others have seen of it, without interrupts</a>
 */
final class LentConnection implements InvocationHandler {

    private static final Logger log = LoggerFactory.getLogger(LentConnection.class);

    /** One thread for all pools, which nobody interrupts. Giving back is a matter of microseconds. */
    private static final Executor RETURNS = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("connection-returns").factory());

    private final Connection connection;
    private final Runnable afterwards;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private LentConnection(Connection connection, Runnable afterwards) {
        this.connection = connection;
        this.afterwards = afterwards;
    }

    /**
     * Lends a connection.
     *
     * @param connection of a pool
     * @param afterwards is run once, when it is back
     */
    static Connection of(Connection connection, Runnable afterwards) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LentConnection(connection, afterwards));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            if (isClosed.compareAndSet(false, true)) {
                close();
            }
            return null;
        }
        if (isClosed.get() && method.getDeclaringClass() != Object.class) {
            return ofClosed(method);
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What JDBC wants of a closed connection, also while it is on its way back. */
    private static @Nullable Object ofClosed(Method method) throws SQLException {
        return switch (method.getName()) {
            case "isClosed" -> true;
            case "isValid" -> false;
            case "abort" -> null;
            default -> throw new SQLException("This connection has been closed");
        };
    }

    private void close() throws SQLException {
        if (!Thread.currentThread().isVirtual()) {
            giveBack();
            return;
        }
        try {
            undo();
        } finally {
            RETURNS.execute(() -> {
                try {
                    giveBack();
                } catch (SQLException e) {
                    log.debug("A connection could not be closed as it should: {}", e.getMessage());
                }
            });
        }
    }

    /** Takes back what was not committed, for which the database is asked, here and not where others wait for it. */
    private void undo() throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private void giveBack() throws SQLException {
        try {
            connection.close();
        } finally {
            afterwards.run();
        }
    }
}
