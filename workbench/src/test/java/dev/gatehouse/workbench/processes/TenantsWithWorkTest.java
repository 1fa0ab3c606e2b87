package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class TenantsWithWorkTest {

    private static final TenantId BUSY = tenant(0);

    private final List<Integer> looks = new ArrayList<>();

    @Test
    void looksByItselfWhereThereAreFew() throws InterruptedException {
        var withWork = new TenantsWithWork(this::look, () -> 0, Runnable::run, 3, Duration.ZERO);

        assertThat(withWork.contains(BUSY)).isTrue();
        assertThat(withWork.contains(tenant(1))).isFalse();
        assertThat(looks).containsExactly(1, 1);
    }

    @Test
    void looksOnceForManyThatAskWhileItIsBusy() throws InterruptedException, ExecutionException {
        var askedBefore = new Semaphore(0);
        var withWork = new TenantsWithWork(
                this::look,
                () -> 0,
                work -> Thread.startVirtualThread(() -> {
                    askedBefore.acquireUninterruptibly();
                    work.run();
                }),
                1,
                Duration.ZERO);
        var answers = new ArrayList<FutureTask<Boolean>>();
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < 40; number++) {
            var tenant = tenant(number);
            var answer = new FutureTask<>(() -> withWork.contains(tenant));
            answers.add(answer);
            threads.add(Thread.startVirtualThread(answer));
        }
        while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        askedBefore.release();

        for (var number = 0; number < 40; number++) {
            assertThat(answers.get(number).get()).isEqualTo(number == 0);
        }
        assertThat(looks).containsExactly(40);
    }

    private Set<TenantId> look(Collection<TenantId> tenants) {
        looks.add(tenants.size());
        return tenants.contains(BUSY) ? Set.of(BUSY) : Set.of();
    }

    private static TenantId tenant(int number) {
        return new TenantId(new UUID(0, number));
    }
}
