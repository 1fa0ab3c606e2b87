package dev.gatehouse.stories.planted;

import dev.gatehouse.model.Feed;

/** Pretends to be a class of the simulator that uses the product's words. */
public final class SimulatorThatPeeks {

    private SimulatorThatPeeks() {}

    /** Uses what it must not know. */
    public static String peek() {
        return Feed.ALERTS.name();
    }
}
