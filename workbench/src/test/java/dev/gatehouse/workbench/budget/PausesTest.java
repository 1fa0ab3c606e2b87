package dev.gatehouse.workbench.budget;

import static dev.gatehouse.workbench.budget.Refusals.error;
import static dev.gatehouse.workbench.budget.Refusals.throttled;
import static dev.gatehouse.workbench.budget.Refusals.throttledWithoutAWish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Pauses.PausesChanged;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PausesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WorkbenchParts parts = new WorkbenchParts()
            .with(MeterRegistry.class, SimpleMeterRegistry::new)
            .with(Pauses.class, Budgets.class);

    private final SettableClock clock = parts.clock();
    private TenantId contoso = new TenantId(UUID.randomUUID());
    private Pauses pauses;
    private Budgets budgets;

    @BeforeAll
    void open() {
        parts.open();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @BeforeEach
    void startWithNothing() {
        database().sql("truncate request_pause").update();
        contoso = new TenantId(UUID.randomUUID());
        pauses = parts.get(Pauses.class);
        budgets = parts.get(Budgets.class);
    }

    @Test
    void letsNobodyAskForTheSameBeforeMicrosoftsWishIsOver() {
        refuse(RequestKind.ALERTS, throttled(MINUTE));

        for (var spender : Spender.values()) {
            assertThat(budgets.waitOf(contoso, RequestKind.ALERTS, spender)).isEqualTo(MINUTE);
            assertThat(budgets.take(contoso, RequestKind.ALERTS, spender)).isEqualTo(MINUTE);
        }
        assertThat(budgets.take(contoso, RequestKind.INCIDENTS, Spender.POLLING))
                .isZero();
        assertThat(budgets.take(contoso, RequestKind.HUNTING, Spender.PEOPLE)).isZero();
        assertThat(budgets.take(new TenantId(UUID.randomUUID()), RequestKind.ALERTS, Spender.POLLING))
                .isZero();
        clock.advance(MINUTE);
        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.POLLING)).isZero();
    }

    @Test
    void keepsPeopleFromHuntingToo() {
        refuse(RequestKind.HUNTING, throttled(MINUTE));

        assertThat(budgets.take(contoso, RequestKind.HUNTING, Spender.PEOPLE)).isEqualTo(MINUTE);
        assertThat(budgets.takeWhatIsKeptForPeople(contoso)).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void asksLessAndLessOftenWhileEverythingIsRefused(int retryAfter) {
        var inTheFirstMinute = refusedDuring(MINUTE, throttled(Duration.ofSeconds(retryAfter)));
        var inTheHourThatFollows = refusedDuring(Duration.ofHours(1), throttled(Duration.ofSeconds(retryAfter)));

        assertThat(inTheFirstMinute).isBetween(2, 6);
        assertThat(inTheHourThatFollows).isBetween(3, 10);
    }

    /** How many requests are refused while five loops ask whenever they may. */
    private int refusedDuring(Duration stretch, Diagnosis refusal) {
        var refused = 0;
        for (var passed = Duration.ZERO; passed.compareTo(stretch) < 0; passed = passed.plus(SECOND)) {
            for (var loop = 0; loop < 5; loop++) {
                if (budgets.take(contoso, RequestKind.ALERTS, Spender.POLLING).isZero()) {
                    refused++;
                    pauses.failed(contoso, RequestKind.ALERTS, refusal);
                }
            }
            clock.advance(SECOND);
        }
        return refused;
    }

    @Test
    void waitsLongerThanAQuarterHourOnlyWhenMicrosoftSaysSo() {
        for (var refusal = 0; refusal < 40; refusal++) {
            refuseAfresh(RequestKind.ALERTS, throttled(SECOND));
        }
        assertThat(wait(RequestKind.ALERTS)).isEqualTo(Duration.ofMinutes(15));

        refuseAfresh(RequestKind.ALERTS, throttled(Duration.ofHours(3)));
        assertThat(wait(RequestKind.ALERTS)).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void countsThoseThatWereUnderWayTogetherAsOneRefusal() {
        for (var underWay = 0; underWay < 9; underWay++) {
            refuse(RequestKind.ALERTS, throttled(SECOND));
        }

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void keepsTheLongestOfSeveralWishes() {
        refuse(RequestKind.ALERTS, throttled(MINUTE));
        refuse(RequestKind.ALERTS, throttled(SECOND));
        pauses.answered(contoso, RequestKind.ALERTS);

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(MINUTE);
    }

    @Test
    void letsOneGoFirstWhenThePauseIsOverAndTheOthersWhenItWasAnswered() {
        refuse(RequestKind.ALERTS, throttled(MINUTE));
        clock.advance(MINUTE);

        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.POLLING)).isZero();
        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.HISTORY)).isEqualTo(SECOND);
        pauses.answered(contoso, RequestKind.ALERTS);
        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.HISTORY)).isZero();
        refuse(RequestKind.ALERTS, throttled(SECOND));
        assertThat(wait(RequestKind.ALERTS)).as("begun again").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void waitsNotForEverForTheOneThatWentFirst() {
        refuse(RequestKind.ALERTS, throttled(MINUTE));
        clock.advance(MINUTE);
        budgets.take(contoso, RequestKind.ALERTS, Spender.POLLING);

        pauses.unanswered(contoso, RequestKind.ALERTS);
        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.HISTORY)).isZero();
        clock.advance(MINUTE);
        assertThat(budgets.take(contoso, RequestKind.ALERTS, Spender.CHECKS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void heedsWhatErrorsAskForAsWell(int status) {
        refuse(RequestKind.ALERTS, error(status, Optional.of(MINUTE)));

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void leavesErrorsThatAskForNothingToWhoeverAsked(int status) {
        refuse(RequestKind.ALERTS, error(status, Optional.empty()));

        assertThat(wait(RequestKind.ALERTS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void leavesRoomForAskingForLessAfterErrors(int status) {
        for (var refusal = 0; refusal < 40; refusal++) {
            refuseAfresh(RequestKind.ALERTS, error(status, Optional.of(SECOND)));
        }

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void waitsAMinuteWhenMicrosoftDoesNotSayHowLong() {
        refuse(RequestKind.ALERTS, throttledWithoutAWish());

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(MINUTE);
    }

    @Test
    void takesAnyOtherAnswerForTheEndOfRefusals() {
        refuseAfresh(RequestKind.ALERTS, throttled(SECOND));
        refuseAfresh(RequestKind.ALERTS, throttled(SECOND));
        clock.advance(MINUTE);
        var forbidden = new Diagnosis(
                Trouble.PERMISSION_MISSING,
                "No.",
                "Grant it.",
                Optional.empty(),
                OptionalInt.of(403),
                Optional.empty(),
                Optional.empty());
        pauses.failed(contoso, RequestKind.ALERTS, forbidden);
        refuse(RequestKind.ALERTS, throttled(SECOND));

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void isNeitherLongerNorShorterForAClockThatSteps(long seconds) {
        refuse(RequestKind.ALERTS, throttled(MINUTE));

        clock.step(Duration.ofSeconds(seconds));

        assertThat(wait(RequestKind.ALERTS)).isEqualTo(MINUTE);
    }

    @Test
    void tellsWhyAndUntilWhen() {
        refuse(RequestKind.HUNTING, throttled(MINUTE));

        var told = pauses.of(contoso, RequestKind.HUNTING).orElseThrow();

        assertThat(told.until()).isEqualTo(clock.instant().plus(MINUTE));
        assertThat(told.diagnosis().trouble()).isEqualTo(Trouble.THROTTLED);
        assertThat(told.diagnosis().cause())
                .startsWith(
                        "Microsoft says: Please retry again later. Nothing of this kind is asked for in this tenant until")
                .endsWith(" UTC.");
        assertThat(told.diagnosis().requestId()).contains("request-1");
        assertThat(told.diagnosis().retryAfter()).contains(MINUTE);
    }

    // Another process, or this one after kill -9

    @ParameterizedTest
    @EnumSource
    void holdsInAProcessThatComesAfterAKillOrStandsBeside(RequestKind kind) {
        refuse(kind, throttled(Duration.ofHours(1)));

        var other = another();

        assertThat(other.waitOf(contoso, kind)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(other.of(contoso, kind).orElseThrow().refusal().cause()).contains("Please retry again later.");
    }

    @Test
    void growsFromWhereAnotherProcessWas() {
        for (var refusal = 0; refusal < 5; refusal++) {
            refuseAfresh(RequestKind.ALERTS, throttled(SECOND));
        }
        var other = another();
        other.look();
        clock.advance(MINUTE);

        other.failed(contoso, RequestKind.ALERTS, throttled(SECOND));

        assertThat(other.waitOf(contoso, RequestKind.ALERTS)).isEqualTo(Duration.ofSeconds(64));
    }

    @Test
    void learnsWithinHalfAMinuteWhatAnotherWasToldAndWhenThatIsOver() {
        var other = another();
        assertThat(other.waitOf(contoso, RequestKind.ALERTS)).isZero();
        refuse(RequestKind.ALERTS, throttled(MINUTE));

        clock.advance(Duration.ofSeconds(31));
        assertThat(other.waitOf(contoso, RequestKind.ALERTS)).isPositive();

        clock.advance(MINUTE);
        pauses.answered(contoso, RequestKind.ALERTS);
        other.look();
        assertThat(other.waitOf(contoso, RequestKind.ALERTS)).isZero();
        assertThat(parts.events(PausesChanged.class)).isNotEmpty();
    }

    @Test
    void doesNotTakeAwayWhatAnotherWasToldMeanwhile() {
        refuse(RequestKind.ALERTS, throttled(SECOND));
        var other = another();
        other.look();
        other.failed(contoso, RequestKind.ALERTS, throttled(Duration.ofHours(1)));
        clock.advance(Duration.ofSeconds(2));

        pauses.answered(contoso, RequestKind.ALERTS);

        assertThat(another().waitOf(contoso, RequestKind.ALERTS)).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void asksTheDatabaseNothingWhileThereIsNoPause() {
        budgets.take(contoso, RequestKind.ALERTS, Spender.POLLING);
        var before = statements();
        for (var request = 0; request < 20; request++) {
            budgets.take(contoso, RequestKind.HUNTING, Spender.POLLING);
            pauses.answered(contoso, RequestKind.HUNTING);
        }

        assertThat(statements()).isEqualTo(before);
    }

    /** How often the table was looked at, as PostgreSQL counts. */
    private long statements() {
        database().sql("select pg_stat_force_next_flush()").query().listOfRows();
        return database().sql("""
                        select seq_scan + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del
                        from pg_stat_user_tables where relname = 'request_pause'
                        """).query(Long.class).single();
    }

    private void refuse(RequestKind kind, Diagnosis refusal) {
        pauses.failed(contoso, kind, refusal);
    }

    /** Another refusal, after the last pause. */
    private void refuseAfresh(RequestKind kind, Diagnosis refusal) {
        clock.advance(wait(kind));
        refuse(kind, refusal);
    }

    private Duration wait(RequestKind kind) {
        return pauses.waitOf(contoso, kind);
    }

    private Pauses another() {
        return new Pauses(database(), clock, clock, event -> {});
    }

    private JdbcClient database() {
        return parts.get(JdbcClient.class);
    }
}
