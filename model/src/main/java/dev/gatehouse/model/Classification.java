package dev.gatehouse.model;

/** What somebody at the customer decided that an alert or incident is. Source: CSDL, {@code alertClassification}. */
public enum Classification {
    UNKNOWN,
    FALSE_POSITIVE,
    TRUE_POSITIVE,
    INFORMATIONAL_EXPECTED_ACTIVITY
}
