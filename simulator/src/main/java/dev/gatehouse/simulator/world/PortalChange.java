package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Something that a reader of the portal can see from an instant on.
 *
 * @param shownAt when it becomes visible; what it says of itself may be older
 * @param effect what changes in the portal
 */
record PortalChange(Instant shownAt, Consumer<Portal> effect) {}
