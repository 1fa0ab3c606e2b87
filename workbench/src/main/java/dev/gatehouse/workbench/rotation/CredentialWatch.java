package dev.gatehouse.workbench.rotation;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.devices.Countdown;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Chore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at the credentials of all devices from time to time, writes into the log and keeps the figures for monitoring. */
@Component
class CredentialWatch implements Chore {

    private static final Logger log = LoggerFactory.getLogger(CredentialWatch.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final SecurityDevices devices;
    private final Notices notices;
    private final InstantSource clock;
    private final MonotonicClock passing;
    private final Map<UUID, Said> said = new ConcurrentHashMap<>();

    /** What the log said last about a device, and when by the clock that never steps. */
    private record Said(Countdown.Level level, long at) {}

    CredentialWatch(
            SecurityDevices devices,
            Notices notices,
            InstantSource clock,
            MonotonicClock passing,
            MeterRegistry registry) {
        this.devices = devices;
        this.notices = notices;
        this.clock = clock;
        this.passing = passing;
        Gauge.builder("gatehouse.credential.days.left", this::fewestDaysLeft)
                .description("Until the first credential of an enabled device ends; not a number when none is known")
                .register(registry);
        Gauge.builder("gatehouse.credentials.unknown", this::unknown)
                .description("Enabled devices of whose credential nobody knows when it ends")
                .register(registry);
    }

    private double fewestDaysLeft() {
        return countdowns()
                .flatMap(countdown -> countdown.left().stream())
                .mapToDouble(left -> left.toMinutes() / (double) DAY.toMinutes())
                .min()
                .orElse(Double.NaN);
    }

    private double unknown() {
        return countdowns()
                .filter(countdown -> countdown.level() == Countdown.Level.UNKNOWN)
                .count();
    }

    private Stream<Countdown> countdowns() {
        var now = clock.instant();
        return devices.all(Scope.everything()).stream()
                .filter(SecurityDevice::enabled)
                .map(device -> device.credential().countdown(now));
    }

    @Override
    public String name() {
        return "Looking which credentials are about to end";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** Says once a day, and whenever it gets more pressing, what is about to end. */
    @Override
    public void run() {
        for (var notice : notices.all(Scope.everything())) {
            var device = notice.device();
            var before = Optional.ofNullable(said.get(device.id()));
            var isKnown = before.filter(last -> last.level() == notice.level()
                            && passing.since(last.at()).compareTo(DAY) < 0)
                    .isPresent();
            if (!isKnown) {
                said.put(device.id(), new Said(notice.level(), passing.nanos()));
                log.warn(
                        "Device {} of tenant {}: {} {}",
                        device.id(),
                        device.directory(),
                        notice.title(),
                        notice.cure());
            }
        }
    }
}
