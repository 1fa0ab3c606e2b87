package dev.gatehouse.workbench.rotation;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people have to be told about the credentials of devices, worked out afresh each time. */
@Component
public class Notices {

    private final SecurityDevices devices;
    private final InstantSource clock;

    Notices(SecurityDevices devices, InstantSource clock) {
        this.devices = devices;
        this.clock = clock;
    }

    /** Of all enabled devices, the most pressing first. */
    public List<Notice> all() {
        return devices.all().stream()
                .map(this::of)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Notice::level).reversed())
                .toList();
    }

    /** Of one device; a device that is not polled needs no credential. */
    public Optional<Notice> of(SecurityDevice device) {
        var credential = device.credential();
        var countdown = credential.countdown(clock.instant());
        if (!device.enabled() || !countdown.level().isWorthANotice()) {
            return Optional.empty();
        }
        return Optional.of(
                new Notice(
                        device,
                        countdown.level(),
                        "%s %s.".formatted(credential.kind().title(), countdown.words()),
                        "Make a new one under Certificates & secrets of the app registration and edit the device, or run 'gatehouse tenant rotate'."));
    }
}
