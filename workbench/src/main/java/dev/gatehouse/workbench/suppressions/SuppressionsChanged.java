package dev.gatehouse.workbench.suppressions;

import java.util.UUID;

/** A suppression was added or changed; published after it is in the database. */
public record SuppressionsChanged(UUID id) {}
