package dev.gatehouse.workbench.notifications;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event with all that is told of it.
 *
 * @param event what happened
 * @param subject what it is about, by our id
 * @param organization whose that is
 * @param at when, by our clock
 * @param content what it says
 */
record Told(EventName event, UUID subject, UUID organization, Instant at, Content content) {

    /**
     * What is said.
     *
     * @param summary a sentence for people
     * @param facts for conditions
     * @param data for programs, as {@code docs/notifications.md} describes it
     */
    record Content(String summary, EventFacts facts, ObjectNode data) {}
}
