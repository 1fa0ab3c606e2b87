package dev.gatehouse.workbench.store;

import dev.gatehouse.workbench.store.Delivery.Request;

/** A page came for a device that meanwhile reads another directory. Nothing of it was kept. */
public class StaleDelivery extends RuntimeException {

    StaleDelivery(Request request) {
        super("Device %s does not read directory %s any more".formatted(request.device(), request.tenant()));
    }
}
