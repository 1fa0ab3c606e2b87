package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Things of one kind that happen one after the other: attacks, ordinary days, weekly inventories. */
interface EventSeries {

    /** When the next one begins; empty when there is none any more. Never earlier than the one before. */
    Optional<Instant> nextBegins();

    /** Plays the next one: its moments, none of them before {@link #nextBegins()}, in any order. */
    List<PortalChange> play();
}
