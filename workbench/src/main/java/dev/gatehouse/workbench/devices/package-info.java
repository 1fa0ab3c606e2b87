/**
 * The security devices that people connect: adding, changing, removing and testing them, and how they are doing. Comes
 * in: what somebody typed. Goes out: devices, connections and health. Goes wrong:
 * {@link dev.gatehouse.workbench.devices.InvalidDevice} with a message per field. Read {@link
 * dev.gatehouse.workbench.devices.SecurityDevices} first, then {@link dev.gatehouse.workbench.devices.DeviceEditing}.
 */
@NullMarked
package dev.gatehouse.workbench.devices;

import org.jspecify.annotations.NullMarked;
