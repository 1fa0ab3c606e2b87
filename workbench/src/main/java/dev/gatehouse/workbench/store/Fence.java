package dev.gatehouse.workbench.store;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps out what a process has to say about a device that it does not hold any more: one that was paused, or cut off from
 * the database, may find out late that another has taken over. The question is asked of the database in the transaction
 * that writes, so that no clock and no pause can come in between.
 *
 * <p>It applies to what runs {@linkplain #under under a lease}. What people do is not about whose turn it is.
 */
@Component
public class Fence {

    private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Fence(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Does work of which nothing is stored once the lease has passed to somebody else. */
    public static void under(Lease lease, Runnable work) {
        ScopedValue.where(CURRENT, lease).run(work);
    }

    // The lock keeps others from taking the lease before this transaction has ended; it lets its holder renew it.
    private static final String HOLD = """
            select true from lease
            where device_id = :device and process_id = :process and epoch = :epoch and until > clock_timestamp()
            for key share
            """;

    /**
     * Makes sure that this transaction may write. Call it first in every transaction that stores something for a device.
     *
     * @throws LeaseLost when the device is somebody else's by now
     */
    public void hold() {
        if (!CURRENT.isBound()) {
            return;
        }
        var lease = CURRENT.get();
        if (database.sql(HOLD)
                .param("device", lease.device())
                .param("process", lease.process())
                .param("epoch", lease.epoch())
                .query(Boolean.class)
                .optional()
                .isEmpty()) {
            throw new LeaseLost(lease);
        }
    }

    /**
     * Writes in a transaction of its own, if it may.
     *
     * @throws LeaseLost when the device is somebody else's by now
     */
    public <T> T write(Supplier<T> statement) {
        return Objects.requireNonNull(transaction.execute(status -> {
            hold();
            return statement.get();
        }));
    }
}
