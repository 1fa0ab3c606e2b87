package dev.gatehouse.workbench.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The requests of one tenant in one lane, over the last minute. Whoever is less important leaves room for those who are more
 * so: people find their share free even while a year of history is read, and polling finds its own.
 *
 * <p>Counted is a sliding minute and not a bucket that refills, because a bucket lets twice its size through around the end
 * of a minute, and Microsoft counts too.
 */
final class Budget {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Plan plan;
    private final Deque<Spent> spent = new ArrayDeque<>();

    private record Spent(Instant at, Spender by) {}

    /**
     * How much a lane may take.
     *
     * @param perMinute all together
     * @param forPeople of these, kept free for people
     * @param forPolling of these, kept free for polling
     * @param history the most that history takes
     * @param checks the most that reconciliation takes
     */
    record Plan(int perMinute, int forPeople, int forPolling, int history, int checks) {

        /** How many requests of all there may be, for one more of this spender. */
        int room(Spender spender) {
            var kept =
                    switch (spender) {
                        case PEOPLE -> 0;
                        case POLLING -> forPeople;
                        case SECOND_LOOKS, RUNBOOKS, HISTORY, CHECKS -> forPeople + forPolling;
                    };
            return Math.max(1, perMinute - kept);
        }

        /** How many requests of its own there may be. */
        int own(Spender spender) {
            return switch (spender) {
                case PEOPLE, POLLING, SECOND_LOOKS, RUNBOOKS -> perMinute;
                case HISTORY -> history;
                case CHECKS -> checks;
            };
        }
    }

    Budget(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** Takes the right to one request; or takes nothing, and gives how long it is until there is one. */
    synchronized Duration take(Spender spender, Instant now) {
        var wait = waitOf(spender, now);
        if (wait.isZero()) {
            spent.addLast(new Spent(now, spender));
        }
        return wait;
    }

    /** The same, and no more than so many of this spender's own. */
    synchronized Duration take(Spender spender, int most, Instant now) {
        forget(now);
        var wait = untilFewerThan(Math.max(1, most), each -> each.by() == spender, now);
        return wait.isZero() ? take(spender, now) : wait;
    }

    /** Counts a request for which there is no waiting any more. */
    synchronized void count(Spender spender, Instant now) {
        spent.addLast(new Spent(now, spender));
    }

    /** How long it is until there is room for one more request. */
    synchronized Duration waitOf(Spender spender, Instant now) {
        forget(now);
        var forAll = untilFewerThan(plan.room(spender), each -> true, now);
        var forOwn = untilFewerThan(plan.own(spender), each -> each.by() == spender, now);
        return forAll.compareTo(forOwn) > 0 ? forAll : forOwn;
    }

    private Duration untilFewerThan(int most, Predicate<Spent> which, Instant now) {
        var counted = spent.stream().filter(which).toList();
        var tooMany = counted.size() - most;
        return tooMany < 0
                ? Duration.ZERO
                // Never nothing, so that nobody asks again and again within one tick of the clock.
                : Duration.between(now, counted.get(tooMany).at().plus(MINUTE)).plusMillis(1);
    }

    /** A clock that was set back leaves requests in the future; they count as of now, lest nobody asks for an hour. */
    private void forget(Instant now) {
        spent.removeIf(each -> !each.at().plus(MINUTE).isAfter(now) || each.at().isAfter(now));
    }

    /** How many requests each has made in the last minute. */
    synchronized Map<Spender, Integer> lastMinute(Instant now) {
        forget(now);
        var counts = new EnumMap<Spender, Integer>(Spender.class);
        for (var spender : Spender.values()) {
            counts.put(spender, (int)
                    spent.stream().filter(each -> each.by() == spender).count());
        }
        return counts;
    }
}
