package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Where people ask for replays, look at them and cancel them. */
@Component
public class ReplayService {

    private final Replays replays;
    private final SecurityDevices devices;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    ReplayService(Replays replays, SecurityDevices devices, ApplicationEventPublisher events, InstantSource clock) {
        this.replays = replays;
        this.devices = devices;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Asks for a range of a feed to be read again. It is queued, and survives a restart.
     *
     * @param from the first instant of the range, cut to a microsecond
     * @param to its end, not included; not later than now
     * @param actor who wants it
     * @throws InvalidReplay when the range is empty or lies in the future
     * @throws NoSuchDevice when the device was removed
     */
    public Replay request(Scope scope, UUID device, Feed feed, Instant from, Instant to, String actor) {
        var now = clock.instant();
        var start = from.truncatedTo(ChronoUnit.MICROS);
        var end = to.truncatedTo(ChronoUnit.MICROS);
        if (!start.isBefore(now)) {
            throw new InvalidReplay("from", "The range starts in the future. There is nothing to read there yet.");
        }
        if (end.isAfter(now)) {
            throw new InvalidReplay("to", "The range ends in the future. It must end now or earlier.");
        }
        if (!start.isBefore(end)) {
            throw new InvalidReplay("to", "The range is empty: its end must be later than its start.");
        }
        var tenant = devices.require(scope, device).directory();
        var id = replays.add(tenant, feed, new Window(start, end), actor, now);
        events.publishEvent(new ReplayRequested(tenant));
        return require(scope, id);
    }

    /**
     * Ends a replay; what it has brought stays. One that has ended already stays as it is.
     *
     * @throws NoSuchReplay when there is none with that id
     */
    public Replay cancel(Scope scope, UUID id) {
        var replay = require(scope, id);
        if (replays.cancel(id, clock.instant())) {
            events.publishEvent(new ReplayChanged(replay.tenant(), id));
        }
        return require(scope, id);
    }

    /**
     * One replay.
     *
     * @throws NoSuchReplay when there is none with that id
     */
    public Replay require(Scope scope, UUID id) {
        return replays.find(scope, id).orElseThrow(() -> new NoSuchReplay(id));
    }

    /** Replays, the latest first; only those of a device, or in a state, when one is given. */
    public Slice<Replay> list(Scope scope, Optional<UUID> device, Optional<Replay.State> state, int offset, int limit) {
        return replays.list(scope, device, state, offset, limit);
    }

    /** When a replay will be done if it goes on as it went so far; empty while that cannot be told. */
    public Optional<Instant> estimatedEnd(Replay replay) {
        return replay.estimatedEnd(clock.instant());
    }
}
