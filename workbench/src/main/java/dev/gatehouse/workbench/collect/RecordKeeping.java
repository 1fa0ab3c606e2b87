package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.collect.RetentionJournal.Kind;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import dev.gatehouse.workbench.records.OldRecords;
import dev.gatehouse.workbench.records.OldRecords.Place;
import dev.gatehouse.workbench.records.OldRecords.Portion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Removes vendor incidents and superseded versions that are kept no longer, portion after portion. Vendor alerts go with the alerts
 * that were made of them. Several processes may do so at the same time.
 */
@Component
class RecordKeeping implements Chore {

    private static final int PORTION = 1_000;

    private final OldRecords records;
    private final RetentionJournal journal;
    private final Settings settings;
    private final InstantSource clock;
    private final MonotonicClock passing;

    RecordKeeping(
            OldRecords records,
            RetentionJournal journal,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing) {
        this.records = records;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.passing = passing;
    }

    @Override
    public String name() {
        return "Removing old vendor incidents and versions";
    }

    @Override
    public Duration interval() {
        return RetentionJournal.INTERVAL;
    }

    /** Removes the next portion of what is older than a moment. */
    @FunctionalInterface
    private interface Removal {
        Portion next(Instant before, Place place, int most);
    }

    @Override
    public void run() {
        var retention = settings.retention();
        remove("retention.vendor-incidents", retention.vendorIncidents(), records::removeVendorIncidents);
        remove("retention.versions", retention.versions(), records::removeVersionsOfVendorAlerts);
        remove("retention.versions", retention.versions(), records::removeVersionsOfVendorIncidents);
    }

    private void remove(String setting, Duration kept, Removal removal) {
        if (kept.isZero()) {
            return;
        }
        var before = clock.instant().minus(kept);
        var until = passing.after(RetentionJournal.LONGEST);
        try (var pass = journal.begin(setting, kept, before)) {
            var place = Optional.of(Place.FIRST);
            while (place.isPresent()
                    && !passing.until(until).isZero()
                    && !Thread.currentThread().isInterrupted()) {
                var portion = removal.next(before, place.get(), PORTION);
                pass.removed(Kind.VENDOR_INCIDENTS, portion.records());
                pass.removed(Kind.VERSIONS, portion.versions());
                place = portion.next();
            }
        }
    }
}
