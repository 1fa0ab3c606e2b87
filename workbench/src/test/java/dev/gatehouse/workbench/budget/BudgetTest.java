package dev.gatehouse.workbench.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.budget.Budget.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private final Budget budget = new Budget(new Plan(10, 3, 2, 4, 1));

    @Test
    void keepsAPlaceFreeForPeopleAndOneForPolling() {
        assertThat(takes(Spender.HISTORY)).isEqualTo(4);
        assertThat(takes(Spender.CHECKS)).isEqualTo(1);
        assertThat(takes(Spender.POLLING)).isEqualTo(2);
        assertThat(takes(Spender.PEOPLE)).isEqualTo(3);
        assertThat(takes(Spender.PEOPLE)).isZero();
    }

    @Test
    void letsPeopleTakeAllWhenNobodyElseAsks() {
        assertThat(takes(Spender.PEOPLE)).isEqualTo(10);
    }

    @Test
    void saysHowLongUntilThereIsRoom() {
        budget.take(Spender.CHECKS, NINE);

        assertThat(budget.take(Spender.CHECKS, NINE.plusSeconds(20))).isEqualTo(Duration.ofMillis(40_001));
        assertThat(budget.waitOf(Spender.POLLING, NINE.plusSeconds(20))).isZero();
        assertThat(budget.take(Spender.CHECKS, NINE.plusSeconds(61))).isZero();
    }

    @Test
    void doesNotWaitForAClockThatWasSetBack() {
        takes(Spender.PEOPLE);

        assertThat(budget.take(Spender.PEOPLE, NINE.minus(Duration.ofHours(1)))).isZero();
    }

    @Test
    void neverExceedsThePlanInAnyMinute() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var spenders = List.of(Spender.values());
        var asked = new ArrayList<Instant>();
        var now = NINE;
        for (var at = 0; at < 5_000; at++) {
            now = now.plusMillis(random.nextInt(4_000));
            var spender = spenders.get(random.nextInt(spenders.size()));
            if (budget.take(spender, now).isZero()) {
                asked.add(now);
            }
        }
        for (var first = 0; first + 10 < asked.size(); first++) {
            assertThat(Duration.between(asked.get(first), asked.get(first + 10)))
                    .as("eleven requests from %s on, seed %d", asked.get(first), seed)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
        assertThat(asked).as("seed %d", seed).hasSizeGreaterThan(500);
    }

    private int takes(Spender spender) {
        var taken = 0;
        while (budget.take(spender, NINE).isZero()) {
            taken++;
        }
        return taken;
    }
}
