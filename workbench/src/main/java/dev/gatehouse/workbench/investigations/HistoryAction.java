package dev.gatehouse.workbench.investigations;

/** What can happen to an investigation and to what is in it, as histories name it. */
public enum HistoryAction {
    CREATED,
    ASSIGNED,
    CHANGED,
    CLOSED,
    SUMMARY,
    REOPENED,
    PUBLISHED,
    DELETED,
    UPDATED,
    ACKNOWLEDGED,
    CLASSIFIED,
    COMPLETED
}
