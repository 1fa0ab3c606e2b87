package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Request;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What goes wrong, where and how often; and how often it has. */
public final class FaultPlan {

    private final int number;
    private final Optional<UUID> tenant;
    private final Set<Endpoint> endpoints;
    private final Frequency frequency;
    private final Fault fault;
    private final Random random;
    private final Consumer<FaultPlan> remove;
    private int strikes;

    FaultPlan(
            int number,
            Optional<UUID> tenant,
            Set<Endpoint> endpoints,
            Frequency frequency,
            Fault fault,
            long seed,
            Consumer<FaultPlan> remove) {
        this.number = number;
        this.tenant = tenant;
        this.endpoints = endpoints;
        this.frequency = frequency;
        this.fault = fault;
        this.random = new Random(seed);
        this.remove = remove;
    }

    /** How often a plan strikes. */
    public sealed interface Frequency {
        record Times(int times) implements Frequency {}

        record Always() implements Frequency {}

        record Until(Instant end) implements Frequency {}

        record Sometimes(double probability) implements Frequency {
            public Sometimes {
                if (!(probability >= 0 && probability <= 1)) {
                    throw new IllegalArgumentException("A probability lies between 0 and 1, but was " + probability);
                }
            }
        }
    }

    /** Counts plans of a simulator from 1; the control interface calls a plan by it. */
    public int number() {
        return number;
    }

    /** The only tenant that is struck; empty for all. */
    public Optional<UUID> tenant() {
        return tenant;
    }

    public Set<Endpoint> endpoints() {
        return Set.copyOf(endpoints);
    }

    public Frequency frequency() {
        return frequency;
    }

    public Fault fault() {
        return fault;
    }

    /** How many answers were struck so far. */
    public synchronized int strikes() {
        return strikes;
    }

    /** Ends the plan. */
    public void stop() {
        remove.accept(this);
    }

    boolean isAimedAt(Endpoint endpoint, Optional<UUID> of) {
        return endpoints.contains(endpoint) && (tenant.isEmpty() || tenant.equals(of));
    }

    synchronized boolean isOver(Instant now) {
        return switch (frequency) {
            case Frequency.Times(var times) -> strikes >= times;
            case Frequency.Until(var end) -> !now.isBefore(end);
            case Frequency.Always(), Frequency.Sometimes(var _) -> false;
        };
    }

    /** The answer made worse; empty when the plan spares it, which then does not count. */
    synchronized Optional<Answer> strike(Request request, Endpoint endpoint, Answer answer, Instant now) {
        if (isOver(now)
                || (frequency instanceof Frequency.Sometimes(var probability) && random.nextDouble() >= probability)) {
            return Optional.empty();
        }
        var worse = new FaultedAnswer(request, endpoint, now, random).of(fault, answer);
        strikes += worse.isPresent() ? 1 : 0;
        return worse;
    }
}
