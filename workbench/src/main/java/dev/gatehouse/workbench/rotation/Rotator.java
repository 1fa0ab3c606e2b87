package dev.gatehouse.workbench.rotation;

import dev.gatehouse.intake.Intake;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignInOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.Rotate;
import dev.gatehouse.setup.Rotate.Rotated;
import dev.gatehouse.setup.credentials.ConnectionProof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.setup.retry.Sleeper;
import dev.gatehouse.workbench.devices.ConnectionTester;
import dev.gatehouse.workbench.devices.DeviceCredentials;
import dev.gatehouse.workbench.devices.ExpiryText;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Replaces what one device signs in with, as somebody who may, and writes down what came of it. */
@Component
class Rotator {

    private static final Logger log = LoggerFactory.getLogger(Rotator.class);
    private static final Duration REPLICATION = Duration.ofMinutes(2);

    private final DeviceCredentials credentials;
    private final Rotations rotations;
    private final Intake intake;
    private final ConnectionTester tester;
    private final ProviderProfile profile;
    private final Settings.Rotation settings;
    private final PageMemory memory;
    private final InstantSource clock;

    Rotator(
            DeviceCredentials credentials,
            Rotations rotations,
            Intake intake,
            ConnectionTester tester,
            ProviderProfile profile,
            Settings settings,
            PageMemory memory,
            InstantSource clock) {
        this.credentials = credentials;
        this.rotations = rotations;
        this.intake = intake;
        this.tester = tester;
        this.profile = profile;
        this.settings = settings.rotation();
        this.memory = memory;
        this.clock = clock;
    }

    /** Whether an application may replace its own secret. */
    sealed interface OwnRight {

        /** It may, with this token. */
        record Given(AccessToken token) implements OwnRight {}

        /** It may not. */
        record Missing(String cause, String cure) implements OwnRight {}
    }

    /** Signs in as the application and looks what it may do. */
    OwnRight ownRight(Connection connection) throws InterruptedException {
        var outcome = intake.signIn().signIn(connection);
        if (outcome instanceof SignInOutcome.Granted(AccessToken token) && !mayRotate(token)) {
            // The right may have been given after the token in memory.
            intake.signIn().forget(connection, token);
            outcome = intake.signIn().signIn(connection);
        }
        return switch (outcome) {
            case SignInOutcome.Granted(AccessToken token) when mayRotate(token) -> new OwnRight.Given(token);
            case SignInOutcome.Granted _ ->
                new OwnRight.Missing(
                        "The application has no right to replace what it signs in with.",
                        "Press 'Replace' on the device and sign in as an administrator, or give the application the right: gatehouse tenant apply --allow-rotation.");
            case SignInOutcome.Refused(Diagnosis diagnosis) ->
                new OwnRight.Missing(diagnosis.cause(), diagnosis.cure());
        };
    }

    private static boolean mayRotate(AccessToken token) {
        return !token.lacks(ProviderProfile.ROTATION_PERMISSION);
    }

    /**
     * Replaces it. Runs under a {@link Rotations.Turn}.
     *
     * @param token of the application itself or of an administrator; asked for each request
     * @param isResumed whether an earlier try was interrupted
     * @throws InterruptedException when the calling thread was asked to stop; a later run finishes this one
     * @throws dev.gatehouse.workbench.platform.database.LeaseLost when somebody else has taken it up; Microsoft is told no more then
     */
    void rotate(SecurityDevice device, Connection connection, Supplier<String> token, String actor, boolean isResumed)
            throws InterruptedException {
        Rotated outcome;
        try (var access = new CloudAccess(connection.cloud(), memory, clock)) {
            outcome = Rotate.of(
                            access.directory(whileOurs(token)),
                            connection,
                            profile.application(),
                            rotations.journals(),
                            keeper(device, actor),
                            new ConnectionProof(tester::test),
                            new RetryPolicy(clock, MonotonicClock.SYSTEM, Sleeper.REAL, REPLICATION))
                    .run(new Rotate.InUse(device.credential().id(), connection.credential()), isResumed);
        }
        var word = device.credential().kind().word();
        switch (outcome) {
            case Rotated.Done done -> {
                var left = done.left().isEmpty()
                        ? ""
                        : " Not removed, because somebody else may use them: %s."
                                .formatted(String.join(", ", done.left()));
                rotations.done(
                        device.id(),
                        "A new %s is in use until %s.%s"
                                .formatted(word, ExpiryText.day(Optional.of(done.end())), left));
                log.info("Device {} uses a new {} until {}", device.id(), word, done.end());
            }
            case Rotated.Failed failed -> {
                rotations.failed(
                        device.id(),
                        failed.reason(),
                        "The %s in use was not touched. Gatehouse tries again in a day where it may; the button tries at once."
                                .formatted(word));
                log.warn("The {} of device {} could not be replaced: {}", word, device.id(), failed.reason());
            }
        }
    }

    /**
     * Gives the token for a request only while the replacement is still ours: what Microsoft was told cannot be taken
     * back, and a process that was paused meanwhile must not take away a key that its successor uses.
     */
    private Supplier<String> whileOurs(Supplier<String> token) {
        return () -> {
            rotations.require();
            return token.get();
        };
    }

    /** From the moment of the switch, polls begin with the new one; those under way may end with the old one. */
    private SecretKeeper keeper(SecurityDevice device, String actor) {
        return (fresh, keyId, end) -> {
            if (!credentials.replace(device.id(), fresh, keyId, end, actor)) {
                throw new SecretKeeper.NotKept("The device was removed or given another application meanwhile.");
            }
            Sleeper.REAL.sleep(settings.oldSecretStays());
        };
    }
}
