package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.alerts.AlertEvent.Change;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an alert knows of one of its vendor alerts.
 *
 * @param id of the vendor alert, as its table has it
 * @param values what analysts are told when it changes, by its name
 * @param isResolved whether it is resolved in Microsoft's portal
 * @param firstActivity when the activity began; when the vendor alert was made where Microsoft does not say
 * @param lastActivity when it was last seen
 * @param entities names of accounts, hosts and addresses in it; empty when they were not asked for, as they are not kept with it
 */
record VendorAlertFacts(
        String id,
        Map<String, String> values,
        boolean isResolved,
        Instant firstActivity,
        Instant lastActivity,
        Optional<List<String>> entities) {

    /** In characters. */
    private static final int LONGEST_VALUE = 500;

    private static final int LONGEST_SEARCHED = 20_000;

    private static final int MOST_ENTITIES = 200;

    static VendorAlertFacts of(String id, VendorAlert alert) {
        var values = new LinkedHashMap<String, String>();
        put(values, "title", alert.title());
        put(values, "severity", alert.severity().written());
        put(values, "status", alert.status().written());
        put(values, "classification", alert.classification().written());
        put(values, "determination", alert.determination());
        put(values, "assigned_to", alert.assignedTo());
        put(values, "vendor_incident", alert.incidentId());
        put(values, "evidence", Integer.toString(alert.evidence().size()));
        put(values, "comments", Integer.toString(alert.comments().size()));
        put(values, "activity_ends", alert.lastActivity().map(Instant::toString).orElse(""));
        var entities = new LinkedHashSet<String>();
        alert.evidence().stream()
                .flatMap(evidence -> evidence.entities().stream())
                .map(Entity::name)
                .map(Columns::key)
                .limit(MOST_ENTITIES)
                .forEach(entities::add);
        return new VendorAlertFacts(
                id,
                values,
                alert.status().is(VendorAlertStatus.RESOLVED),
                alert.firstActivity().orElse(alert.created()),
                alert.lastActivity().or(alert::firstActivity).orElse(alert.created()),
                Optional.of(List.copyOf(entities)));
    }

    private static void put(Map<String, String> values, String name, String value) {
        var text = Columns.text(value);
        values.put(name, text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text);
    }

    String title() {
        return values.getOrDefault("title", "");
    }

    /** What is different in a newer version. */
    List<Change> changesTo(VendorAlertFacts after) {
        var changes = new ArrayList<Change>();
        after.values.forEach((what, to) -> {
            var from = values.getOrDefault(what, "");
            if (!from.equals(to)) {
                changes.add(new Change(what, from, to));
            }
        });
        return changes;
    }

    /** What an alert that holds it is found by, a line each; empty when that is not known. */
    Optional<String> searched() {
        return entities.map(names -> {
            var texts = new StringBuilder(id).append('\n').append(title());
            for (var name : names) {
                if (texts.length() + name.length() < LONGEST_SEARCHED) {
                    texts.append('\n').append(name);
                }
            }
            return texts.toString();
        });
    }
}
