package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorIncidentStatus;
import dev.gatehouse.model.Verbatim;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a list shows of an incident. Absent texts are empty strings.
 *
 * @param tenant the directory it is from
 * @param device the device that brings that directory's incidents, or the last one that did
 * @param deviceName that device's name
 * @param id Microsoft's id
 * @param displayName what an analyst reads first
 * @param severity the highest of its alerts
 * @param status as it stands in Microsoft's portal
 * @param redirectId the incident that it was merged into, empty when it was not
 * @param survivorId where it is after all mergers, which may not be here yet; empty when it was not merged, or when the
 *     mergers lead in a circle
 * @param assignedTo who works on it in Microsoft's portal
 * @param created by Microsoft
 * @param updated by Microsoft
 * @param alerts how many of its alerts we keep, those of incidents that were merged into it included
 */
public record VendorIncidentRow(
        TenantId tenant,
        Optional<UUID> device,
        String deviceName,
        String id,
        String displayName,
        Verbatim<Severity> severity,
        Verbatim<VendorIncidentStatus> status,
        String redirectId,
        String survivorId,
        String assignedTo,
        Instant created,
        Instant updated,
        int alerts) {

    public boolean isMerged() {
        return !redirectId.isEmpty();
    }
}
