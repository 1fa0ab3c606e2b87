package dev.gatehouse.workbench.web.pages.dashboards;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Numbers that many alerts have to be read for, kept for a while. With few alerts nothing is kept, and numbers are those of the
 * moment. With many, what was counted within the last minute is shown again; what is older is shown once more while it is counted
 * anew beside, and what is older than ten minutes is not shown.
 */
@Component
class CachedNumbers {

    /** With more alerts in scope than this, numbers are kept. */
    static final long MANY = 20_000;

    static final Duration FRESH = Duration.ofMinutes(1);
    static final Duration KEPT = Duration.ofMinutes(10);

    /** Questions that are kept at once; each organization and each range of days is one. */
    private static final int QUESTIONS = 1_000;

    private final Alerts alerts;
    private final InstantSource clock;
    private final long many;
    private final LoadingCache<Question, Numbers<?>> kept;

    @Autowired
    CachedNumbers(Alerts alerts, InstantSource clock) {
        this(alerts, clock, MonotonicClock.SYSTEM, MANY, Executors.newVirtualThreadPerTaskExecutor());
    }

    CachedNumbers(Alerts alerts, InstantSource clock, MonotonicClock ticks, long many, Executor beside) {
        this.alerts = alerts;
        this.clock = clock;
        this.many = many;
        Ticker ticker = ticks::nanos;
        this.kept = Caffeine.newBuilder()
                .maximumSize(QUESTIONS)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(beside)
                .build(this::answer);
    }

    /**
     * Numbers, and since when they may have changed.
     *
     * @param countedAt when they were counted; empty when that was just now
     */
    public record Numbers<T>(T value, Optional<Instant> countedAt) {}

    /** What is asked, and how to find out; two are the same when they ask the same in the same scope. */
    private record Question(Scope scope, Object about, Supplier<?> count) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Question(var otherScope, var otherAbout, var _)
                    && scope.equals(otherScope)
                    && about.equals(otherAbout);
        }

        @Override
        public int hashCode() {
            return 31 * scope.hashCode() + about.hashCode();
        }
    }

    private Numbers<?> answer(Question question) {
        var value = Scoped.within(question.scope(), question.count()::get);
        return new Numbers<>(value, Optional.of(clock.instant()));
    }

    /**
     * Counts, or gives what was counted before.
     *
     * @param about what is asked: equal for the same question, whose answer has always the same type
     * @param count finds out; in the scope, and perhaps later
     */
    @SuppressWarnings("unchecked")
    <T> Numbers<T> of(Scope scope, Object about, Supplier<T> count) {
        if (alerts.number(scope) <= many) {
            return new Numbers<>(count.get(), Optional.empty());
        }
        return (Numbers<T>) kept.get(new Question(scope, about, count));
    }
}
