package dev.gatehouse.workbench.web.pages.guide;

import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.onboard.Phase;
import dev.gatehouse.workbench.onboard.SetUp;
import java.util.Optional;

/**
 * One customer in the list of set-ups.
 *
 * @param setUp who
 * @param confirmed how many points of the guide are confirmed
 * @param points how many there are
 * @param consoleAccess how far it has got
 * @param device the security device, when there is one
 * @param phase where the latest run is
 */
public record SetUpRow(
        SetUp setUp,
        long confirmed,
        int points,
        ConsoleAccess consoleAccess,
        Optional<SecurityDevice> device,
        Optional<Phase> phase) {

    /** Whether somebody is at work in the tenant now. */
    public boolean isRunning() {
        return phase.filter(now -> !now.isOver()).isPresent();
    }
}
