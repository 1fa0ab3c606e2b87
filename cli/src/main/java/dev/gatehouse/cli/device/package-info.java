/**
 * The {@code gatehouse device} commands: connected tenants. Comes in: options, files with many devices, secrets
 * that never stand in an argument. Goes out: requests to the API. Read {@link
 * dev.gatehouse.cli.device.DeviceImport} first.
 */
@NullMarked
package dev.gatehouse.cli.device;

import org.jspecify.annotations.NullMarked;
