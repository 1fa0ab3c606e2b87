package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.Verbatim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a list shows of an alert. Absent texts are empty strings.
 *
 * @param tenant the directory it is from
 * @param device the device that brings that directory's alerts, or the last one that did
 * @param deviceName that device's name
 * @param id Microsoft's id
 * @param incidentId the incident that holds it, empty when none
 * @param title what an analyst reads first
 * @param severity as Microsoft sees it
 * @param status as it stands in Microsoft's portal
 * @param category a tactic in Microsoft's spelling
 * @param detectorId which detection fired
 * @param assignedTo who works on it in Microsoft's portal
 * @param techniques MITRE ATT&amp;CK ids
 * @param created by Microsoft
 * @param updated by Microsoft
 * @param firstActivity when the activity began
 * @param lastActivity when the activity was last seen
 * @param versions how many versions of it have been seen
 * @param firstSeen by us
 * @param lastChanged by us
 * @param entities names of up to six of the accounts, hosts and addresses in it
 */
public record VendorAlertRow(
        TenantId tenant,
        Optional<UUID> device,
        String deviceName,
        String id,
        String incidentId,
        String title,
        Verbatim<Severity> severity,
        Verbatim<VendorAlertStatus> status,
        String category,
        String detectorId,
        String assignedTo,
        List<String> techniques,
        Instant created,
        Instant updated,
        Optional<Instant> firstActivity,
        Optional<Instant> lastActivity,
        int versions,
        Instant firstSeen,
        Instant lastChanged,
        List<String> entities) {

    public VendorAlertRow {
        techniques = List.copyOf(techniques);
        entities = List.copyOf(entities);
    }
}
