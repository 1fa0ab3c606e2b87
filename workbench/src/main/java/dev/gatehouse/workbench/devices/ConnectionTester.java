package dev.gatehouse.workbench.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Connection;
import java.util.List;

/** Tries a connection step by step, as {@code intake.probe} does. */
public interface ConnectionTester {

    /** Takes seconds, since it asks Microsoft. */
    List<Check> test(Connection connection);
}
