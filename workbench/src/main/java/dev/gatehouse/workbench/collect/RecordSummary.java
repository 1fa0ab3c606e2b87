package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of a record that is stored already: all that order, progress, choosing, comparing and counting take of it.
 * It follows from the record's text alone.
 *
 * @param id Microsoft's id of it
 * @param version what tells this version from others
 * @param orderedBy the time that its feed is ordered by
 * @param created when Microsoft made it; of a hunting row, when it happened
 * @param kinds the kinds of device that show it; empty of what is kept for all of them
 * @param serviceSource the product of a vendor alert, in Microsoft's word; empty of others
 * @param weight how many bytes of the heap it takes once it is parsed, besides its text
 */
public record RecordSummary(
        String id,
        ContentHash version,
        Instant orderedBy,
        Instant created,
        Optional<Set<DeviceKind>> kinds,
        String serviceSource,
        long weight) {

    static RecordSummary of(Collected record, Selection selection) {
        return switch (record) {
            // Few products have many alerts, so that remembering each name once saves memory.
            case VendorAlert alert ->
                of(
                        alert,
                        alert.created(),
                        Optional.of(selection.kindsOf(alert)),
                        alert.serviceSource().intern());
            case VendorIncident incident -> of(incident, incident.created(), Optional.empty(), "");
            case HuntingRow row -> of(row, row.timestamp(), Optional.empty(), "");
        };
    }

    private static RecordSummary of(
            Collected record, Instant created, Optional<Set<DeviceKind>> kinds, String serviceSource) {
        return new RecordSummary(
                record.id(), record.version(), record.orderedBy(), created, kinds, serviceSource, Weight.of(record));
    }

    /**
     * Whether it is kept; others are only counted.
     *
     * @param wanted the kinds of the devices that its tenant is read for
     */
    boolean isKeptFor(Set<DeviceKind> wanted) {
        return kinds.map(showing -> !Collections.disjoint(showing, wanted)).orElse(true);
    }
}
