package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GuessingGuardTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final GuessingGuard guard = new GuessingGuard(clock);

    @Test
    void letsFiveAttemptsThroughAndThenAsksToWait() {
        for (var attempt = 1; attempt <= 5; attempt++) {
            assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
        }

        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).contains(Duration.ofSeconds(30));
    }

    @Test
    void doublesThePauseUpToAQuarterOfAnHour() {
        useUpFreeAttempts();

        for (var pause : new int[] {30, 60, 120, 240, 480, 900, 900}) {
            assertThat(guard.attempt("ada@example.com", "10.0.0.1")).contains(Duration.ofSeconds(pause));
            clock.advance(Duration.ofSeconds(pause));
            assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
        }
    }

    @Test
    void locksNobodyOutForLongerWhenSomebodySetsTheClockBack() {
        useUpFreeAttempts();
        clock.step(Duration.ofDays(-1));

        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).contains(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
    }

    @Test
    void forgetsAfterASuccess() {
        useUpFreeAttempts();

        guard.succeeded("Ada@Example.com", "10.0.0.1");

        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
    }

    @Test
    void forgetsAfterAnHourOfSilence() {
        useUpFreeAttempts();
        clock.advance(Duration.ofMinutes(61));

        useUpFreeAttempts();

        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).contains(Duration.ofSeconds(30));
    }

    @Test
    void doesNotLetAStrangerLockSomebodyOutFromElsewhere() {
        useUpFreeAttempts();

        assertThat(guard.attempt("ada@example.com", "10.0.0.2")).isEmpty();
    }

    @Test
    void slowsDownAnAddressThatTriesManyAccountsAndNobodyElse() {
        tryManyAccounts("10.0.0.1");

        assertThat(guard.attempt("eve@example.com", "10.0.0.1")).contains(Duration.ofMinutes(5));
        assertThat(guard.attempt("eve@example.com", "10.0.0.2")).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        assertThat(guard.attempt("eve@example.com", "10.0.0.1")).isEmpty();
        assertThat(guard.attempt("joe@example.com", "10.0.0.1")).contains(Duration.ofMinutes(5));
    }

    @Test
    void doesNotCountThoseOfAnAddressWhoKnowTheirPasswords() {
        for (var person = 0; person < 10 * GuessingGuard.FREE_ATTEMPTS_OF_ADDRESS; person++) {
            var email = "person-%d@example.com".formatted(person);
            assertThat(guard.attempt(email, "10.0.0.1")).isEmpty();
            guard.succeeded(email, "10.0.0.1");
        }
    }

    @Test
    void letsThoseInWhoHaveSignedInFromTheAddressBefore() {
        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
        guard.succeeded("ada@example.com", "10.0.0.1");
        tryManyAccounts("10.0.0.1");

        useUpFreeAttempts();

        assertThat(guard.attempt("ada@example.com", "10.0.0.1")).contains(Duration.ofSeconds(30));
    }

    @Test
    void takesAllAddressesOfOneCustomersNetworkForOne() {
        for (var attempt = 1; attempt <= 5; attempt++) {
            assertThat(guard.attempt("ada@example.com", "2001:db8:1:2::" + attempt))
                    .isEmpty();
        }

        assertThat(guard.attempt("ada@example.com", "2001:db8:1:2:ffff::")).isPresent();
        assertThat(guard.attempt("ada@example.com", "2001:db8:1:3::1")).isEmpty();
    }

    private void tryManyAccounts(String address) {
        for (var account = 0; account < GuessingGuard.FREE_ATTEMPTS_OF_ADDRESS; account++) {
            assertThat(guard.attempt("account-%d@example.com".formatted(account), address))
                    .isEmpty();
        }
    }

    @Test
    void takesAllWaysToWriteAnAddressForOneAccount() {
        useUpFreeAttempts();

        assertThat(guard.attempt(" ADA@example.com ", "10.0.0.1")).isPresent();
    }

    private void useUpFreeAttempts() {
        for (var attempt = 1; attempt <= 5; attempt++) {
            assertThat(guard.attempt("ada@example.com", "10.0.0.1")).isEmpty();
        }
    }
}
