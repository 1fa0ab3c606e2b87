package dev.gatehouse.workbench.replay;

import java.util.UUID;

/** A replay got further, got stuck, or ended; published once it is in the database. */
public record ReplayChanged(UUID deviceId, UUID replayId) {}
