package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Comment;
import dev.gatehouse.model.Entity;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * About how many bytes of the heap what was read out of a record takes, besides its text. Of a record with many small
 * members that is several times its text.
 */
final class Weight {

    /** The record itself, its times, its hash and its place in lists. */
    private static final int RECORD = 1_000;

    /** A text that holds nothing, with the reference to it. */
    private static final int TEXT = 48;

    /** One entry of a map, without key and value. */
    private static final int ENTRY = 48;

    private static final int EVIDENCE = 250;

    private Weight() {}

    /** Of a record that was not understood, for this reason. */
    static long ofUnreadable(String reason) {
        return RECORD + of(reason);
    }

    static long of(Collected record) {
        return RECORD + members(record);
    }

    private static long members(Collected record) {
        return switch (record) {
            case VendorAlert alert ->
                of(
                                alert.id(),
                                alert.providerAlertId(),
                                alert.incidentId(),
                                alert.title(),
                                alert.description(),
                                alert.recommendedActions(),
                                alert.severity().written(),
                                alert.status().written(),
                                alert.classification().written(),
                                alert.determination(),
                                alert.category(),
                                alert.serviceSource(),
                                alert.detectionSource(),
                                alert.productName(),
                                alert.detectorId(),
                                alert.assignedTo(),
                                alert.webUrl())
                        + of(alert.techniques())
                        + alert.evidence().stream().mapToLong(Weight::of).sum()
                        + alert.comments().stream().mapToLong(Weight::of).sum();
            case VendorIncident incident ->
                of(
                                incident.id(),
                                incident.displayName(),
                                incident.description(),
                                incident.severity().written(),
                                incident.status().written(),
                                incident.classification().written(),
                                incident.determination(),
                                incident.redirectIncidentId(),
                                incident.assignedTo(),
                                incident.webUrl())
                        + of(incident.customTags())
                        + of(incident.systemTags())
                        + incident.comments().stream().mapToLong(Weight::of).sum();
            case HuntingRow row ->
                of(
                        row.actionType(),
                        row.accountName(),
                        row.accountUpn(),
                        row.deviceName(),
                        row.ipAddress(),
                        row.target(),
                        row.reportId());
        };
    }

    private static long of(Evidence evidence) {
        var details = evidence.details().entrySet().stream()
                .mapToLong(detail -> ENTRY + of(detail.getKey(), detail.getValue()))
                .sum();
        var entities = evidence.entities().stream()
                .map(Entity::name)
                .mapToLong(name -> ENTRY + of(name))
                .sum();
        return EVIDENCE + of(evidence.roles()) + entities + details;
    }

    private static long of(Comment comment) {
        return ENTRY + of(comment.text(), comment.author());
    }

    private static long of(Collection<String> texts) {
        return texts.stream().mapToLong(Weight::of).sum();
    }

    private static long of(String... texts) {
        return Stream.of(texts).mapToLong(Weight::of).sum();
    }

    /** Two bytes a character, as all texts have that are not Latin throughout. */
    private static long of(String text) {
        return TEXT + 2L * text.length();
    }
}
