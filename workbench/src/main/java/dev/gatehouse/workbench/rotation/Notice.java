package dev.gatehouse.workbench.rotation;

import dev.gatehouse.workbench.devices.Countdown;
import dev.gatehouse.workbench.devices.SecurityDevice;

/**
 * Something about a device's credential that people are told without asking.
 *
 * @param device whose
 * @param level how pressing it is
 * @param title one short sentence: what is the matter
 * @param cure what to do about it
 */
public record Notice(SecurityDevice device, Countdown.Level level, String title, String cure) {

    /** Which of the sheet's colours it has. */
    public String tone() {
        return level.tone();
    }
}
