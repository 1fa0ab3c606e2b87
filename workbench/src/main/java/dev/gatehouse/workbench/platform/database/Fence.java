package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.TenantId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps out what a process has to say about a tenant that it does not hold any more: one that was paused, or cut off from
 * the database, may find out late that another has taken over. The question is asked of the database in the transaction
 * that writes, so that no clock and no pause can come in between.
 *
 * <p>All transactions are made here. What runs {@linkplain #under(Lease, Runnable) under a lease} can write in no other
 * way: outside of {@link #write} it gets connections that only read ({@link FencedConnections}). What people do is not about
 * whose turn it is, and is written all the same.
 */
@Component
public class Fence {

    private static final ScopedValue<List<Claim>> CLAIMS = ScopedValue.newInstance();

    /** Bound while what is claimed has been looked at in the transaction of this thread. */
    private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Fence(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** A right to write, for as long as it is ours. */
    public interface Claim {

        /**
         * Makes sure that it is ours, and that it stays so until the transaction ends.
         *
         * @param database on the connection of the transaction that is about to write
         * @throws LeaseLost when it is somebody else's by now
         */
        void hold(JdbcClient database);
    }

    /** Does work of which nothing is stored once the lease has passed to somebody else. */
    public static void under(Lease lease, Runnable work) {
        ScopedValue.where(CLAIMS, List.of(new Turn(lease))).run(work);
    }

    /** Does work of which nothing is stored unless this claim holds, too, besides those that the thread is under. */
    public static <T, X extends Throwable> T under(Claim claim, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(
                        CLAIMS,
                        Stream.concat(claims().stream(), Stream.of(claim)).toList())
                .call(work);
    }

    private static List<Claim> claims() {
        return CLAIMS.orElse(List.of());
    }

    /** The lease that this thread works under, when that is all it claims; empty when it claims nothing, or more. */
    public static Optional<Lease> lease() {
        return claims().size() == 1 && claims().getFirst() instanceof Turn(var lease)
                ? Optional.of(lease)
                : Optional.empty();
    }

    private static final String HELD = """
            select l.tenant_id from lease l
            join unnest(:tenants::uuid[], :processes::uuid[], :epochs::bigint[]) as ours (tenant, process, epoch)
              on l.tenant_id = ours.tenant and l.process_id = ours.process and l.epoch = ours.epoch
            where l.until > clock_timestamp()
            for key share of l skip locked
            """;

    /**
     * Which of these leases are held, and stay so until the transaction of this thread ends: for whoever writes for many at
     * once. It waits for nobody; a lease that somebody else is about to take is none that is held.
     *
     * @return their tenants
     */
    public Set<TenantId> held(Collection<Lease> leases) {
        return new HashSet<>(database.sql(HELD)
                .param(
                        "tenants",
                        leases.stream().map(lease -> lease.tenant().value()).toArray(UUID[]::new))
                .param("processes", leases.stream().map(Lease::process).toArray(UUID[]::new))
                .param("epochs", leases.stream().map(Lease::epoch).toArray(Long[]::new))
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .list());
    }

    /** Whether this thread works under a lease or another claim. */
    static boolean isUnderClaim() {
        return CLAIMS.isBound();
    }

    /** Whether this thread may only read: it works under a lease, and is not in {@link #write}. */
    static boolean onlyReads() {
        return CLAIMS.isBound() && !WRITING.isBound();
    }

    /** A tenant's lease as a claim. */
    private record Turn(Lease lease) implements Claim {

        // The lock keeps others from taking the lease before this transaction has ended; it lets its holder renew it.
        private static final String HOLD = """
                select true from lease
                where tenant_id = :tenant and process_id = :process and epoch = :epoch and until > clock_timestamp()
                for key share
                """;

        @Override
        public void hold(JdbcClient database) {
            if (database.sql(HOLD)
                    .param("tenant", lease.tenant().value())
                    .param("process", lease.process())
                    .param("epoch", lease.epoch())
                    .query(Boolean.class)
                    .optional()
                    .isEmpty()) {
                throw new LeaseLost(lease);
            }
        }
    }

    /**
     * Writes in one transaction, if it may. Inside another {@code write} it is a part of that one's transaction.
     *
     * @throws LeaseLost when the tenant is somebody else's by now; nothing is written then
     */
    public <T> T write(Supplier<T> statements) {
        if (WRITING.isBound()) {
            return statements.get();
        }
        try {
            return ScopedValue.where(WRITING, true)
                    .call(() -> Objects.requireNonNull(transaction.execute(status -> {
                        claims().forEach(claim -> claim.hold(database));
                        return statements.get();
                    })));
        } catch (DataAccessException e) {
            if (isReadOnly(e)) {
                // Not what was forgotten, but a server that was demoted to a standby.
                throw new CannotCreateTransactionException("The database server takes no writes", e);
            }
            throw e;
        }
    }

    private static boolean isReadOnly(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql
                && Storage.FORGOTTEN_FENCE.equals(sql.getSQLState());
    }

    /**
     * Writes in one transaction, if it may.
     *
     * @throws LeaseLost when the tenant is somebody else's by now; nothing is written then
     */
    public void run(Runnable statements) {
        write(() -> {
            statements.run();
            return true;
        });
    }

    /**
     * Makes sure that what this thread works under is still ours. Whoever gives an order to Microsoft that cannot be taken
     * back asks right before.
     *
     * @throws LeaseLost when it is somebody else's by now
     */
    public void require() {
        run(() -> {});
    }

    /**
     * Writes whether the tenant is ours or not. Only for what is true whoever says it, about no tenant, and where saying it
     * late does no harm: {@code LoopsWriteFencedTest} has the list of who may.
     */
    public static <T> T besides(Supplier<T> statement) {
        return ScopedValue.where(WRITING, true).call(statement::get);
    }
}
