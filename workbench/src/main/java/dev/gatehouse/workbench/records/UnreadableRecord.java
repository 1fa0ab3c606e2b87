package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that came and could not be understood.
 *
 * @param id of ours
 * @param tenant the directory it is from
 * @param feed the feed that it came by
 * @param device the device that brings that directory's records, or the last one that did
 * @param deviceName that device's name; empty when there is none any more
 * @param reason why it cannot be read, without quoting it
 * @param requestId Microsoft's name for the request that brought it; empty for records of earlier releases
 * @param firstSeen when it came, by our clock
 * @param tries how reading it went
 * @param bytes how long it is; empty for records of earlier releases that were not tried again yet
 * @param beginning of its text
 */
public record UnreadableRecord(
        UUID id,
        TenantId tenant,
        Feed feed,
        Optional<UUID> device,
        String deviceName,
        String reason,
        Optional<String> requestId,
        Instant firstSeen,
        Tries tries,
        Optional<Integer> bytes,
        String beginning) {

    /**
     * How reading a record went.
     *
     * @param count how often it was tried, the first time included
     * @param last when, by our clock
     * @param isDue whether it is about to be tried again, because a later release may read it or somebody asked for it
     */
    public record Tries(int count, Instant last, boolean isDue) {}
}
