/**
 * The resources about security devices: the devices, imports of many, and the replacement of what one signs in with.
 * Comes in: filters, and attributes of devices. Goes out: documents in the attributes of the known product; a secret
 * never travels back. Goes wrong: what {@code devices.DeviceChecks} finds, with the place of each field. Read {@link
 * dev.gatehouse.workbench.web.api.devices.SecurityDeviceApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.devices;

import org.jspecify.annotations.NullMarked;
