package dev.gatehouse.workbench.records;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;

/** Alerts, and the accounts, hosts and addresses that people search them by. */
final class VendorAlertTable extends VersionedTable<VendorAlert> {

    private static final String UPSERT = """
            insert into vendor_alert (tenant_id, id, provider_id, incident_id, title, severity, severity_rank, status,
                               classification, determination, category, service_source, detection_source, detector_id,
                               assigned_to, techniques, kinds, created_at, updated_at, first_activity, last_activity,
                               version, versions, first_seen_at, last_changed_at)
            values (:tenant, :id, :provider, :incident, :title, :severity, :rank, :status,
                    :classification, :determination, :category, :service, :detection, :detector,
                    :assigned, :techniques, :kinds, :created, :updated, :firstActivity, :lastActivity,
                    :version, :versions, :now, :now)
            on conflict (tenant_id, id) do update set
                provider_id      = excluded.provider_id,
                incident_id      = excluded.incident_id,
                title            = excluded.title,
                severity         = excluded.severity,
                severity_rank    = excluded.severity_rank,
                status           = excluded.status,
                classification   = excluded.classification,
                determination    = excluded.determination,
                category         = excluded.category,
                service_source   = excluded.service_source,
                detection_source = excluded.detection_source,
                detector_id      = excluded.detector_id,
                assigned_to      = excluded.assigned_to,
                techniques       = excluded.techniques,
                kinds            = excluded.kinds,
                created_at       = excluded.created_at,
                updated_at       = excluded.updated_at,
                first_activity   = excluded.first_activity,
                last_activity    = excluded.last_activity,
                version          = excluded.version,
                versions         = vendor_alert.versions + excluded.versions,
                last_changed_at  = greatest(vendor_alert.last_changed_at, excluded.last_changed_at)
            where vendor_alert.updated_at <= excluded.updated_at
            """;

    private final AlertKinds kinds;

    VendorAlertTable(NamedParameterJdbcTemplate database, AlertKinds kinds) {
        super(database, "vendor_alert", UPSERT);
        this.kinds = kinds;
    }

    @Override
    MapSqlParameterSource columns(VendorAlert alert) {
        return new MapSqlParameterSource()
                .addValue("provider", Columns.text(alert.providerAlertId()))
                .addValue("incident", Columns.key(alert.incidentId()))
                .addValue("title", Columns.text(alert.title()))
                .addValue("severity", Columns.text(alert.severity().written()))
                .addValue("rank", Rank.of(alert.severity()))
                .addValue("status", Columns.text(alert.status().written()))
                .addValue("classification", Columns.text(alert.classification().written()))
                .addValue("determination", Columns.text(alert.determination()))
                .addValue("category", Columns.text(alert.category()))
                .addValue("service", Columns.text(alert.serviceSource()))
                .addValue("detection", Columns.text(alert.detectionSource()))
                .addValue("detector", Columns.text(alert.detectorId()))
                .addValue("assigned", Columns.text(alert.assignedTo()))
                .addValue("techniques", texts(alert.techniques()))
                .addValue(
                        "kinds",
                        texts(kinds.of(alert).stream().map(DeviceKind::key).toList()))
                .addValue("created", Columns.timestamp(alert.created()))
                .addValue("updated", Columns.timestamp(alert.updated()))
                .addValue("firstActivity", timestamp(alert.firstActivity()))
                .addValue("lastActivity", timestamp(alert.lastActivity()));
    }

    private static @Nullable Object timestamp(Optional<Instant> instant) {
        return instant.map(Columns::timestamp).orElse(null);
    }

    private static SqlArrayValue texts(Iterable<String> texts) {
        var array = new ArrayList<Object>();
        texts.forEach(text -> array.add(Columns.text(text)));
        return new SqlArrayValue("text", array.toArray());
    }

    private static final String FORGET_ENTITIES = """
            delete from vendor_alert_entity where tenant_id = :tenant and alert_id = :id
            """;

    private static final String INSERT_ENTITY = """
            insert into vendor_alert_entity (tenant_id, alert_id, kind, name, roles) values (:tenant, :id, :kind, :name, :roles)
            """;

    // One that no device wanted when it came first, and one wants now.
    private static final String NOT_LEFT_OUT = """
            delete from left_out_vendor_alert where tenant_id = :tenant and id = any (:ids)
            """;

    @Override
    void becameCurrent(TenantId tenant, List<VendorAlert> alerts, Instant now) {
        if (alerts.isEmpty()) {
            return;
        }
        var current = of(tenant)
                .addValue(
                        "ids",
                        texts(alerts.stream()
                                .map(alert -> Columns.key(alert.id()))
                                .toList()))
                .addValue("versions", new SqlArrayValue("bytea", (Object[])
                        alerts.stream().map(alert -> alert.version().bytes()).toArray(byte[][]::new)))
                .addValue("now", Columns.timestamp(now));
        database().update(NOT_LEFT_OUT, current);
        database().update(UndecidedVendorAlerts.INSERT, current);
        batch(
                FORGET_ENTITIES,
                alerts.stream()
                        .map(alert -> of(tenant).addValue("id", Columns.key(alert.id())))
                        .toList());
        batch(
                INSERT_ENTITY,
                alerts.stream()
                        .flatMap(alert -> entities(tenant, alert).stream())
                        .toList());
    }

    /** Each entity once, with the roles of every piece of evidence that names it. */
    private static List<MapSqlParameterSource> entities(TenantId tenant, VendorAlert alert) {
        var roles = new TreeMap<String, Set<String>>();
        for (var evidence : alert.evidence()) {
            for (var entity : evidence.entities()) {
                roles.computeIfAbsent(
                                kind(entity.kind()) + " " + Columns.key(entity.name()), key -> new LinkedHashSet<>())
                        .addAll(evidence.roles());
            }
        }
        return roles.entrySet().stream()
                .map(entity -> of(tenant)
                        .addValue("id", Columns.key(alert.id()))
                        .addValue(
                                "kind",
                                entity.getKey().substring(0, entity.getKey().indexOf(' ')))
                        .addValue(
                                "name",
                                entity.getKey().substring(entity.getKey().indexOf(' ') + 1))
                        .addValue("roles", texts(entity.getValue())))
                .toList();
    }

    private static String kind(EntityKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
