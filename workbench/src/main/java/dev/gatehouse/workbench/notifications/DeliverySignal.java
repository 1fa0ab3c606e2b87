package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.processes.SystemSleeper;
import org.springframework.stereotype.Component;

/** Wakes the delivery of this process when something is to be delivered. Others find it within seconds. */
@Component
class DeliverySignal {

    private final Sleeper sleeper = new SystemSleeper();

    void wake() {
        sleeper.wake();
    }

    Sleeper sleeper() {
        return sleeper;
    }
}
