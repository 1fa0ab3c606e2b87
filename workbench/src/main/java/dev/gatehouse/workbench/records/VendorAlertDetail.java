package dev.gatehouse.workbench.records;

import dev.gatehouse.model.VendorAlert;
import java.util.List;

/**
 * All there is to know about an alert. Its incident is found with {@link VendorIncidents#row}.
 *
 * @param row what lists show of it
 * @param alert its current version, whole, with evidence and original
 * @param versions every version seen, newest first
 */
public record VendorAlertDetail(VendorAlertRow row, VendorAlert alert, List<Version> versions) {

    public VendorAlertDetail {
        versions = List.copyOf(versions);
    }
}
