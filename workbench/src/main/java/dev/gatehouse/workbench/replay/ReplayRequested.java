package dev.gatehouse.workbench.replay;

import java.util.UUID;

/** Somebody asked for a replay; published once it is in the database. */
public record ReplayRequested(UUID deviceId) {}
