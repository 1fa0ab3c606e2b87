package dev.gatehouse.workbench.investigations;

/** What a line of the history is about. */
public enum Subject {
    INVESTIGATION,
    FINDING,
    COMMENT,
    TIMELINE_ENTRY,
    INVESTIGATIVE_ACTION,
    REMEDIATION_ACTION,
    FILE
}
