package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Trouble;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

class LoopTest {

    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Duration AFTER_FAULT = Duration.ofMinutes(2);
    private static final Duration AFTER_DATABASE = Duration.ofMinutes(3);

    private final Deque<Round> rounds = new ArrayDeque<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable whenNoted = () -> {};
    private final Scripted loop = new Scripted();

    @FunctionalInterface
    private interface Round {
        Optional<Duration> play() throws InterruptedException;
    }

    /** Plays its rounds, and ends when there are none left. */
    private final class Scripted extends Loop {

        Scripted() {
            super(new Sleeper() {
                @Override
                public void sleep(Duration duration) {
                    pauses.add(duration);
                }

                @Override
                public void wake() {
                    // It does not sleep.
                }
            });
        }

        @Override
        protected Optional<Duration> round() throws InterruptedException {
            return rounds.isEmpty() ? Optional.empty() : rounds.remove().play();
        }

        @Override
        protected Duration databaseIsAway(RuntimeException cause) {
            return AFTER_DATABASE;
        }

        @Override
        protected Duration failed(Fault fault) {
            whenNoted.run();
            faults.add(fault);
            return AFTER_FAULT;
        }

        @Override
        protected String name() {
            return "A scripted loop";
        }
    }

    @Test
    void goesOnWhateverARoundThrows() {
        List<Throwable> all = List.of(
                new ArithmeticException("Exponent out of range: {\"title\":\"hunter2\"}"),
                new StackOverflowError(),
                new AssertionError("hunter2"),
                new NoClassDefFoundError("hunter2"),
                new DataIntegrityViolationException("hunter2"));
        all.forEach(this::throwing);

        loop.run();

        assertThat(faults).hasSize(all.size());
        assertThat(pauses).hasSize(all.size()).containsOnly(AFTER_FAULT);
    }

    @Test
    void tellsAMistakeFromADatabaseThatIsAway() {
        throwing(new DataAccessResourceFailureException("away"));
        throwing(new CannotCreateTransactionException("away"));
        throwing(new UncategorizedSQLException("insert", "insert", new SQLException("full", "53100")));
        throwing(new UncategorizedSQLException("insert", "insert", new SQLException("row is too big", "54000")));

        loop.run();

        assertThat(pauses).containsExactly(AFTER_DATABASE, AFTER_DATABASE, AFTER_DATABASE, AFTER_FAULT);
    }

    @Test
    void goesOnWhenAMistakeCannotBeNoted() {
        throwing(new IllegalStateException());
        rounds.add(() -> Optional.of(USUAL));
        whenNoted = () -> {
            throw new DataAccessResourceFailureException("The database went away, too.");
        };

        loop.run();

        assertThat(pauses).containsExactly(Duration.ofMinutes(1), USUAL);
    }

    @Test
    void leavesWhatIsFatalToWhoeverEndsTheProcess() {
        throwing(new OutOfMemoryError());
        throwing(new InternalError());

        assertThatThrownBy(loop::run).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(loop::run).isInstanceOf(InternalError.class);
        assertThat(faults).isEmpty();
    }

    @Test
    void goesOnAfterAnInterruptThatNobodyMeantToStopItWith() {
        rounds.add(() -> {
            throw new InterruptedException();
        });
        rounds.add(() -> Optional.of(USUAL));

        loop.run();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1), USUAL);
    }

    @Test
    void endsWhenItIsStoppedInTheMiddleOfARound() {
        rounds.add(() -> {
            loop.stop();
            throw new InterruptedException();
        });
        rounds.add(() -> Optional.of(USUAL));

        loop.run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(rounds).hasSize(1);
    }

    @Test
    void knowsItsFaultUntilARoundIsGood() throws InterruptedException {
        throwing(new IllegalStateException());
        rounds.add(() -> Optional.of(USUAL));

        loop.attempt();
        assertThat(loop.fault()).isPresent();
        loop.attempt();
        assertThat(loop.fault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Reading alerts", "This replay"})
    void saysWhatBrokeOffAndWhereButQuotesNothing(String doing) throws InterruptedException {
        throwing(new IllegalStateException("hunter2", new NumberFormatException("hunter2")));
        loop.attempt();

        var diagnosis = faults.getFirst().diagnosis(doing);

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.INTERNAL_FAULT);
        assertThat(diagnosis.cause()).startsWith(doing).contains("IllegalStateException", "LoopTest");
        assertThat(diagnosis.cause() + diagnosis.cure()).doesNotContain("hunter2");
        assertThat(faults.getFirst().trace()).hasStackTraceContaining("NumberFormatException");
        assertThat(stackTrace(faults.getFirst().trace())).doesNotContain("hunter2");
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void throwing(Throwable thrown) {
        rounds.add(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });
    }
}
