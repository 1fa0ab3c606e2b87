package dev.gatehouse.workbench.show;

import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;

/**
 * A line of the table of security devices.
 *
 * @param device what it is
 * @param health how it is doing
 * @param receivedToday how many new or changed records it brought in the last 24 hours
 */
public record DeviceRow(SecurityDevice device, DeviceHealth health, long receivedToday) {

    public Condition condition() {
        return Condition.of(health.stage());
    }
}
