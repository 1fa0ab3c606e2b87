package dev.gatehouse.workbench.investigations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody said about an investigation.
 *
 * @param id ours
 * @param comment in Markdown
 * @param authorId who said it; empty for Gatehouse itself
 * @param author as they were called then
 * @param created when
 * @param updated when it was last changed
 * @param revision goes up with each change
 */
public record Comment(
        UUID id,
        String comment,
        Optional<UUID> authorId,
        String author,
        Instant created,
        Instant updated,
        int revision) {

    public boolean isEdited() {
        return revision > 0;
    }
}
