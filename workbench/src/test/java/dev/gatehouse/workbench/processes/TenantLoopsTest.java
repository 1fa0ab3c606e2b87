package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.platform.database.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Status;

class TenantLoopsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final TenantId CONTOSO = new TenantId(new UUID(0, 1));
    private static final TenantId FABRIKAM = new TenantId(new UUID(0, 2));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private final Background background = new Background(clock, List.of(), ends::add);
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile Round round = () -> Optional.of(LONG);
    private volatile boolean isBroken;
    private final TenantLoops loops = loops();

    @FunctionalInterface
    private interface Round {
        Optional<Duration> play() throws InterruptedException;
    }

    private final class Playing extends Loop {

        Playing() {
            super(new SystemSleeper());
        }

        @Override
        protected Optional<Duration> round() throws InterruptedException {
            rounds.incrementAndGet();
            return round.play();
        }

        @Override
        protected Duration databaseIsAway(RuntimeException cause) {
            return LONG;
        }

        @Override
        protected Duration failed(Fault fault) {
            return LONG;
        }

        @Override
        protected String name() {
            return "Playing";
        }
    }

    private TenantLoops loops() {
        var factory = new StaticListableBeanFactory();
        TenantWork work = tenant -> {
            if (isBroken && tenant.equals(CONTOSO)) {
                throw new IllegalStateException("hunter2");
            }
            return List.of(new Playing());
        };
        factory.addBean("work", work);
        return new TenantLoops(factory.getBeanProvider(TenantWork.class), background, clock);
    }

    @AfterEach
    void stop() {
        loops.endAll();
        background.stop();
    }

    @Test
    void startsALoopAgainWhoseThreadHasDied() {
        // In a test the process does not end, so this is a thread that is gone while its loop is not over.
        round = () -> {
            throw new OutOfMemoryError();
        };
        loops.run(List.of(held(CONTOSO)));
        await().atMost(PATIENCE).until(() -> ends.size() == 1);
        round = () -> Optional.of(LONG);

        await().atMost(PATIENCE).until(() -> {
            background.look();
            return rounds.get() == 2;
        });

        assertThat(loops.census()).isEqualTo(new TenantLoops.Census(1, 0, 1));
    }

    @Test
    void leavesALoopAloneThatHasNothingToDoAnyMore() {
        round = Optional::empty;
        loops.run(List.of(held(CONTOSO)));
        await().atMost(PATIENCE).until(() -> rounds.get() == 1);

        background.look();
        background.look();

        assertThat(rounds).hasValue(1);
        assertThat(loops.census().restarts()).isZero();
    }

    @Test
    void breaksARoundOffThatHangs() {
        var never = new CountDownLatch(1);
        round = () -> {
            never.await();
            return Optional.empty();
        };
        loops.run(List.of(held(CONTOSO)));
        await().atMost(PATIENCE).until(() -> rounds.get() == 1);
        background.look();
        clock.advance(Duration.ofMinutes(29));
        background.look();
        assertThat(loops.census().restarts()).isZero();

        clock.advance(Duration.ofMinutes(2));
        background.look();

        await().atMost(PATIENCE).until(() -> rounds.get() == 2);
        assertThat(loops.census().restarts()).isEqualTo(1);
    }

    @Test
    void letsALoopSleepAsLongAsItWants() {
        loops.run(List.of(held(CONTOSO)));
        await().atMost(PATIENCE).until(() -> rounds.get() == 1);
        background.look();

        clock.advance(Duration.ofDays(1));
        background.look();

        assertThat(loops.census().restarts()).isZero();
    }

    @Test
    void worksOnTheOthersWhenTheWorkOnOneTenantCannotBegin() {
        isBroken = true;
        loops.run(List.of(held(CONTOSO), held(FABRIKAM)));
        assertThat(loops.tenants()).isEqualTo(1);

        isBroken = false;
        loops.run(List.of(held(CONTOSO), held(FABRIKAM)));
        assertThat(loops.tenants()).isEqualTo(2);
    }

    @Test
    void tellsInItsHealthWhatFailsAndWhatIsDead() {
        round = () -> {
            throw new IllegalStateException("hunter2");
        };
        var health = new LoopsHealth(background, loops);
        loops.run(List.of(held(CONTOSO)));
        await().atMost(PATIENCE).until(() -> loops.census().failing() == 1);

        assertThat(health.health().getStatus())
                .as("one feed is no reason to end the process")
                .isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("failing", 1).containsEntry("loops", 1);

        background.keep("Keeping leases", () -> {
            throw new IllegalStateException("hunter2");
        });

        await().atMost(PATIENCE).until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails().toString())
                .contains("Keeping leases: IllegalStateException")
                .doesNotContain("hunter2");
    }

    private static Held held(TenantId tenant) {
        return new Held(new Lease(tenant, new UUID(0, 9), 1), "1");
    }
}
