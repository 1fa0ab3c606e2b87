package dev.gatehouse.workbench.alerts;

/** Somebody has history read again, or has what was found applied; published after it is in the database. */
public record RereadRequested() {}
