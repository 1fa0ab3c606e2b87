package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The budgets of all tenants that this process asks for. A tenant is asked by one process at a time. */
@Component
public class Budgets {

    /** All feeds of a lane at once, and one more page for two of them. */
    private static final int FOR_POLLING = 5;

    /** Microsoft counts by the minute. */
    private static final Duration USUAL_THROTTLING = Duration.ofMinutes(1);

    private final Settings settings;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final Map<Key, Budget> budgets = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, Lane lane) {}

    Budgets(Settings settings, InstantSource clock, MeterRegistry registry) {
        this.settings = settings;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * Takes the right to ask once, now.
     *
     * @return zero when it was taken; otherwise nothing was, and it is the time to wait before trying again
     */
    public Duration take(TenantId tenant, Lane lane, Spender spender) {
        var wait = of(tenant, lane).take(spender, clock.instant());
        if (!wait.isZero()) {
            registry.counter("gatehouse.budget.waits", "lane", lane.key(), "spender", spender.key())
                    .increment();
        }
        return wait;
    }

    /**
     * Takes the right to one hunting query for a person, in a tenant that another process polls: out of what that one
     * keeps free for people.
     */
    public Duration takeWhatIsKeptForPeople(TenantId tenant) {
        var budget = of(tenant, Lane.HUNTING);
        return budget.take(Spender.PEOPLE, budget.plan().forPeople(), clock.instant());
    }

    /** Counts a request that is made in any case. */
    public void count(TenantId tenant, Lane lane, Spender spender) {
        of(tenant, lane).count(spender, clock.instant());
    }

    /** How long until there is room for one more request; takes nothing. */
    public Duration waitOf(TenantId tenant, Lane lane, Spender spender) {
        return of(tenant, lane).waitOf(spender, clock.instant());
    }

    /**
     * Closes a tenant's hunting for as long as Microsoft wants, when it refused a query because there were too many: both
     * the number of hunting queries and their computing time are counted for the tenant and not for a table.
     */
    public void heed(TenantId tenant, Diagnosis refusal) {
        if (refusal.trouble() == Trouble.THROTTLED) {
            close(tenant, Lane.HUNTING, refusal.retryAfter().orElse(USUAL_THROTTLING));
        }
    }

    /** Closes a lane, so that nobody asks. */
    public void close(TenantId tenant, Lane lane, Duration forSoLong) {
        of(tenant, lane).close(clock.instant().plus(forSoLong));
    }

    /** How a tenant's budgets are used. */
    public List<Usage> usage(TenantId tenant) {
        var now = clock.instant();
        return Arrays.stream(Lane.values())
                .map(lane -> usage(lane, of(tenant, lane), now))
                .toList();
    }

    private static Usage usage(Lane lane, Budget budget, Instant now) {
        return new Usage(
                lane,
                budget.plan().perMinute(),
                budget.plan().forPeople(),
                budget.lastMinute(now),
                budget.closedUntil(now));
    }

    private Budget of(TenantId tenant, Lane lane) {
        return budgets.computeIfAbsent(new Key(tenant, lane), key -> new Budget(plan(lane)));
    }

    private Budget.Plan plan(Lane lane) {
        var budget = settings.budget();
        var replay = settings.replay();
        return switch (lane) {
            case LISTS ->
                new Budget.Plan(
                        budget.requestsPerMinute(),
                        0,
                        FOR_POLLING,
                        replay.requestsPerMinute(),
                        checks(budget.requestsPerMinute()));
            case HUNTING ->
                new Budget.Plan(
                        budget.huntingQueriesPerMinute(),
                        budget.huntingQueriesForPeople(),
                        FOR_POLLING,
                        replay.huntingRequestsPerMinute(),
                        checks(budget.huntingQueriesPerMinute()));
        };
    }

    private int checks(int perMinute) {
        return Math.max(1, perMinute * settings.reconcile().budgetShare() / 100);
    }
}
