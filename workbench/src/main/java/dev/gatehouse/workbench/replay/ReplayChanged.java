package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.TenantId;
import java.util.UUID;

/** A replay got further, got stuck, or ended; published once it is in the database. */
public record ReplayChanged(TenantId tenant, UUID replayId) {}
