package dev.gatehouse.workbench.records;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.VendorAlert;
import java.util.Set;

/** Tells which kinds of device show a vendor alert. */
@FunctionalInterface
public interface AlertKinds {

    /** The kinds of device that show it. */
    Set<DeviceKind> of(VendorAlert alert);
}
