package dev.gatehouse.workbench.collect;

import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tries unreadable records again after an update that reads more, at the start and hourly: another process may lag behind. */
@Component
class UnreadableKeeping implements Chore {

    private final UnreadableService service;

    UnreadableKeeping(UnreadableService service) {
        this.service = service;
    }

    @Override
    public String name() {
        return "Trying unreadable records again";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        service.retryDue();
    }
}
