package dev.gatehouse.workbench.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * One event on its way to one receiver.
 *
 * @param id what the receiver knows it by, the same however often it is tried
 * @param rule the name of the rule that it follows
 * @param destination where it goes, by its {@link Destination#key()}
 * @param event what is told
 * @param status how far it is
 * @param attempts how often it was tried since it was last sent on its way
 * @param due when it is tried next, while it waits
 * @param created when it happened
 * @param log each attempt, the newest last
 */
public record Delivery(
        UUID id,
        String rule,
        String destination,
        Event event,
        Status status,
        int attempts,
        Instant due,
        Instant created,
        List<Attempt> log) {

    public Delivery {
        log = List.copyOf(log);
    }

    /**
     * What is told.
     *
     * @param name by its key
     * @param summary a sentence
     */
    public record Event(String name, String summary) {}

    /** How far a delivery is. */
    public enum Status {
        WAITING("Waiting"),
        DELIVERED("Delivered"),
        FAILED("Failed");

        private final String title;

        Status(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * One attempt.
     *
     * @param at when it ended
     * @param status of the answer; empty when there was none
     * @param cause why it failed; empty when it did not
     * @param millis how long it took
     */
    public record Attempt(Instant at, OptionalInt status, String cause, long millis) {}

    /** Why the last attempt failed; empty when it did not, or there was none. */
    public Optional<String> cause() {
        return log.isEmpty() || log.getLast().cause().isEmpty()
                ? Optional.empty()
                : Optional.of(log.getLast().cause());
    }
}
