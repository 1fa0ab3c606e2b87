package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.processes.Chore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Forgets old events with their deliveries, portion after portion, and counts those that wait or were given up. */
@Component
class NotificationKeeping implements Chore {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final int PORTION = 1_000;

    private final DeliveryTable table;
    private final InstantSource clock;
    private volatile DeliveryTable.Numbers numbers = new DeliveryTable.Numbers(0, 0);

    NotificationKeeping(DeliveryTable table, InstantSource clock, MeterRegistry registry) {
        this.table = table;
        this.clock = clock;
        Gauge.builder("gatehouse.notifications.waiting", () -> numbers.waiting())
                .description("Notifications that wait to be delivered, those included that are tried again later")
                .register(registry);
        Gauge.builder("gatehouse.notifications.failed", () -> numbers.failed())
                .description("Notifications of the last day that were given up")
                .register(registry);
    }

    @Override
    public String name() {
        return "Forgetting old notifications";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        var before = clock.instant().minus(Deliveries.KEPT);
        while (table.forget(before, PORTION) == PORTION) {
            // The next portion.
        }
        numbers = table.numbers();
    }
}
