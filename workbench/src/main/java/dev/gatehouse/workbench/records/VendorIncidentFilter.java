package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorIncidentStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which vendor incidents to list. Everything that is set has to hold.
 *
 * @param device of one device
 * @param severity of this one only
 * @param status in this one only
 * @param text found in title or id, in any case; empty for all
 * @param since made by Microsoft at this instant or later
 * @param isWithMerged whether those are wanted, too, that were merged into another
 */
public record VendorIncidentFilter(
        Optional<UUID> device,
        Optional<Severity> severity,
        Optional<VendorIncidentStatus> status,
        String text,
        Optional<Instant> since,
        boolean isWithMerged) {

    public VendorIncidentFilter {
        text = text.strip();
    }
}
