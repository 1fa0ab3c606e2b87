package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/**
 * Puts a new secret or certificate into the security device of the directory: a new one, or the one that is there.
 *
 * @param devices where it may be already
 * @param editing where it goes
 * @param setUp what a new device is called
 * @param actor who does it, for the device's history
 */
record DeviceKeeper(SecurityDevices devices, DeviceEditing editing, SetUp setUp, String actor) implements SecretKeeper {

    @Override
    public void keep(Connection connection, String keyId, Instant end) throws NotKept {
        try {
            var known = deviceOf(devices, setUp);
            var draft = DeviceDraft.of(connection, keyId, Optional.of(end))
                    .with(DeviceField.NAME, known.map(SecurityDevice::name).orElse(setUp.deviceName()))
                    .with(
                            DeviceField.LOCATION,
                            known.map(SecurityDevice::location).orElse(setUp.location()));
            if (known.isPresent()) {
                editing.update(Scope.everything(), known.get().id(), draft, actor);
            } else {
                editing.add(Scope.everything(), draft, actor);
            }
        } catch (InvalidDevice e) {
            throw new NotKept("The security device did not take it: " + e.getMessage());
        } catch (DataAccessException e) {
            throw new NotKept("The security device could not be saved, because the database did not answer.");
        }
    }

    @Override
    public Optional<ApplicationId> application(TenantId tenant) {
        return deviceOf(devices, setUp).map(SecurityDevice::application);
    }

    /** The device of a set-up's directory that the guide is about, when there is one; another kind may be there beside it. */
    static Optional<SecurityDevice> deviceOf(SecurityDevices devices, SetUp setUp) {
        return devices.of(Scope.everything(), setUp.directory()).stream()
                .filter(device -> device.kind() == DeviceKind.USUAL)
                .findFirst();
    }
}
