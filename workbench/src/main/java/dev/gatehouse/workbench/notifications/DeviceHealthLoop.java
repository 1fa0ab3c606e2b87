package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Looks every minute whether the health of a tenant's devices has changed. */
final class DeviceHealthLoop extends Loop {

    /** And a quarter more at most, so that the loops of thousands of tenants do not look at the same moment. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(48);

    private final TenantId tenant;
    private final DeviceHealthNews news;
    private final RandomGenerator random;

    DeviceHealthLoop(TenantId tenant, DeviceHealthNews news, RandomGenerator random) {
        super(new SystemSleeper());
        this.tenant = tenant;
        this.news = news;
        this.random = random;
    }

    @Override
    protected Optional<Duration> round() {
        news.look(tenant);
        return Optional.of(pause());
    }

    private Duration pause() {
        return BETWEEN_LOOKS.plusMillis(random.nextLong(BETWEEN_LOOKS.toMillis() / 4));
    }

    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        return pause();
    }

    @Override
    protected Duration failed(Fault fault) {
        return pause();
    }

    @Override
    protected String name() {
        return "Watching the health of the devices of tenant " + tenant;
    }
}
