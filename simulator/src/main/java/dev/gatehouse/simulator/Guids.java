package dev.gatehouse.simulator;

import java.util.Random;
import java.util.UUID;

/** Random GUIDs that follow from a seed. */
final class Guids {

    private Guids() {}

    /** The next GUID, with version and variant of a random one, so that it passes for real. */
    static UUID random(Random random) {
        var bits = new UUID(random.nextLong(), random.nextLong()).toString();
        return UUID.fromString(bits.substring(0, 14) + "4" + bits.substring(15, 19) + "a" + bits.substring(20));
    }
}
