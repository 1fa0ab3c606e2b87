package dev.gatehouse.intake.poll;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of a page, as far as reading on depends on it.
 *
 * @param key what tells it from other records: Microsoft's id, or the text's hash of one that cannot be understood
 * @param time the time that the window is about; empty of a record that cannot be understood
 */
public record Seen(String key, Optional<Instant> time) {

    public static Seen at(String key, Instant time) {
        return new Seen(key, Optional.of(time));
    }
}
