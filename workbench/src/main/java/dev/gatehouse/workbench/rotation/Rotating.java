package dev.gatehouse.workbench.rotation;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantWork;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looking after the secret of every device. */
@Component
class Rotating implements TenantWork {

    private final RotationLoop.Surroundings surroundings;

    Rotating(SecurityDevices devices, Rotations rotations, Rotator rotator, Settings settings, InstantSource clock) {
        this.surroundings = new RotationLoop.Surroundings(devices, rotations, rotator, settings.rotation(), clock);
    }

    @Override
    public List<RotationLoop> loopsFor(TenantId tenant) {
        return List.of(new RotationLoop(tenant, surroundings, new SystemSleeper()));
    }
}
