package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which directories and applications devices are connected with, so that a draft is checked without a search. */
final class ConnectedIds {

    private final Map<UUID, Map<DeviceKind, Connected>> byDirectory = new HashMap<>();
    private final Set<UUID> applications = new HashSet<>();

    /**
     * A device of a directory.
     *
     * @param name what it is called
     * @param cloud the name of the cloud that the directory is in
     */
    record Connected(String name, String cloud) {}

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
                ids.add(
                        device.directory(),
                        device.application(),
                        device.kind(),
                        new Connected(device.name(), device.cloud()));
            }
        }
        return ids;
    }

    /** Counts a device that is about to be added. */
    void add(DeviceDraft draft) {
        add(
                TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)),
                ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                draft.kind().orElseThrow(),
                new Connected(draft.text(DeviceField.NAME), draft.text(DeviceField.CLOUD)));
    }

    private void add(TenantId directory, ApplicationId application, DeviceKind kind, Connected device) {
        byDirectory
                .computeIfAbsent(directory.value(), _ -> new EnumMap<>(DeviceKind.class))
                .putIfAbsent(kind, device);
        applications.add(application.value());
    }

    /** The device of a kind that a directory is connected with. */
    Optional<Connected> deviceOf(TenantId directory, DeviceKind kind) {
        return Optional.ofNullable(
                byDirectory.getOrDefault(directory.value(), Map.of()).get(kind));
    }

    /** The devices that a directory is connected with. */
    Collection<Connected> devicesOf(TenantId directory) {
        return byDirectory.getOrDefault(directory.value(), Map.of()).values();
    }

    /** Whether another device uses one of the two ids the other way round. */
    boolean haveSwapped(TenantId directory, ApplicationId application) {
        return byDirectory.containsKey(application.value()) || applications.contains(directory.value());
    }
}
