package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.workbench.devices.ToldEverywhere;
import java.util.UUID;

/** Somebody asked for hours to be compared; published once it is in the database. */
public record ReconciliationRequested(UUID deviceId) implements ToldEverywhere {}
