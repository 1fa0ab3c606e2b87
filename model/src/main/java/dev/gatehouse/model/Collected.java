package dev.gatehouse.model;

import java.time.Instant;

/** A record that was read and understood, together with the text it was read from. */
public sealed interface Collected permits VendorAlert, VendorIncident, HuntingRow {

    /** The customer's directory that it was read from; not what the record itself claims. */
    TenantId tenant();

    /** Microsoft's id of it, unique within tenant and feed. Hunting rows have none and use their content hash. */
    String id();

    /** The time that its feed is ordered by: {@code lastUpdateDateTime}, or {@code Timestamp} of a hunting row. */
    Instant orderedBy();

    /** What tells one version of it from another. */
    ContentHash version();

    /** The text as received. */
    Original original();
}
