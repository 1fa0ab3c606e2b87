package dev.gatehouse.stories.stage;

import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.world.Defender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant in which nobody can miss a version. Graph shows the present state only, so that a version which is overtaken
 * while nobody reads was readable and is lost, whoever collects. Here a newer version of a record is held back until the
 * one before it is known to be stored. Then everything that was ever shown is owed, and a store can be held against it
 * version by version. What was held back becomes readable late, as it does at Microsoft.
 */
public final class PatientDefender implements Defender {

    private final Defender inner;
    private final Instant since;
    private final Showcase alerts = new Showcase();
    private final Showcase incidents = new Showcase();
    private Instant shownUntil = Instant.MIN;

    /**
     * A tenant that shows nothing yet.
     *
     * @param inner what happens in it
     * @param since what was changed before this is not shown
     */
    public PatientDefender(Defender inner, Instant since) {
        this.inner = inner;
        this.since = since;
    }

    /** Shows what has happened until that instant, except the versions that have to wait. */
    public synchronized void show(Instant now) {
        shownUntil = now;
        alerts.show(inner.alerts(now));
        incidents.show(inner.incidents(now));
    }

    /** All that is shown is stored, so that it may be overtaken. */
    public synchronized void settle() {
        alerts.unsettled.clear();
        incidents.unsettled.clear();
    }

    @Override
    public synchronized List<ObjectNode> alerts(Instant now) {
        return List.copyOf(alerts.current.values());
    }

    @Override
    public synchronized List<ObjectNode> incidents(Instant now) {
        return List.copyOf(incidents.current.values());
    }

    @Override
    public synchronized List<ObjectNode> alertVersions(Instant now) {
        return List.copyOf(alerts.versions);
    }

    @Override
    public synchronized List<ObjectNode> incidentVersions(Instant now) {
        return List.copyOf(incidents.versions);
    }

    @Override
    public synchronized Optional<Table> table(String name, Instant now) {
        return inner.table(name, shownUntil)
                .map(table -> new Table(
                        name,
                        table.columns(),
                        table.rows().stream()
                                .filter(row -> !(row.get("Timestamp") instanceof Instant time) || !time.isBefore(since))
                                .toList()));
    }

    /** The records of one list that are on show. */
    private final class Showcase {
        private final Map<String, ObjectNode> current = new LinkedHashMap<>();
        private final Set<String> unsettled = new HashSet<>();
        private final List<ObjectNode> versions = new ArrayList<>();

        void show(List<ObjectNode> records) {
            for (var record : records) {
                var id = record.path("id").asString();
                if (!unsettled.contains(id) && !record.equals(current.get(id)) && !isOld(record)) {
                    current.put(id, record);
                    unsettled.add(id);
                    versions.add(record);
                }
            }
        }

        private boolean isOld(ObjectNode record) {
            return Instant.parse(record.path("lastUpdateDateTime").asString()).isBefore(since);
        }
    }
}
