package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;

/** How getting what a device connects with can end. */
public sealed interface Credentials {

    record Usable(Connection connection) implements Credentials {}

    /** The secret cannot be opened, or the cloud is not configured any more. */
    record Unusable(Diagnosis diagnosis) implements Credentials {}
}
