package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a tenant is read: once for all of its devices, as the application of the one that was added first and is enabled. When
 * that one is disabled or removed, the next one takes its place, and reading goes on from where it was.
 *
 * @param device the device whose application reads
 * @param kinds the kinds of all enabled devices of the tenant, which decide what is read and kept
 */
public record Reader(SecurityDevice device, Set<DeviceKind> kinds) {

    public Reader {
        kinds = Set.copyOf(kinds);
    }

    /**
     * The reader among the devices of a tenant; empty when none is enabled.
     *
     * @param devices the first one first, as {@link SecurityDevices#of} gives them
     */
    public static Optional<Reader> among(List<SecurityDevice> devices) {
        var enabled = devices.stream().filter(SecurityDevice::enabled).toList();
        return enabled.stream()
                .findFirst()
                .map(first -> new Reader(
                        first, enabled.stream().map(SecurityDevice::kind).collect(Collectors.toSet())));
    }
}
