package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.notifications.DeliveryTable.Claimed;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.Fault;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings what is in the outbox to its receivers, in every process. What a process takes, it has for {@link #PATIENCE}; after that
 * another takes it, so that nothing is lost when a process dies. A receiver may therefore get something twice, and knows it by its
 * guid. Each attempt has a thread of its own and each destination a few at most, so that nobody waits for one that hangs.
 */
@Component
class DeliveryLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    /** Longer than any attempt takes. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** At once, for one destination, by all processes together. */
    static final int PER_DESTINATION = 4;

    /** At once, for all destinations, by this process. */
    private static final int MOST = 64;

    /** What another process was told of, or is due for another attempt, is found after this long. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    private final DeliveryTable table;
    private final Integrations integrations;
    private final Accounts accounts;
    private final Mail mail;
    private final DeliverySignal signal;
    private final Background background;
    private final MonotonicClock passing;
    private final Semaphore room = new Semaphore(MOST);
    private Background.@Nullable Kept kept;

    DeliveryLoop(
            DeliveryTable table,
            Integrations integrations,
            Accounts accounts,
            Mail mail,
            DeliverySignal signal,
            Background background,
            MonotonicClock passing) {
        this.table = table;
        this.integrations = integrations;
        this.accounts = accounts;
        this.mail = mail;
        this.signal = signal;
        this.background = background;
        this.passing = passing;
    }

    @Override
    public void start() {
        kept = background.keep("Delivering notifications", this::go);
    }

    @Override
    public void stop() {
        var running = kept;
        kept = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return kept != null;
    }

    private void go() throws InterruptedException {
        var isTroubled = false;
        while (true) {
            var begun = 0;
            try {
                begun = round();
                isTroubled = false;
            } catch (DataAccessException | TransactionException e) {
                if (!isTroubled) {
                    log.warn("Delivering notifications has to wait until the database is back");
                }
                isTroubled = true;
            }
            if (begun == 0) {
                signal.sleeper().sleep(BETWEEN_LOOKS);
            }
        }
    }

    /**
     * Begins as many deliveries as there is room for.
     *
     * @return how many
     */
    int round() {
        var free = room.availablePermits();
        if (free == 0) {
            return 0;
        }
        var claimed = table.claim(free, PER_DESTINATION, PATIENCE);
        for (var one : claimed) {
            room.acquireUninterruptibly();
            background.once("Delivering a notification", () -> {
                try {
                    deliver(one);
                } finally {
                    room.release();
                    // Another may wait for this place.
                    signal.wake();
                }
            });
        }
        return claimed.size();
    }

    /** Tries a delivery, and notes what comes of it. */
    void deliver(Claimed claimed) {
        var begun = passing.nanos();
        try {
            var receipt = attempt(claimed);
            table.end(claimed, receipt, passing.since(begun));
        } catch (InterruptedException e) {
            // Somebody tries it again when the claim is over.
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            log.warn("What came of a notification could not be noted; it is tried again");
        }
    }

    private Receipt attempt(Claimed claimed) throws InterruptedException {
        try {
            return switch (claimed.destination()) {
                case Destination.ToIntegration(var id) -> integrations.deliver(id, claimed.message());
                case Destination.ToEmail(var address) -> mail.send(address, claimed.message());
                case Destination.ToAccount(var id) -> toAccount(id, claimed);
            };
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            // Counts as an attempt, so that it comes to an end and people see why.
            var fault = Fault.of(e);
            log.error("Delivering a notification failed in a way that should not happen", fault.trace());
            return new Receipt.Refused(
                    OptionalInt.empty(),
                    "It could not be sent because of a mistake in Gatehouse: %s.".formatted(fault.words()));
        }
    }

    /** Only to somebody who may still see it. */
    private Receipt toAccount(UUID id, Claimed claimed) {
        var account = accounts.find(Scope.everything(), id);
        if (account.isEmpty() || account.get().isLocked()) {
            return new Receipt.RefusedForGood(OptionalInt.empty(), "The account is locked, or not there any more.");
        }
        var membership = account.get().account().membership();
        if (membership
                .organization()
                .filter(own -> !own.equals(claimed.organization()))
                .isPresent()) {
            return new Receipt.RefusedForGood(
                    OptionalInt.empty(), "The account belongs to another organization by now.");
        }
        return mail.send(account.get().account().email(), claimed.message());
    }
}
