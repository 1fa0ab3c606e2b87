package dev.gatehouse.simulator.world;

import dev.gatehouse.kql.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Defender knows of a tenant at this moment: its alerts, incidents and hunting rows. Moments change it, readers
 * look at it. A record that was handed out is never changed; a change makes a new one.
 *
 * <p>Two rules hold for every record: its {@code lastUpdateDateTime} grows with each version, and it never lies after
 * the instant at which the version is first shown. Not safe for use by several threads.
 */
final class Portal {

    /** As far back as hunting looks; see "limits" in Microsoft's reference of the hunting call. */
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Bounds the memory of a fast tenant that runs for days. */
    private static final int ROWS_KEPT = 50_000;

    private static final int ALERTS_KEPT = 20_000;

    private final AlertWriter writer;
    private final Domain domain;
    private final Set<String> missingTables;
    private final boolean remembersVersions;
    private final Map<String, Kept> alerts = new LinkedHashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, Incident> incidentsByCase = new HashMap<>();
    private final Map<String, Deque<Map<String, @Nullable Object>>> rows = new HashMap<>();
    private final List<Version> versions = new ArrayList<>();

    private int nextIncident;
    private Instant forgottenBefore = Instant.MIN;

    Portal(Domain domain, int firstIncident, Set<String> missingTables, boolean remembersVersions) {
        this.domain = domain;
        this.writer = new AlertWriter(domain);
        this.nextIncident = firstIncident;
        this.missingTables = Set.copyOf(missingTables);
        this.remembersVersions = remembersVersions;
        for (var table : Tables.names()) {
            rows.put(table, new ArrayDeque<>());
        }
    }

    // What moments do

    void raise(String caseName, Detection alert, Instant shown) {
        var stamp = Timestamps.storeTime(alert.created());
        var incident = incidentsByCase.computeIfAbsent(caseName, _ -> open(stamp));
        var json = writer.write(alert, stamp);
        putIncident(json, incident);
        show(alert.id(), json, stamp, shown);
        incident.alertIds.add(alert.id());
        show(incident, stamp, shown);

        log(Tables.ALERTS, AlertRows.info(alert));
        alert.evidence()
                .forEach(item ->
                        log(Tables.EVIDENCE, AlertRows.evidence(alert, item.render(alert.created()), alert.created())));
    }

    void grow(Detection alert, List<Evidence> more, Instant lastActivity, Instant at, Instant shown) {
        change(alert.id(), at, shown, json -> {
            json.put("lastActivityDateTime", Timestamps.text(lastActivity));
            if (json.get("evidence") instanceof ArrayNode evidence) {
                more.forEach(item -> evidence.add(item.render(at)));
            }
        });
        show(incidentOf(alert.id()), at, shown);
        more.forEach(item -> log(Tables.EVIDENCE, AlertRows.evidence(alert, item.render(at), at)));
    }

    void triage(String caseName, List<String> alertIds, Triage triage, Instant shown) {
        for (var id : alertIds) {
            change(id, triage.at(), shown, json -> {
                triage.writeInto(json);
                if (triage.verdict() != null) {
                    json.put("resolvedDateTime", Timestamps.text(triage.at()));
                }
            });
        }
        var incident = Objects.requireNonNull(incidentsByCase.get(caseName), caseName);
        triage.writeInto(incident.state);
        incident.state.put("lastModifiedBy", triage.analyst().userPrincipalName());
        if (triage.verdict() != null) {
            incident.state.put("resolvingComment", triage.comment());
        }
        show(incident, triage.at(), shown);
    }

    /** The loser is redirected to the survivor; its alerts move, and are updated by that. */
    void merge(String loserCase, String survivorCase, Instant at, Instant shown) {
        var loser = Objects.requireNonNull(incidentsByCase.get(loserCase), loserCase);
        var survivor = Objects.requireNonNull(incidentsByCase.get(survivorCase), survivorCase);
        var moving = List.copyOf(loser.alertIds);
        survivor.alertIds.addAll(moving);
        moving.forEach(id -> change(id, at, shown, json -> putIncident(json, survivor)));
        loser.state.put("status", "redirected").put("redirectIncidentId", survivor.id);
        loser.state.put("lastModifiedBy", "Microsoft 365 Defender-AlertCorrelation");
        show(loser, at, shown);
        loser.alertIds.clear();
        incidentsByCase.put(loserCase, survivor);
        show(survivor, at, shown);
    }

    void log(String table, Map<String, @Nullable Object> row) {
        var log = Objects.requireNonNull(rows.get(table), table);
        log.add(row);
        if (log.size() > ROWS_KEPT) {
            log.remove();
        }
    }

    /** Drops what nobody can ask for any more; in whole hours, so that it does not matter when exactly it is called. */
    void forgetWhatIsOldAt(Instant now) {
        var threshold = now.minus(KEPT_FOR).truncatedTo(ChronoUnit.HOURS);
        if (!threshold.isAfter(forgottenBefore)) {
            return;
        }
        forgottenBefore = threshold;
        for (Deque<Map<String, @Nullable Object>> log : rows.values()) {
            // Rows lie in the order in which they were shown, which is that of their times but for minutes.
            while (!log.isEmpty() && isBefore(threshold, log.getFirst())) {
                log.remove();
            }
        }
        alerts.values().removeIf(alert -> alert.lastUpdate.isBefore(threshold));
        incidents.values().removeIf(incident -> incident.lastUpdate.isBefore(threshold));
        incidentsByCase.values().removeIf(incident -> incident.lastUpdate.isBefore(threshold));
    }

    // What readers see

    List<ObjectNode> alerts() {
        return alerts.values().stream().map(Kept::json).toList();
    }

    List<ObjectNode> incidents() {
        return incidents.values().stream().map(incident -> incident.shown).toList();
    }

    @Nullable
    Table table(String name) {
        var log = rows.get(name);
        return log == null || missingTables.contains(name)
                ? null
                : new Table(name, Tables.columns(name), List.copyOf(log));
    }

    List<Version> versions() {
        return List.copyOf(versions);
    }

    private static boolean isBefore(Instant threshold, Map<String, @Nullable Object> row) {
        return row.get("Timestamp") instanceof Instant instant && instant.isBefore(threshold);
    }

    private void change(String alertId, Instant at, Instant shown, Consumer<ObjectNode> edit) {
        var before = Objects.requireNonNull(alerts.get(alertId), alertId);
        var json = before.json.deepCopy();
        edit.accept(json);
        var stamp = stampAfter(before.lastUpdate, at);
        json.put("lastUpdateDateTime", Timestamps.text(stamp));
        show(alertId, json, stamp, shown);
    }

    private void show(String alertId, ObjectNode json, Instant stamp, Instant shown) {
        alerts.put(alertId, new Kept(json, stamp));
        if (alerts.size() > ALERTS_KEPT) {
            alerts.remove(alerts.keySet().iterator().next());
        }
        remember(Version.Kind.ALERT, alertId, stamp, shown, json);
    }

    private Incident open(Instant at) {
        var id = Integer.toString(nextIncident++);
        var incident = new Incident(id, IncidentWriter.blank(id, domain, at), at);
        incidents.put(id, incident);
        return incident;
    }

    private void show(Incident incident, Instant at, Instant shown) {
        var stamp = incident.shown.isEmpty() ? at : stampAfter(incident.lastUpdate, at);
        incident.lastUpdate = stamp;
        incident.state.put("lastUpdateDateTime", Timestamps.text(stamp));
        IncidentWriter.sumUp(
                incident.state,
                incident.alertIds.stream()
                        .map(alerts::get)
                        .filter(Objects::nonNull)
                        .map(Kept::json)
                        .toList());
        incident.shown = incident.state.deepCopy();
        remember(Version.Kind.INCIDENT, incident.id, stamp, shown, incident.shown);
    }

    private Incident incidentOf(String alertId) {
        var alert = Objects.requireNonNull(alerts.get(alertId), alertId);
        var incidentId = alert.json.path("incidentId").asString();
        return Objects.requireNonNull(incidents.get(incidentId), incidentId);
    }

    private void putIncident(ObjectNode alert, Incident incident) {
        alert.put("incidentId", incident.id);
        alert.put("incidentWebUrl", IncidentWriter.webUrl(incident.id, domain));
    }

    private void remember(Version.Kind kind, String id, Instant stamp, Instant shown, ObjectNode json) {
        if (remembersVersions) {
            versions.add(new Version(kind, id, stamp, shown, json));
        }
    }

    /** The time of a change, moved up where an earlier change, which showed late, already carries it or a later one. */
    private static Instant stampAfter(Instant before, Instant at) {
        var stamp = Timestamps.storeTime(at);
        return stamp.isAfter(before) ? stamp : Timestamps.storeTime(before.plusNanos(100));
    }

    private record Kept(ObjectNode json, Instant lastUpdate) {}

    private static final class Incident {
        final String id;
        final ObjectNode state;
        final List<String> alertIds = new ArrayList<>();
        ObjectNode shown;
        Instant lastUpdate;

        Incident(String id, ObjectNode state, Instant openedAt) {
            this.id = id;
            this.state = state;
            this.shown = state.objectNode();
            this.lastUpdate = openedAt;
        }
    }
}
