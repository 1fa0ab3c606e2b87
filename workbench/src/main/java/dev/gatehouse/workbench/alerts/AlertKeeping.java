package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.collect.RetentionJournal;
import dev.gatehouse.workbench.collect.RetentionJournal.Kind;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Removes alerts that are kept no longer, portion after portion. Several processes may do so at the same time. */
@Component
class AlertKeeping implements Chore {

    private static final int PORTION = 1_000;

    private final AlertRemoval removal;
    private final RetentionJournal journal;
    private final Settings settings;
    private final InstantSource clock;
    private final MonotonicClock passing;

    AlertKeeping(
            AlertRemoval removal,
            RetentionJournal journal,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing) {
        this.removal = removal;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.passing = passing;
    }

    @Override
    public String name() {
        return "Removing old alerts";
    }

    @Override
    public Duration interval() {
        return RetentionJournal.INTERVAL;
    }

    @Override
    public void run() {
        var kept = settings.retention().alerts();
        if (kept.isZero()) {
            return;
        }
        var before = clock.instant().minus(kept);
        var until = passing.after(RetentionJournal.LONGEST);
        try (var pass = journal.begin("retention.alerts", kept, before)) {
            var place = Optional.of(AlertRemoval.Place.FIRST);
            while (place.isPresent()
                    && !passing.until(until).isZero()
                    && !Thread.currentThread().isInterrupted()) {
                var portion = removal.next(before, place.get(), PORTION);
                pass.removed(Kind.ALERTS, portion.alerts());
                pass.removed(Kind.VENDOR_ALERTS, portion.vendorAlerts());
                pass.removed(Kind.VERSIONS, portion.versions());
                place = portion.next();
            }
        }
    }
}
