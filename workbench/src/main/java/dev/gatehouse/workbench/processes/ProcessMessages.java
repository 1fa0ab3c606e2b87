package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.DevicesAdded;
import dev.gatehouse.workbench.devices.SharedFact;
import dev.gatehouse.workbench.devices.ToldEverywhere;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Passes facts on between the processes on the database, by PostgreSQL's notifications. What is said while nobody listens
 * is lost, which everybody who listens must be able to live with.
 *
 * <pre>
 * 1b4e28ba-…  poll-requested  2c5f39cb-…     who speaks, what about, what
 * 1b4e28ba-…  live            alerts,devices
 * </pre>
 */
@Component
public class ProcessMessages {

    static final String CHANNEL = "gatehouse";

    private static final Logger log = LoggerFactory.getLogger(ProcessMessages.class);

    /** Whether what is published on this thread came from another process, so that it is not sent back. */
    private static final ScopedValue<Boolean> PASSED_ON = ScopedValue.newInstance();

    private final JdbcClient database;
    private final ThisProcess process;
    private final ApplicationEventPublisher events;
    private final Map<String, SharedFact<?>> facts;

    /**
     * Something that another process said.
     *
     * @param about what it is about
     * @param text what it said
     */
    public record Heard(String about, String text) {}

    ProcessMessages(
            JdbcClient database, ThisProcess process, ApplicationEventPublisher events, List<SharedFact<?>> facts) {
        this.database = database;
        this.process = process;
        this.events = events;
        this.facts = facts.stream().collect(Collectors.toUnmodifiableMap(SharedFact::name, Function.identity()));
    }

    @EventListener
    void tell(ToldEverywhere fact) {
        if (!PASSED_ON.isBound()) {
            tell(nameOf(fact), fact.about().toString());
        }
    }

    /** All at once, so that whoever listens looks at the leases once and not hundreds of times. */
    @EventListener
    void tell(DevicesAdded added) {
        tell(added.deviceIds().stream()
                .map(device -> message(DeviceChanged.FACT, device.toString()))
                .toList());
    }

    private static final String NOTIFY = "select pg_notify(:channel, message) from unnest(:messages) message";

    /**
     * Says something to all other processes. They hear it as {@link Heard}.
     *
     * @param about one word
     * @param text at most some thousand characters
     */
    public void tell(String about, String text) {
        tell(List.of(message(about, text)));
    }

    private String message(String about, String text) {
        return "%s %s %s".formatted(process.id(), about, text);
    }

    private void tell(List<String> messages) {
        try {
            database.sql(NOTIFY)
                    .param("channel", CHANNEL)
                    .param("messages", messages.toArray(String[]::new))
                    .query((row, number) -> number)
                    .list();
        } catch (DataAccessException | TransactionException e) {
            log.debug("The other processes were not told of {}", messages, e);
        }
    }

    /** Passes on what came over the wire, unless it was us who said it; gives what it was about. */
    String hear(String message) {
        var parts = message.split(" ", 3);
        if (parts.length < 3) {
            return "";
        }
        if (!parts[0].equals(process.id().toString())) {
            try {
                ScopedValue.where(PASSED_ON, true).run(() -> publish(parts[1], parts[2]));
            } catch (RuntimeException e) {
                // Whoever does not want to hear it must not cost us the leases, which are kept on this thread.
                log.error(
                        "What another process told of {} was not heard",
                        parts[1],
                        Fault.of(e).trace());
            }
        }
        return parts[1];
    }

    private String nameOf(ToldEverywhere fact) {
        return facts.values().stream()
                .filter(shared -> shared.type().isInstance(fact))
                .map(SharedFact::name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No SharedFact gives a name to " + fact));
    }

    /** Another version of Gatehouse may know facts that we do not; those are passed on as mere words. */
    private void publish(String about, String text) {
        var shared = facts.get(about);
        events.publishEvent(
                shared == null ? new Heard(about, text) : shared.of().apply(UUID.fromString(text)));
    }
}
