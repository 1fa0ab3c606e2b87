package dev.gatehouse.workbench.rotation;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.AdminSignInFailed;
import dev.gatehouse.setup.signin.SignInMethod;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.Fault;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Where people ask for a new secret or certificate: with the application's own right when it has it, otherwise with that of an
 * administrator who types a code on Microsoft's page. The administrator's token is kept in memory until the end.
 */
@Component
public class RotationService implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RotationService.class);
    private static final Set<String> SCOPES = Set.of("Application.ReadWrite.All");
    private static final String WHO_MAY =
            "Press the button again. It takes an Application Administrator, a Cloud Application Administrator or an owner of the app registration.";

    private final SecurityDevices devices;
    private final Rotations rotations;
    private final Rotator rotator;
    private final ApplicationEventPublisher events;
    private final PageMemory memory;
    private final InstantSource clock;
    private final Background background;
    private final Map<UUID, Thread> underWay = new ConcurrentHashMap<>();
    private final Map<UUID, SignInCode> codes = new ConcurrentHashMap<>();

    RotationService(
            SecurityDevices devices,
            Rotations rotations,
            Rotator rotator,
            ApplicationEventPublisher events,
            PageMemory memory,
            InstantSource clock,
            Background background) {
        this.devices = devices;
        this.rotations = rotations;
        this.rotator = rotator;
        this.events = events;
        this.memory = memory;
        this.clock = clock;
        this.background = background;
    }

    /** The last replacement of a device, or the one under way. */
    public Optional<Rotation> of(Scope scope, UUID device) {
        return rotations.of(scope, device);
    }

    /** Where an administrator has to type which code for the replacement to go on; while one is waited for. */
    public Optional<SignInCode> code(UUID device) {
        return Optional.ofNullable(codes.get(device));
    }

    /**
     * Begins to replace what a device signs in with. What comes of it is told by {@link #of}.
     *
     * @return why it did not begin; empty when it did
     * @throws NoSuchDevice when the device was removed
     */
    public Optional<String> begin(UUID id, String actor) {
        var device = devices.find(Scope.everything(), id).orElseThrow(() -> new NoSuchDevice(id));
        return switch (devices.credentials(id)) {
            case Credentials.Unusable(var diagnosis) ->
                Optional.of("%s %s".formatted(diagnosis.cause(), diagnosis.cure()));
            case Credentials.Usable(var connection) -> {
                var turn = rotations.begin(id, actor);
                if (turn.isEmpty()) {
                    yield Optional.of("The %s is being replaced already."
                            .formatted(device.credential().kind().word()));
                }
                underWay.put(id, background.once("Rotation " + id, () -> run(turn.get(), device, connection, actor)));
                yield Optional.empty();
            }
        };
    }

    /** Ends a replacement that waits for an administrator to sign in; nothing has been done then. */
    public void cancel(UUID id) {
        if (codes.containsKey(id)) {
            Optional.ofNullable(underWay.get(id)).ifPresent(Thread::interrupt);
        }
    }

    private void run(Rotations.Turn turn, SecurityDevice device, Connection connection, String actor) {
        try {
            Fence.under(turn, () -> {
                run(device, connection, actor);
                return true;
            });
        } catch (InterruptedException e) {
            // Gatehouse is stopping. Whatever was begun is finished later.
            Thread.currentThread().interrupt();
        } catch (LeaseLost e) {
            log.warn("{}; here nothing more is done", e.getMessage());
        } catch (RuntimeException e) {
            log.error(
                    "Replacing the credential of device {} broke off; it is taken up again later",
                    device.id(),
                    Fault.of(e).trace());
        } finally {
            underWay.remove(device.id());
        }
    }

    private void run(SecurityDevice device, Connection connection, String actor) throws InterruptedException {
        switch (rotator.ownRight(connection)) {
            case Rotator.OwnRight.Given(var token) -> rotator.rotate(device, connection, token::value, actor, false);
            case Rotator.OwnRight.Missing _ -> asAdministrator(device, connection, actor);
        }
    }

    private void asAdministrator(SecurityDevice device, Connection connection, String actor)
            throws InterruptedException {
        try (var access = new CloudAccess(connection.cloud(), memory, clock)) {
            var signIn = access.signIn(
                    connection.tenant(),
                    AdminSignIn.GRAPH_COMMAND_LINE_TOOLS,
                    new SignInMethod.DeviceCode(code -> show(device.id(), code)));
            var token = signIn.token(SCOPES);
            hide(device.id());
            rotator.rotate(device, connection, token::value, actor, false);
        } catch (AdminSignInFailed e) {
            rotations.failed(device.id(), e.reason(), WHO_MAY);
        } catch (InterruptedException e) {
            if (codes.containsKey(device.id())) {
                // Nobody has signed in, so nothing has been done.
                rotations.forget(device.id());
            }
            throw e;
        } finally {
            hide(device.id());
        }
    }

    private void show(UUID device, SignInMethod.Code code) {
        codes.put(device, new SignInCode(code.address(), code.userCode()));
        events.publishEvent(new RotationChanged(device));
    }

    private void hide(UUID device) {
        if (codes.remove(device) != null) {
            events.publishEvent(new RotationChanged(device));
        }
    }

    @Override
    public void destroy() {
        underWay.values().forEach(Thread::interrupt);
    }
}
