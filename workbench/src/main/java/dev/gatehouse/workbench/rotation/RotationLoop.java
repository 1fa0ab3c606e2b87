package dev.gatehouse.workbench.rotation;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Replaces the secrets and certificates of the devices of one tenant by itself before they end, where the application may do that, and finishes what was
 * interrupted.
 *
 * <p>The switch to a new one is a change of the device, so that all its loops start anew, this one too: it always
 * ends its work as one that was interrupted after the switch.
 */
final class RotationLoop extends Loop {

    private static final Duration BETWEEN_TRIES = Duration.ofDays(1);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    private final TenantId tenant;
    private final Surroundings surroundings;

    /** What all loops share. */
    record Surroundings(
            SecurityDevices devices,
            Rotations rotations,
            Rotator rotator,
            Settings.Rotation settings,
            InstantSource clock) {}

    RotationLoop(TenantId tenant, Surroundings surroundings, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.surroundings = surroundings;
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        var enabled = surroundings.devices().of(Scope.everything(), tenant).stream()
                .filter(SecurityDevice::enabled)
                .toList();
        if (enabled.isEmpty()) {
            return Optional.empty();
        }
        for (var device : enabled) {
            lookAfter(device);
        }
        return Optional.of(surroundings.settings().lookInterval());
    }

    private void lookAfter(SecurityDevice device) throws InterruptedException {
        var last = surroundings.rotations().of(Scope.everything(), device.id());
        var now = surroundings.clock().instant();
        var isInterrupted = last.filter(rotation -> surroundings.rotations().isInterrupted(rotation, now))
                .isPresent();
        if (isInterrupted || isDue(device, last)) {
            rotate(device, isInterrupted);
        }
    }

    /** Whether the end is near, and the last try is not under way and was not lately. */
    private boolean isDue(SecurityDevice device, Optional<Rotation> last) {
        var settings = surroundings.settings();
        var now = surroundings.clock().instant();
        var isNear = device.credential()
                .expires()
                .filter(end -> !now.plus(settings.before()).isBefore(end))
                .isPresent();
        // One that ended in the future ended before somebody set the clock back.
        var isTooSoon = last.filter(rotation -> rotation.ended().isEmpty()
                        || (rotation.ended().get().plus(BETWEEN_TRIES).isAfter(now)
                                && !rotation.ended().get().isAfter(now)))
                .isPresent();
        return settings.automatic() && isNear && !isTooSoon;
    }

    private void rotate(SecurityDevice device, boolean isInterrupted) throws InterruptedException {
        if (!(surroundings.devices().credentials(device.id()) instanceof Credentials.Usable(Connection connection))) {
            return;
        }
        var turn = surroundings.rotations().begin(device.id(), Rotation.GATEHOUSE);
        if (turn.isPresent()) {
            Fence.under(turn.get(), () -> {
                rotate(device, connection, isInterrupted);
                return true;
            });
        }
    }

    private void rotate(SecurityDevice device, Connection connection, boolean isInterrupted)
            throws InterruptedException {
        switch (surroundings.rotator().ownRight(connection)) {
            case Rotator.OwnRight.Given(var token) ->
                surroundings.rotator().rotate(device, connection, token::value, Rotation.GATEHOUSE, isInterrupted);
            case Rotator.OwnRight.Missing(var cause, var cure) ->
                surroundings
                        .rotations()
                        .failed(
                                device.id(),
                                isInterrupted
                                        ? "A replacement was interrupted, and Gatehouse may not finish it: " + cause
                                        : cause,
                                cure);
        }
    }

    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        // Polling says so in the log; this needs no second voice.
        return AFTER_TROUBLE;
    }

    /** What was begun is taken up again by the next round; the log and the health of the loops say why it broke off. */
    @Override
    protected Duration failed(Fault fault) {
        return surroundings.settings().lookInterval();
    }

    /** The old secret stays for a while after the switch, during which it only waits. */
    @Override
    protected Duration longestSilence() {
        return super.longestSilence().plus(surroundings.settings().oldSecretStays());
    }

    @Override
    protected String name() {
        return "Looking after the credentials of tenant " + tenant;
    }
}
