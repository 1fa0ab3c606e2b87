package dev.gatehouse.workbench.collect;

import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Forgets old requests, hourly. */
@Component
class LedgerKeeping implements Chore {

    private final Ledger ledger;
    private final Settings settings;
    private final InstantSource clock;

    LedgerKeeping(Ledger ledger, Settings settings, InstantSource clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Forgetting old rows of the ledger";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        ledger.forgetBefore(clock.instant().minus(settings.poll().keepLedger()));
    }
}
