package dev.gatehouse.model;

/** How bad Microsoft thinks it is, from least to worst; {@code UNKNOWN} first. Source: CSDL, {@code alertSeverity}. */
public enum Severity {
    UNKNOWN,
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH
}
