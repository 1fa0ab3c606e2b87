package dev.gatehouse.workbench.collect;

import dev.gatehouse.workbench.collect.RetentionPasses.Kind;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import dev.gatehouse.workbench.records.OldRecords;
import dev.gatehouse.workbench.records.OldRecords.Place;
import dev.gatehouse.workbench.records.OldRecords.Portion;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Removes vendor incidents and superseded versions that are kept no longer, portion after portion. Vendor alerts go with the alerts
 * that were made of them. Several processes may do so at the same time.
 */
@Component
class RecordKeeping implements Chore {

    private final OldRecords records;
    private final RetentionPasses passes;
    private final Settings settings;

    RecordKeeping(OldRecords records, RetentionPasses passes, Settings settings) {
        this.records = records;
        this.passes = passes;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "Removing old vendor incidents and versions";
    }

    @Override
    public Duration interval() {
        return RetentionPasses.INTERVAL;
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
        passes.run(setting, kept, Place.FIRST, (before, place, most, pass) -> {
            var portion = removal.next(before, place, most);
            pass.removed(Kind.VENDOR_INCIDENTS, portion.records());
            pass.removed(Kind.VERSIONS, portion.versions());
            return portion.next();
        });
    }
}
