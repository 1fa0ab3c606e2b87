package dev.gatehouse.model;

/** Where an alert stands in Microsoft's portal. Source: CSDL, {@code alertStatus}. */
public enum VendorAlertStatus {
    UNKNOWN,
    NEW,
    IN_PROGRESS,
    RESOLVED
}
