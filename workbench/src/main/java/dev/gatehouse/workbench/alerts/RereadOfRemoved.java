package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has nobody wait for a directory whose last device was removed while its history was to be read again. */
@Component
class RereadOfRemoved implements Chore {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Rereads rereads;

    RereadOfRemoved(Rereads rereads) {
        this.rereads = rereads;
    }

    @Override
    public String name() {
        return "Leaving out removed devices when history is read again";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        rereads.leaveOutRemoved();
    }
}
