package dev.gatehouse.model;

import java.time.Instant;

/**
 * One row of one of advanced hunting's Identity tables. It has no id of its own and never changes, so its content is
 * its identity. Absent texts are empty strings.
 *
 * @param tenant the directory it was read from
 * @param feed which table
 * @param timestamp when it happened
 * @param actionType what happened, e.g. {@code LogonSuccess}
 * @param accountName who did it, e.g. {@code jdoe}
 * @param accountUpn who did it, e.g. {@code jdoe@contoso.com}
 * @param deviceName from which host
 * @param ipAddress from which address
 * @param target what it was done to: the target account, device or query target, whichever the row has first
 * @param reportId Microsoft's number of the event
 * @param version what tells this row from others
 * @param original the row as received
 */
public record HuntingRow(
        TenantId tenant,
        Feed feed,
        Instant timestamp,
        String actionType,
        String accountName,
        String accountUpn,
        String deviceName,
        String ipAddress,
        String target,
        String reportId,
        ContentHash version,
        Original original)
        implements Collected {

    public HuntingRow {
        if (!feed.isHuntingTable()) {
            throw new IllegalArgumentException(feed + " has no hunting rows");
        }
    }

    @Override
    public String id() {
        return version.toString();
    }

    @Override
    public Instant orderedBy() {
        return timestamp;
    }
}
