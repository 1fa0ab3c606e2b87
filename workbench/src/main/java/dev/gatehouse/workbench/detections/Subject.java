package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.VendorAlert;
import java.util.UUID;

/**
 * A vendor alert and whose it is.
 *
 * @param alert as Microsoft tells it
 * @param organizationId the customer's
 * @param organizationName what people call the customer
 * @param organizationShortName the prefix of its case numbers
 * @param deviceName the security device that shows it
 */
public record Subject(
        VendorAlert alert,
        UUID organizationId,
        String organizationName,
        String organizationShortName,
        String deviceName) {}
