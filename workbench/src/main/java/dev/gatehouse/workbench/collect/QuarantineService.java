package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.PollRequested;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Where people look at what is in quarantine, and ask for it to be tried again at once. */
@Component
public class QuarantineService {

    private final Quarantine quarantine;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    QuarantineService(Quarantine quarantine, ApplicationEventPublisher events, InstantSource clock) {
        this.quarantine = quarantine;
        this.events = events;
        this.clock = clock;
    }

    /** Nobody knows a window by that id. */
    public static class NoSuchWindow extends RuntimeException {

        NoSuchWindow(UUID id) {
            super("There is no quarantined window with the id %s.".formatted(id));
        }
    }

    /** Windows, those that are owed first; only those of a device or feed, or only those owed or read, when asked for. */
    public Slice<QuarantinedWindow> list(
            Scope scope, Optional<UUID> device, Optional<Feed> feed, Optional<Boolean> owed, int offset, int limit) {
        return quarantine.list(scope, device, feed, owed, offset, limit);
    }

    /**
     * One window.
     *
     * @throws NoSuchWindow when there is none with that id
     */
    public QuarantinedWindow require(Scope scope, UUID id) {
        return quarantine.find(scope, id).orElseThrow(() -> new NoSuchWindow(id));
    }

    /**
     * Has a window tried again now, or as soon as its feed can be polled. One that is read already stays as it is.
     *
     * @throws NoSuchWindow when there is none with that id
     */
    public QuarantinedWindow retry(Scope scope, UUID id) {
        var window = require(scope, id);
        if (window.isOwed()) {
            quarantine.hurry(id, clock.instant());
            events.publishEvent(new PollRequested(window.tenant()));
        }
        return require(scope, id);
    }

    /** Has every window of a tenant tried again now; gives how many those are. */
    public int retryAll(TenantId tenant) {
        var count = quarantine.hurryAll(tenant, clock.instant());
        if (count > 0) {
            events.publishEvent(new PollRequested(tenant));
        }
        return count;
    }
}
