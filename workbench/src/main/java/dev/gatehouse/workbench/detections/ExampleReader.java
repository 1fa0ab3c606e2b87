package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;

/** Understands an example in a rule as what Microsoft sends is understood. */
@FunctionalInterface
public interface ExampleReader {

    /**
     * Reads a vendor alert in the JSON of Graph.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    VendorAlert read(Original json);
}
