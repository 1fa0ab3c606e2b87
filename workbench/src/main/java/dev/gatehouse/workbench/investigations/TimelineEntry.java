package dev.gatehouse.workbench.investigations;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Something that somebody put on the timeline.
 *
 * @param id ours
 * @param what it says
 * @param createdBy who put it there
 * @param created when
 * @param revision goes up with each change
 */
public record TimelineEntry(UUID id, Said what, String createdBy, Instant created, int revision) {

    /**
     * What an entry says. Texts are empty where nothing is said.
     *
     * @param eventDate when it happened
     * @param event what happened
     * @param eventType what kind of thing that is, in free words
     * @param sourceHost from where
     * @param destinationHost to where
     * @param attackPhase one of {@link Choices#ATTACK_LIFECYCLE}, or empty
     * @param comment about it, in Markdown
     * @param isSelected whether it belongs in the report
     */
    public record Said(
            Instant eventDate,
            String event,
            String eventType,
            String sourceHost,
            String destinationHost,
            String attackPhase,
            String comment,
            boolean isSelected) {

        Map<String, String> values() {
            var values = new LinkedHashMap<String, String>();
            values.put("event_date", eventDate.toString());
            values.put("event", event);
            values.put("event_type", eventType);
            values.put("source_host", sourceHost);
            values.put("destination_host", destinationHost);
            values.put("attack_phase", attackPhase);
            values.put("comment", comment);
            values.put("is_selected", String.valueOf(isSelected));
            return values;
        }
    }
}
