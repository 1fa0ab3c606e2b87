package dev.gatehouse.workbench.reconcile;

import java.util.UUID;

/** Somebody asked for hours to be compared; published once it is in the database. */
public record ReconciliationRequested(UUID deviceId) {}
