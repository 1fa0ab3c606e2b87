package dev.gatehouse.workbench.web.pages.dashboards;

import static dev.gatehouse.workbench.alerts.AlertParts.RECON;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedNumbersTest {

    private static final Scope ALL = Scope.everything();

    private final AlertParts parts = new AlertParts(new WorkbenchParts());
    private final Queue<Runnable> beside = new ArrayDeque<>();
    private final AtomicInteger counted = new AtomicInteger();
    private long nanos;

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private CachedNumbers numbers(long many) {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", RECON, "low", "eve"), json("a2", RECON, "low", "mallory"));
        return new CachedNumbers(parts.get(Alerts.class), parts.clock(), () -> nanos, many, beside::add);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        parts.clock().advance(time);
    }

    private void workBeside() {
        while (!beside.isEmpty()) {
            beside.remove().run();
        }
    }

    private int ask(CachedNumbers numbers) {
        return numbers.of(ALL, "how many", counted::incrementAndGet).value();
    }

    @Test
    void countsAnewEachTimeWhereThereAreFewAlerts() {
        var numbers = numbers(2);

        assertThat(ask(numbers)).isEqualTo(1);
        assertThat(ask(numbers)).isEqualTo(2);
        assertThat(numbers.of(ALL, "how many", counted::incrementAndGet).countedAt())
                .isEmpty();
    }

    @Test
    void showsWhatWasCountedWithinAMinuteWhereThereAreMany() {
        var numbers = numbers(1);
        var then = parts.clock().instant();
        ask(numbers);
        pass(CachedNumbers.FRESH.minusSeconds(1));

        assertThat(numbers.of(ALL, "how many", counted::incrementAndGet))
                .isEqualTo(new CachedNumbers.Numbers<>(1, Optional.of(then)));
        workBeside();
        assertThat(counted).hasValue(1);
    }

    @Test
    void showsWhatIsOlderOnceMoreWhileItIsCountedAnewInItsScope() {
        var numbers = numbers(1);
        var scopes = new ArrayDeque<Optional<Scope>>();
        numbers.of(ALL, "whose", () -> scopes.add(Scoped.current()));
        ask(numbers);
        pass(CachedNumbers.FRESH.plusSeconds(1));

        assertThat(ask(numbers)).isEqualTo(1);
        numbers.of(ALL, "whose", () -> scopes.add(Scoped.current()));
        workBeside();
        assertThat(ask(numbers)).isEqualTo(2);
        assertThat(scopes).containsExactly(Optional.of(ALL), Optional.of(ALL));
    }

    @Test
    void showsNothingThatIsOlderThanTenMinutes() {
        var numbers = numbers(1);
        ask(numbers);
        pass(CachedNumbers.KEPT.plusSeconds(1));

        assertThat(ask(numbers)).isEqualTo(2);
    }

    @Test
    void keepsOrganizationsAndQuestionsApart() {
        var numbers = numbers(1);
        ask(numbers);

        assertThat(numbers.of(ALL, "how old", counted::incrementAndGet).value()).isEqualTo(2);
        assertThat(numbers.of(Scope.of(UUID.randomUUID()), "how many", () -> "none of theirs")
                        .value())
                .isEqualTo("none of theirs");
    }

    @Test
    void tellsWhatWentWrongAndKeepsNothingOfIt() {
        var numbers = numbers(1);

        assertThatThrownBy(() -> numbers.of(ALL, "how many", () -> {
                    throw new IllegalStateException("The database is away");
                }))
                .hasMessage("The database is away");
        assertThat(ask(numbers)).isEqualTo(1);
    }
}
