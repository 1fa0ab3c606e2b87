package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.workbench.devices.Countdown;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.web.frame.Condition;

/**
 * A line of the table of security devices.
 *
 * @param device what it is
 * @param health how it is doing
 * @param countdown how long what it signs in with still works
 * @param receivedToday how many new or changed records it brought in the last 24 hours
 */
public record DeviceRow(SecurityDevice device, DeviceHealth health, Countdown countdown, long receivedToday) {

    public Condition condition() {
        return Condition.of(health.stage());
    }
}
