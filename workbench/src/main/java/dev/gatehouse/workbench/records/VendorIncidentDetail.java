package dev.gatehouse.workbench.records;

import dev.gatehouse.model.VendorIncident;
import java.util.List;

/**
 * All there is to know about an incident.
 *
 * @param row what lists show of it
 * @param incident its current version, whole, with its original
 * @param merged the incidents that were merged into it, also by way of others, oldest first
 * @param alerts those of its alerts that we keep, and of theirs, oldest first
 * @param versions every version seen, newest first
 */
public record VendorIncidentDetail(
        VendorIncidentRow row,
        VendorIncident incident,
        List<VendorIncident> merged,
        List<VendorAlertRow> alerts,
        List<Version> versions) {

    public VendorIncidentDetail {
        merged = List.copyOf(merged);
        alerts = List.copyOf(alerts);
        versions = List.copyOf(versions);
    }
}
