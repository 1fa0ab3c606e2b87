package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.Together;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What a loop has to know before it reads: how to get in, and how far it is. With many loops, it is looked up for many at once. */
@Component
class PollStarts {

    /** With fewer a second, a look each costs nobody anything. */
    private static final int MANY_A_SECOND = 20;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SecurityDevices devices;
    private final Feeds feeds;
    private final Together<TenantId, OfTenant> together;

    @Autowired
    PollStarts(SecurityDevices devices, Feeds feeds, MonotonicClock clock, ObjectProvider<Background> background) {
        this(
                devices,
                feeds,
                clock,
                task -> background.getObject().once("Looking up how far feeds are", task),
                MANY_A_SECOND);
    }

    /** One that takes so many a second for many. */
    PollStarts(SecurityDevices devices, Feeds feeds, MonotonicClock clock, Executor threads, int many) {
        this.devices = devices;
        this.feeds = feeds;
        this.together = new Together<>(many, PAUSE, new SystemSleeper(), clock, threads, this::look);
    }

    /**
     * Of a tenant.
     *
     * @param access how it is read; empty when none of its devices is enabled
     * @param states of its feeds that were ever touched
     */
    record OfTenant(Optional<ReadAccess> access, List<FeedState> states) {

        OfTenant {
            states = List.copyOf(states);
        }
    }

    /**
     * Of one feed.
     *
     * @param access how its tenant is read; empty when none of its devices is enabled
     * @param state how far it is
     */
    record OfFeed(Optional<ReadAccess> access, FeedState state) {}

    OfFeed of(TenantId tenant, Feed feed) throws InterruptedException {
        if (!together.isBusy()) {
            return new OfFeed(devices.accessTo(tenant), feeds.of(tenant, feed));
        }
        var found = together.ask(tenant);
        var state = found.states().stream().filter(each -> each.feed() == feed).findFirst();
        return new OfFeed(found.access(), state.orElseGet(() -> FeedState.untouched(tenant, feed)));
    }

    OfTenant of(TenantId tenant) throws InterruptedException {
        return together.isBusy() ? together.ask(tenant) : new OfTenant(devices.accessTo(tenant), feeds.of(tenant));
    }

    private List<OfTenant> look(List<TenantId> tenants) {
        var distinct = tenants.stream().distinct().toList();
        // In this order, as for one: what a device was changed to never meets an older checkpoint.
        var accesses = devices.accessTo(distinct);
        var states = feeds.of(distinct).stream().collect(Collectors.groupingBy(FeedState::tenant));
        return tenants.stream()
                .map(tenant -> new OfTenant(
                        accesses.getOrDefault(tenant, Optional.empty()), states.getOrDefault(tenant, List.of())))
                .toList();
    }
}
