package dev.gatehouse.workbench.files;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A file of an investigation or of one of its actions.
 *
 * @param id of it
 * @param owner what it belongs to
 * @param what it is called and said to be
 * @param content its bytes; empty until it has been uploaded as a whole
 * @param createdBy who, as they were called then
 * @param created when, by our clock
 * @param revision how often it was changed
 */
public record StoredFile(
        UUID id, Owner owner, What what, Optional<Content> content, String createdBy, Instant created, int revision) {

    /**
     * What it belongs to.
     *
     * @param investigation empty for a file of an alert's action, when the alert is looked at alone
     * @param action empty for a file of the investigation itself
     */
    public record Owner(Optional<UUID> investigation, Optional<UUID> action) {}

    /**
     * What people say about it.
     *
     * @param name what it is called
     * @param type in free words, e.g. {@code pcap}; may be empty
     * @param meta an object, of which Gatehouse reads {@code investigative_action.file_type} alone
     */
    public record What(FileName name, String type, JsonNode meta) {

        /** Whether it says what came of its action. */
        boolean isResult() {
            return meta.path("investigative_action")
                    .path("file_type")
                    .asString("")
                    .equals("results");
        }
    }

    /**
     * What was uploaded.
     *
     * @param upload by which its chunks are found
     * @param bytes how many
     * @param sha256 of them, hexadecimal
     * @param type a media type, told by the bytes
     * @param at when the last byte had come, by our clock
     */
    public record Content(UUID upload, long bytes, String sha256, String type, Instant at) {}
}
