package dev.gatehouse.workbench.collect;

import dev.gatehouse.workbench.settings.Settings;
import dev.gatehouse.workbench.store.Ledger;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets old requests, hourly. */
@Component
@EnableScheduling
class LedgerKeeping {

    private final Ledger ledger;
    private final Settings settings;
    private final InstantSource clock;

    LedgerKeeping(Ledger ledger, Settings settings, InstantSource clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 1, timeUnit = TimeUnit.HOURS)
    void forgetOldRequests() {
        ledger.forgetBefore(clock.instant().minus(settings.poll().keepLedger()));
    }
}
