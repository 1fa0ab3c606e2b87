package dev.gatehouse.workbench.investigations;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A question and what was found out about it.
 *
 * @param id ours
 * @param rank where it stands among the others, from one
 * @param title the question
 * @param finding the answer, in Markdown; empty while there is none
 * @param createdBy who asked
 * @param created when it was asked
 * @param updated when question or answer last changed
 * @param revision goes up with each change
 */
public record Finding(
        UUID id,
        int rank,
        String title,
        String finding,
        String createdBy,
        Instant created,
        Instant updated,
        int revision) {

    public boolean isAnswered() {
        return !finding.isBlank();
    }

    Map<String, String> values() {
        return Map.of("title", title, "finding", finding);
    }
}
