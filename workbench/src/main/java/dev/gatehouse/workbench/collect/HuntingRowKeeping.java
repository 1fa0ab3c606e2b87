package dev.gatehouse.workbench.collect;

import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import dev.gatehouse.workbench.records.HuntingRowMonths;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Makes the months that hunting rows are stored in, and drops those that are kept no longer. */
@Component
class HuntingRowKeeping implements Chore {

    private final HuntingRowMonths months;
    private final Settings settings;
    private final InstantSource clock;

    HuntingRowKeeping(HuntingRowMonths months, Settings settings, InstantSource clock) {
        this.months = months;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Making and dropping months of hunting rows";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        months.keep(clock.instant(), settings.retention().huntingRows());
    }
}
