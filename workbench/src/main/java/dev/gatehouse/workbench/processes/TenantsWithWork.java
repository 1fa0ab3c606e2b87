package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Says of a tenant whether there is work of one kind. A loop that has nothing to do asks here now and then, in place of looking
 * into everything that it may have to do: of thousands of tenants most have nothing, and one statement says so of all that ask
 * within a second.
 */
public final class TenantsWithWork {

    /** With fewer a second, a look each costs nobody anything. */
    private static final int MANY_A_SECOND = 5;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Function<Collection<TenantId>, Set<TenantId>> look;
    private final Together<TenantId, Boolean> together;

    /**
     * Of the kind that the look finds.
     *
     * @param look gives those of some tenants that have work. It may name one that has none, and passes one over only when that is
     *     found soon after all the same
     * @param threads where it looks for many
     */
    public TenantsWithWork(Function<Collection<TenantId>, Set<TenantId>> look, MonotonicClock clock, Executor threads) {
        this(look, clock, threads, MANY_A_SECOND, PAUSE);
    }

    /** One that looks for many from so many a second on, and waits so long for more. */
    TenantsWithWork(
            Function<Collection<TenantId>, Set<TenantId>> look,
            MonotonicClock clock,
            Executor threads,
            int many,
            Duration pause) {
        this.look = look;
        this.together = new Together<>(many, pause, new SystemSleeper(), clock, threads, this::lookForAll);
    }

    /**
     * Whether a tenant has work.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public boolean contains(TenantId tenant) throws InterruptedException {
        return together.isBusy()
                ? together.ask(tenant)
                : look.apply(List.of(tenant)).contains(tenant);
    }

    private List<Boolean> lookForAll(List<TenantId> tenants) {
        var found = look.apply(tenants);
        return tenants.stream().map(found::contains).toList();
    }
}
