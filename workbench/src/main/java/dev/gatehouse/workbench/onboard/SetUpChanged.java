package dev.gatehouse.workbench.onboard;

import java.util.UUID;

/** Something about a set-up has changed: its fields, its points, or how far a run is. */
public record SetUpChanged(UUID setUpId) {}
