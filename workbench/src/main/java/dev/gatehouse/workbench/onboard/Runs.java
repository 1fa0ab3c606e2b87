package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.workbench.devices.Clouds;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Background;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The runs of this process, one at most for each tenant, each in a virtual thread of its own. How the last one ended can
 * be looked at until the next begins or Gatehouse is stopped; the history knows for good.
 */
@Component
public class Runs implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final SetUps setUps;
    private final Clouds clouds;
    private final Background background;
    private final Run.Surroundings surroundings;
    private final Map<UUID, Started> runs = new ConcurrentHashMap<>();
    private volatile boolean isRunning;

    private record Started(Run run, Thread thread) {}

    Runs(
            TenantAccess access,
            SetUps setUps,
            SecurityDevices devices,
            DeviceEditing editing,
            ConnectionTests tests,
            Clouds clouds,
            ConsoleAccesses consoleAccesses,
            ProviderProfile profile,
            RetryPolicy retryPolicy,
            InstantSource clock,
            ApplicationEventPublisher events,
            Background background) {
        this.setUps = setUps;
        this.clouds = clouds;
        this.background = background;
        this.surroundings = new Run.Surroundings(
                access, setUps, devices, editing, tests, consoleAccesses, profile, retryPolicy, clock, events);
    }

    /**
     * Asks Microsoft for a code and waits for an administrator to type it; then goes on as the purpose says.
     *
     * @param actor who starts it
     * @throws AlreadyRunning when somebody is at work in this tenant
     * @throws NoSuchSetUp when the set-up was removed
     */
    public void start(UUID id, Purpose purpose, String actor) {
        var setUp = setUps.require(Scope.everything(), id);
        var cloud = cloudOf(setUp);
        setUps.begin(setUp, actor);
        setUps.remember(
                id,
                "SIGN_IN_STARTED",
                purpose == Purpose.CHECK ? "To check what was done by hand" : "To have it done",
                actor);
        var run = new Run(setUp, cloud, purpose, actor, surroundings);
        var thread = background.unstarted("Set-up " + setUp.directory(), run);
        runs.put(id, new Started(run, thread));
        thread.start();
        background.once("Sign of life " + setUp.directory(), () -> giveSigns(id, thread));
    }

    /** As long as the run goes on, so that another process does not take the tenant for free. */
    private void giveSigns(UUID id, Thread thread) {
        try {
            while (!thread.join(BETWEEN_SIGNS_OF_LIFE)) {
                giveSign(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that could not be given is made up for by the next, when the database is back. */
    private void giveSign(UUID id) {
        try {
            setUps.signOfLife(id);
        } catch (DataAccessException | TransactionException e) {
            log.warn("The run in the tenant of set-up {} could not give a sign of life: {}", id, e.getMessage());
        }
    }

    /** Only a cloud that is configured no more can be missing; the first tells that better than a failure. */
    private Cloud cloudOf(SetUp setUp) {
        return clouds.named(setUp.cloud())
                .orElseThrow(() -> new IllegalStateException(
                        "The cloud '%s' of %s is not configured any more".formatted(setUp.cloud(), setUp.name())));
    }

    /** Says yes to the plan that is being shown. */
    public void confirm(UUID id, String actor) {
        Optional.ofNullable(runs.get(id))
                .filter(started -> started.run().phase() instanceof Phase.Planned)
                .ifPresent(started -> started.run().confirm(actor));
    }

    /** Breaks a run off. What was done stays done; the journal knows it. */
    public void cancel(UUID id, String actor) {
        var started = Optional.ofNullable(runs.get(id))
                .filter(found -> !found.run().phase().isOver());
        if (started.isPresent()) {
            setUps.remember(id, "CANCELLED", "", actor);
            started.get().run().cancelled();
            started.get().thread().interrupt();
        }
    }

    /** Where the latest run is; empty when there was none since the start. */
    public Optional<Phase> phase(UUID id) {
        return Optional.ofNullable(runs.get(id)).map(started -> started.run().phase());
    }

    @Override
    public void start() {
        isRunning = true;
    }

    /** Lets nobody wait for a sign-in that cannot be finished here any more. */
    @Override
    public void stop() {
        isRunning = false;
        var all = List.copyOf(runs.values());
        all.forEach(started -> started.thread().interrupt());
        all.forEach(Runs::awaitEnd);
    }

    private static void awaitEnd(Started started) {
        try {
            started.thread().join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
