package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The plans of what goes wrong:
 *
 * <pre>{@code
 * faults.in(contoso).at(Endpoint.ALERTS).next(3, new Fault.ServerError(503, new RetryAfter.Absent()));
 * var storm = faults.always(new Fault.Throttled(new RetryAfter.Seconds(10)));
 * storm.stop();
 * }</pre>
 */
public final class Faults {

    private final long seed;
    private final InstantSource clock;
    private final List<FaultPlan> plans = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    public Faults(long seed, InstantSource clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** Where a plan strikes. */
    public final class Aim {
        private final Optional<UUID> tenant;
        private final Set<Endpoint> endpoints;

        private Aim(Optional<UUID> tenant, Set<Endpoint> endpoints) {
            this.tenant = tenant;
            this.endpoints = endpoints;
        }

        /** Only at these endpoints. */
        public Aim at(Endpoint first, Endpoint... others) {
            return new Aim(tenant, EnumSet.of(first, others));
        }

        /** Strikes the next requests, so many, that it can strike. */
        public FaultPlan next(int times, Fault fault) {
            return add(new FaultPlan.Frequency.Times(times), fault);
        }

        /** Strikes every request until it is stopped. */
        public FaultPlan always(Fault fault) {
            return add(new FaultPlan.Frequency.Always(), fault);
        }

        /** Strikes every request for so long, by the cloud's time. */
        public FaultPlan during(Duration time, Fault fault) {
            return add(new FaultPlan.Frequency.Until(clock.instant().plus(time)), fault);
        }

        /** Strikes each request with that probability (0 to 1) until it is stopped; the seed throws the dice. */
        public FaultPlan sometimes(double probability, Fault fault) {
            return add(new FaultPlan.Frequency.Sometimes(probability), fault);
        }

        private FaultPlan add(FaultPlan.Frequency frequency, Fault fault) {
            var number = made.incrementAndGet();
            var plan = new FaultPlan(number, tenant, endpoints, frequency, fault, seed + number, plans::remove);
            plans.add(plan);
            return plan;
        }
    }

    /** Everywhere. */
    public Aim everywhere() {
        return new Aim(Optional.empty(), EnumSet.allOf(Endpoint.class));
    }

    /** In that tenant only. */
    public Aim in(UUID tenantId) {
        return new Aim(Optional.of(tenantId), EnumSet.allOf(Endpoint.class));
    }

    /** At these endpoints of all tenants. */
    public Aim at(Endpoint first, Endpoint... others) {
        return everywhere().at(first, others);
    }

    /** Plans that were made and have not ended. */
    public List<FaultPlan> plans() {
        plans.removeIf(plan -> plan.isOver(clock.instant()));
        return List.copyOf(plans);
    }

    /** Ends all plans. */
    public void clear() {
        plans.clear();
    }

    boolean areQuiet() {
        return plans.isEmpty();
    }

    /** Makes an answer as bad as the plans want it. */
    Answer strike(Request request, Endpoint endpoint, Optional<UUID> tenant, Answer answer) {
        var struck = answer;
        var replaced = false;
        var now = clock.instant();
        for (var plan : plans()) {
            if (!plan.isAimedAt(endpoint, tenant) || (replaced && FaultedAnswer.replaces(plan.fault()))) {
                continue;
            }
            var worse = plan.strike(request, endpoint, struck, now);
            if (worse.isPresent()) {
                struck = worse.get();
                replaced |= FaultedAnswer.replaces(plan.fault());
            }
        }
        return struck;
    }
}
