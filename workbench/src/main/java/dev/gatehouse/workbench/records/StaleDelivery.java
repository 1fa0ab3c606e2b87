package dev.gatehouse.workbench.records;

import dev.gatehouse.workbench.records.Delivery.Origin;

/** A page came for a device that meanwhile reads another directory. Nothing of it was kept. */
public class StaleDelivery extends RuntimeException {

    StaleDelivery(Origin origin) {
        super("Device %s does not read directory %s any more".formatted(origin.device(), origin.tenant()));
    }
}
