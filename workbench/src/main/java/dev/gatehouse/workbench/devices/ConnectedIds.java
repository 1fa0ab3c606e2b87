package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which directories and applications devices are connected with, so that a draft is checked without a search. */
final class ConnectedIds {

    private final Map<UUID, String> nameByDirectory = new HashMap<>();
    private final Set<UUID> applications = new HashSet<>();

    private ConnectedIds() {}

    /**
     * The ids of these devices.
     *
     * @param scope of whoever asks; a device that they may not see does not count
     * @param edited the device whose own ids do not count
     */
    static ConnectedIds of(Scope scope, Collection<SecurityDevice> devices, Optional<UUID> edited) {
        var ids = new ConnectedIds();
        for (var device : devices) {
            if (scope.includes(device.organization().id())
                    && edited.filter(device.id()::equals).isEmpty()) {
                ids.add(device.directory(), device.application(), device.name());
            }
        }
        return ids;
    }

    /** Counts a device that is about to be added. */
    void add(DeviceDraft draft) {
        add(
                TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)),
                ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                draft.text(DeviceField.NAME));
    }

    private void add(TenantId directory, ApplicationId application, String name) {
        nameByDirectory.putIfAbsent(directory.value(), name);
        applications.add(application.value());
    }

    /** The name of the device that a directory is connected with. */
    Optional<String> deviceOf(TenantId directory) {
        return Optional.ofNullable(nameByDirectory.get(directory.value()));
    }

    /** Whether another device uses one of the two ids the other way round. */
    boolean haveSwapped(TenantId directory, ApplicationId application) {
        return nameByDirectory.containsKey(application.value()) || applications.contains(directory.value());
    }
}
