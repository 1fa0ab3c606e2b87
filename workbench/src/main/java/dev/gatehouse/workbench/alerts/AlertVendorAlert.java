package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * That a vendor alert belongs to an alert.
 *
 * @param tenant of which directory
 * @param vendorAlertId Microsoft's id
 * @param alert the alert
 * @param alertName as it is called
 * @param ruleId the rule that took it
 * @param ruleVersion as it was then
 * @param reason why that rule took it
 * @param severity what the rule makes of it
 * @param severityReason why
 * @param joined when it was taken, by our clock
 */
public record AlertVendorAlert(
        TenantId tenant,
        String vendorAlertId,
        UUID alert,
        String alertName,
        String ruleId,
        int ruleVersion,
        String reason,
        String severity,
        String severityReason,
        Instant joined) {}
