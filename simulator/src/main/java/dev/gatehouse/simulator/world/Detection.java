package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.List;

/**
 * An alert as it is raised.
 *
 * @param id in Graph, {@code aa8c…}
 * @param firstActivity the act that gave the attack away
 * @param lastActivity the last act before the alert
 * @param created when Defender raised it
 */
record Detection(
        String id,
        Product product,
        Detector detector,
        String description,
        Instant firstActivity,
        Instant lastActivity,
        Instant created,
        List<Evidence> evidence) {

    Detection {
        evidence = List.copyOf(evidence);
    }

    /** The product's own number of the alert: the id without its prefix. */
    String providerAlertId() {
        return id.substring(product.idPrefix.length());
    }
}
