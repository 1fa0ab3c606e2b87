package dev.gatehouse.model;

/** Where an incident stands in Microsoft's portal; a merged one is {@code REDIRECTED}. Source: CSDL, {@code incidentStatus}. */
public enum VendorIncidentStatus {
    ACTIVE,
    RESOLVED,
    IN_PROGRESS,
    REDIRECTED,
    AWAITING_ACTION
}
