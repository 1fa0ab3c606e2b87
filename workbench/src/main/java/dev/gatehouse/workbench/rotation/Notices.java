package dev.gatehouse.workbench.rotation;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people have to be told about the credentials of devices, worked out afresh each time. */
@Component
public class Notices {

    private final SecurityDevices devices;
    private final Rotations rotations;
    private final InstantSource clock;

    Notices(SecurityDevices devices, Rotations rotations, InstantSource clock) {
        this.devices = devices;
        this.rotations = rotations;
        this.clock = clock;
    }

    /** Of all enabled devices, the most pressing first. */
    public List<Notice> all(Scope scope) {
        return of(scope, devices.all(scope));
    }

    /** Of those of some devices that are enabled, the most pressing first. */
    public List<Notice> of(Scope scope, Collection<SecurityDevice> some) {
        return some.stream()
                .map(device -> of(scope, device))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Notice::level).reversed())
                .toList();
    }

    /** Of one device; a device that is not polled needs no credential. */
    public Optional<Notice> of(Scope scope, SecurityDevice device) {
        var countdown = device.credential().countdown(clock.instant());
        if (!device.enabled() || !countdown.level().isWorthANotice()) {
            return Optional.empty();
        }
        var end = "%s %s".formatted(device.credential().kind().title(), countdown.words());
        return Optional.of(rotations
                .of(scope, device.id())
                .filter(Rotation::isFailed)
                .map(failed -> new Notice(
                        device,
                        countdown.level(),
                        end + " and could not be replaced.",
                        "%s %s".formatted(failed.detail(), failed.cure())))
                .orElseGet(() -> new Notice(device, countdown.level(), end + ".", cure(device))));
    }

    private static String cure(SecurityDevice device) {
        return "Press 'Replace %s' on the device, or make a new one under Certificates & secrets of the app registration and edit the device."
                .formatted(device.credential().kind().word());
    }
}
