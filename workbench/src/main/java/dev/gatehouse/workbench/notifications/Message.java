package dev.gatehouse.workbench.notifications;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What is told to one receiver about one event.
 *
 * @param id what the receiver knows it by, the same however often it is tried
 * @param rule the name of the rule that wants it
 * @param event what happened, by its key
 * @param at when
 * @param subject what it is about, by our id
 * @param summary a sentence for people
 * @param data as {@code docs/notifications.md} describes it
 */
record Message(UUID id, String rule, String event, Instant at, UUID subject, String summary, JsonNode data) {

    /** Where people find it; empty when nobody has said how Gatehouse is reached. */
    String link() {
        return data.path("url").asString("");
    }

    String organization() {
        return data.path("organization").path("name").asString("");
    }

    String severity() {
        return data.path("severity").asString("");
    }

    /** Whether it ends what an earlier one has begun. */
    boolean isEnd() {
        return event.endsWith("_closed")
                || event.equals(EventName.SECURITY_DEVICE_HEALTHY.key())
                || event.equals(EventName.INCIDENT_DOWNGRADED.key());
    }

    /** The same for all messages about one thing. */
    String thread() {
        return "gatehouse-" + subject;
    }
}
