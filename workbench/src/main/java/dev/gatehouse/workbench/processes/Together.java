package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Does for many threads at once what each of them would do alone: they wait a moment for each other, so that the database is
 * asked once for all. Worth it only when there are many, so that whoever asks looks at {@link #isBusy} first.
 *
 * @param <A> what is asked
 * @param <R> what comes of it
 */
public final class Together<A, R> {

    private static final int MOST = 1_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int busy;
    private final MonotonicClock clock;
    private final Executor threads;
    private final Sleeper pause;
    private final Duration length;
    private final Function<List<A>, List<R>> work;

    private final Queue<Asked<A, R>> waiting = new ArrayDeque<>();
    private boolean isAtWork;

    private long since;
    private int asked;
    private int askedBefore;

    private record Asked<A, R>(A what, CompletableFuture<R> answer) {}

    /**
     * With nobody waiting.
     *
     * @param busy from how many a second on it is worth waiting for each other
     * @param pause how they wait for each other, and for how long: {@code length}
     * @param threads where the work is done, one after the other
     * @param work gives what comes of each, in the order asked; it runs in a thread that works under no lease
     */
    public Together(
            int busy,
            Duration length,
            Sleeper pause,
            MonotonicClock clock,
            Executor threads,
            Function<List<A>, List<R>> work) {
        this.busy = busy;
        this.length = length;
        this.pause = pause;
        this.clock = clock;
        this.threads = threads;
        this.work = work;
        this.since = clock.nanos();
    }

    /** Counts one who asks; says whether there are so many that they better go together. */
    public synchronized boolean isBusy() {
        var passed = clock.since(since);
        if (passed.compareTo(SECOND) >= 0) {
            askedBefore = passed.compareTo(SECOND.multipliedBy(2)) < 0 ? asked : 0;
            asked = 0;
            since = clock.nanos();
        }
        asked++;
        return Math.max(asked, askedBefore) >= busy;
    }

    /**
     * Does it with others; waits until it is done. What it fails of, all fail of who were together.
     *
     * @throws InterruptedException when the calling thread was asked to stop; whether it is done is not known then
     */
    public R ask(A what) throws InterruptedException {
        var mine = new Asked<A, R>(what, new CompletableFuture<>());
        if (add(mine)) {
            begin();
        }
        try {
            return mine.answer().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void begin() {
        try {
            threads.execute(this::serve);
        } catch (RuntimeException e) {
            // All that wait, also those that have come meanwhile: nobody serves them, and nobody else begins.
            for (var some = take(); !some.isEmpty(); some = take()) {
                some.forEach(each -> each.answer().completeExceptionally(e));
            }
        }
    }

    private synchronized boolean add(Asked<A, R> one) {
        waiting.add(one);
        var isFirst = !isAtWork;
        isAtWork = true;
        return isFirst;
    }

    private void serve() {
        for (var some = next(); !some.isEmpty(); some = next()) {
            answer(some);
        }
    }

    private List<Asked<A, R>> next() {
        try {
            pause.sleep(length);
        } catch (InterruptedException e) {
            // Those who wait are served all the same.
            Thread.currentThread().interrupt();
        }
        return take();
    }

    private synchronized List<Asked<A, R>> take() {
        var some = new ArrayList<Asked<A, R>>();
        while (some.size() < MOST && !waiting.isEmpty()) {
            some.add(waiting.remove());
        }
        isAtWork = !some.isEmpty();
        return some;
    }

    private void answer(List<Asked<A, R>> some) {
        try {
            var answers = work.apply(some.stream().map(Asked::what).toList());
            for (var number = 0; number < some.size(); number++) {
                some.get(number).answer().complete(answers.get(number));
            }
        } catch (RuntimeException | Error e) {
            some.forEach(each -> each.answer().completeExceptionally(e));
            if (Fatal.is(e)) {
                throw e;
            }
        }
    }
}
