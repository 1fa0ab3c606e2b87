package dev.gatehouse.simulator.world;

import dev.gatehouse.kql.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant in which exactly that happens which a test says: records are put in by hand, each readable from an instant of
 * the test's choice on, which may be later than its own timestamps say. Putting a record with a known id again makes a
 * new version of it.
 */
public final class ScriptedDefender implements Defender {

    private final List<Version> alerts = new ArrayList<>();
    private final List<Version> incidents = new ArrayList<>();
    private final Map<String, List<Table.Column>> columns = new LinkedHashMap<>();
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    /** A record as it reads from an instant on, until the next version of the same id is readable. */
    private record Version(ObjectNode content, Instant visibleFrom) {}

    private record Row(Map<String, @Nullable Object> content, Instant visibleFrom) {}

    /** Puts an alert, or a new version of one, that can be read at once. */
    public synchronized void putAlert(ObjectNode alert) {
        putAlert(alert, Instant.MIN);
    }

    /** Puts an alert, or a new version of one, that can be read from that instant on. */
    public synchronized void putAlert(ObjectNode alert, Instant visibleFrom) {
        alerts.add(new Version(withId(alert), visibleFrom));
    }

    /** Takes an alert away, in all its versions: nobody can read it any more. */
    public synchronized void withdrawAlert(String id) {
        alerts.removeIf(version -> version.content().path("id").asString("").equals(id));
    }

    /** Puts an incident, or a new version of one, that can be read at once. */
    public synchronized void putIncident(ObjectNode incident) {
        putIncident(incident, Instant.MIN);
    }

    /** Puts an incident, or a new version of one, that can be read from that instant on. */
    public synchronized void putIncident(ObjectNode incident, Instant visibleFrom) {
        incidents.add(new Version(withId(incident), visibleFrom));
    }

    /** Makes a hunting table known to the tenant. Queries about unknown tables are refused. */
    public synchronized void putTable(String name, List<Table.Column> tableColumns) {
        columns.put(name, List.copyOf(tableColumns));
        rows.putIfAbsent(name, new ArrayList<>());
    }

    /**
     * Puts a row that can be read from that instant on.
     *
     * @throws IllegalArgumentException when the table was not made known before
     */
    public synchronized void putRow(String table, Map<String, @Nullable Object> row, Instant visibleFrom) {
        var known = rows.get(table);
        if (known == null) {
            throw new IllegalArgumentException("Put the table %s before its rows".formatted(table));
        }
        known.add(new Row(new LinkedHashMap<>(row), visibleFrom));
    }

    /** Takes a hunting table away, as in a tenant without the product that fills it. */
    public synchronized void removeTable(String name) {
        columns.remove(name);
        rows.remove(name);
    }

    @Override
    public synchronized List<ObjectNode> alerts(Instant now) {
        return current(alerts, now);
    }

    @Override
    public synchronized List<ObjectNode> incidents(Instant now) {
        return current(incidents, now);
    }

    @Override
    public synchronized List<ObjectNode> alertVersions(Instant now) {
        return readable(alerts, now).map(Version::content).toList();
    }

    @Override
    public synchronized List<ObjectNode> incidentVersions(Instant now) {
        return readable(incidents, now).map(Version::content).toList();
    }

    @Override
    public synchronized Optional<Table> table(String name, Instant now) {
        var known = rows.get(name);
        if (known == null) {
            return Optional.empty();
        }
        var readable = known.stream()
                .filter(row -> !row.visibleFrom().isAfter(now))
                .map(Row::content)
                .toList();
        return Optional.of(new Table(name, columns.getOrDefault(name, List.of()), readable));
    }

    private static List<ObjectNode> current(List<Version> versions, Instant now) {
        var latest = new LinkedHashMap<String, ObjectNode>();
        readable(versions, now)
                .forEach(version -> latest.put(version.content().path("id").asString(), version.content()));
        return List.copyOf(latest.values());
    }

    private static Stream<Version> readable(List<Version> versions, Instant now) {
        return versions.stream().filter(version -> !version.visibleFrom().isAfter(now));
    }

    private static ObjectNode withId(ObjectNode content) {
        if (content.path("id").asString("").isEmpty()) {
            throw new IllegalArgumentException("A record needs an id");
        }
        return content.deepCopy();
    }
}
