package dev.gatehouse.workbench.replay;

import dev.gatehouse.workbench.devices.ToldEverywhere;
import java.util.UUID;

/** Somebody asked for a replay; published once it is in the database. */
public record ReplayRequested(UUID deviceId) implements ToldEverywhere {}
