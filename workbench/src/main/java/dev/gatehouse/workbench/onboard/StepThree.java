package dev.gatehouse.workbench.onboard;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Step 3 by hand: somebody types the Application ID and the client secret. Trying them confirms what of step 2 shows in
 * the application's own token, and needs no administrator.
 */
@Component
public class StepThree {

    private final SetUps setUps;
    private final SecurityDevices devices;
    private final DeviceEditing editing;
    private final ConnectionTests tests;

    StepThree(SetUps setUps, SecurityDevices devices, DeviceEditing editing, ConnectionTests tests) {
        this.setUps = setUps;
        this.devices = devices;
        this.editing = editing;
        this.tests = tests;
    }

    /** The device of a set-up's directory, when there is one. */
    public Optional<SecurityDevice> device(SetUp setUp) {
        return DeviceKeeper.deviceOf(devices, setUp);
    }

    /**
     * Tries what was typed without keeping it, and ticks what that confirms.
     *
     * @param draft a blank secret means that of the device, when there is one
     * @throws InvalidDevice when there is nothing to try
     */
    public List<Check> check(SetUp setUp, DeviceDraft draft, String actor) {
        var device = device(setUp);
        var checks = device.isPresent()
                ? tests.test(Scope.everything(), device.get().id(), draft)
                : tests.test(Scope.everything(), draft);
        note(setUp, checks, actor);
        return checks;
    }

    /**
     * Saves the security device, a new one or that of the directory, and tries it.
     *
     * @throws InvalidDevice when something is wrong with the draft
     */
    public List<Check> save(SetUp setUp, DeviceDraft draft, String actor) {
        var device = device(setUp);
        var saved = device.isPresent()
                ? editing.update(Scope.everything(), device.get().id(), draft, actor)
                : editing.add(Scope.everything(), draft, actor);
        setUps.adopt(setUp.id(), saved.application());
        setUps.remember(
                setUp.id(), "DEVICE_SAVED", "'%s', application %s".formatted(saved.name(), saved.application()), actor);
        var checks = tests.test(saved.id());
        note(setUp, checks, actor);
        return checks;
    }

    private void note(SetUp setUp, List<Check> checks, String actor) {
        var findings = new ArrayList<>(Findings.of(checks));
        if (!setUps.ticks(Scope.everything(), setUp.id()).containsKey(GuideStep.USER_READ)) {
            findings.add(
                    Finding.unknown(
                            GuideStep.USER_READ,
                            "A delegated permission does not stand in the application's token. An administrator's sign-in confirms it."));
        }
        setUps.note(setUp.id(), findings, actor);
    }
}
