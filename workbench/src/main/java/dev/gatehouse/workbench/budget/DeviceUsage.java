package dev.gatehouse.workbench.budget;

import dev.gatehouse.workbench.devices.SecurityDevice;

/**
 * What a device's budget in one lane looks like.
 *
 * @param device whose tenant it is
 * @param now the last minute, as this process counts it
 * @param lastHour requests of the last hour, of all processes, as the ledger has them
 */
public record DeviceUsage(SecurityDevice device, Usage now, long lastHour) {}
