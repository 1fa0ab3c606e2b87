package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
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

    private final Settings settings;
    private final MonotonicClock monotonic;
    private final Pauses pauses;
    private final MeterRegistry registry;
    private final Map<Key, Budget> budgets = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, Lane lane) {}

    Budgets(Settings settings, MonotonicClock monotonic, Pauses pauses, MeterRegistry registry) {
        this.settings = settings;
        this.monotonic = monotonic;
        this.pauses = pauses;
        this.registry = registry;
    }

    /**
     * Takes the right to ask once, now.
     *
     * @return zero when it was taken; otherwise nothing was, and it is the time to wait before trying again
     */
    public Duration take(TenantId tenant, RequestKind kind, Spender spender) {
        var lane = kind.lane();
        var wait = pauses.admit(tenant, kind, () -> of(tenant, lane).take(spender, now()));
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
        return pauses.admit(
                tenant,
                RequestKind.HUNTING,
                () -> budget.take(Spender.PEOPLE, budget.plan().forPeople(), now()));
    }

    /** Counts a request that is made in any case. */
    public void count(TenantId tenant, RequestKind kind, Spender spender) {
        of(tenant, kind.lane()).count(spender, now());
    }

    /** How long until there is room for one more request; takes nothing. */
    public Duration waitOf(TenantId tenant, RequestKind kind, Spender spender) {
        var ours = of(tenant, kind.lane()).waitOf(spender, now());
        var microsofts = pauses.waitOf(tenant, kind);
        return ours.compareTo(microsofts) > 0 ? ours : microsofts;
    }

    /** How long Microsoft still wants to be left alone with such requests; zero when it does not. */
    public Duration pauseOf(TenantId tenant, RequestKind kind) {
        return pauses.of(tenant, kind).map(Pause::left).orElse(Duration.ZERO);
    }

    /** A minute is a minute, whatever is done to the computer's clock. */
    private Instant now() {
        return Instant.EPOCH.plusNanos(monotonic.nanos());
    }

    /** How a tenant's budgets are used. */
    public List<Usage> usage(TenantId tenant) {
        var now = now();
        var wanted = pauses.of(tenant);
        return Arrays.stream(Lane.values())
                .map(lane -> usage(lane, of(tenant, lane), now, wanted))
                .toList();
    }

    private static Usage usage(Lane lane, Budget budget, Instant now, List<Pause> wanted) {
        return new Usage(
                lane,
                budget.plan().perMinute(),
                budget.plan().forPeople(),
                budget.lastMinute(now),
                wanted.stream()
                        .filter(pause -> pause.kind() == RequestKind.SIGN_IN
                                || pause.kind().isIn(lane))
                        .toList());
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
