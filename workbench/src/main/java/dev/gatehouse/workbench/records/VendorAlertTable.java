package dev.gatehouse.workbench.records;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Alerts, and the accounts, hosts and addresses that people search them by. */
final class VendorAlertTable extends VersionedTable<VendorAlert> {

    private static final String UPSERT = """
            insert into vendor_alert (tenant_id, id, provider_id, incident_id, title, severity, severity_rank, status,
                               classification, determination, category, service_source, detection_source, detector_id,
                               assigned_to, techniques, kinds, created_at, updated_at, first_activity, last_activity,
                               version, versions, first_seen_at, last_changed_at, organization_id)
            select :tenant, id, provider_id, incident_id, title, severity, severity_rank, status,
                   classification, determination, category, service_source, detection_source, detector_id,
                   assigned_to, techniques, kinds, created_at, updated_at, first_activity, last_activity,
                   decode(version, 'hex'), versions, :now, :now, {organization}
            from json_to_recordset(:rows::json) as r (id text, provider_id text, incident_id text, title text,
                 severity text, severity_rank smallint, status text, classification text, determination text,
                 category text, service_source text, detection_source text, detector_id text, assigned_to text,
                 techniques text[], kinds text[], created_at timestamptz, updated_at timestamptz,
                 first_activity timestamptz, last_activity timestamptz, version text, versions integer)
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
            returning id
            """.replace("{organization}", Organizations.idOf(":tenant"));

    private final AlertKinds kinds;
    private final FreshVendorAlerts fresh;

    VendorAlertTable(NamedParameterJdbcTemplate database, AlertKinds kinds, FreshVendorAlerts fresh, Reread reread) {
        super(database, "vendor_alert", UPSERT, VendorAlert.class, Feed.ALERTS, reread);
        this.kinds = kinds;
        this.fresh = fresh;
    }

    @Override
    ObjectNode columns(VendorAlert alert) {
        var row = JsonNodeFactory.instance
                .objectNode()
                .put("provider_id", Columns.text(alert.providerAlertId()))
                .put("incident_id", Columns.key(alert.incidentId()))
                .put("title", Columns.text(alert.title()))
                .put("severity", Columns.text(alert.severity().written()))
                .put("severity_rank", Rank.of(alert.severity()))
                .put("status", Columns.text(alert.status().written()))
                .put("classification", Columns.text(alert.classification().written()))
                .put("determination", Columns.text(alert.determination()))
                .put("category", Columns.text(alert.category()))
                .put("service_source", Columns.text(alert.serviceSource()))
                .put("detection_source", Columns.text(alert.detectionSource()))
                .put("detector_id", Columns.text(alert.detectorId()))
                .put("assigned_to", Columns.text(alert.assignedTo()))
                .put("created_at", Columns.timestamp(alert.created()).toString())
                .put("updated_at", Columns.timestamp(alert.updated()).toString())
                .put("first_activity", timestamp(alert.firstActivity()))
                .put("last_activity", timestamp(alert.lastActivity()));
        var techniques = row.putArray("techniques");
        alert.techniques().forEach(technique -> techniques.add(Columns.text(technique)));
        var shown = row.putArray("kinds");
        kinds.of(alert).forEach(kind -> shown.add(kind.key()));
        return row;
    }

    private static @Nullable String timestamp(Optional<Instant> instant) {
        return instant.map(at -> Columns.timestamp(at).toString()).orElse(null);
    }

    private static final String FORGET_ENTITIES = """
            delete from vendor_alert_entities where tenant_id = :tenant and alert_id = any (:ids)
            """;

    /** Those of vendor alerts of several directories, which are removed themselves. */
    static final String REMOVE_ENTITIES = """
            delete from vendor_alert_entities e using unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)
            where e.tenant_id = k.tenant_id and e.alert_id = k.id
            """;

    // One that names what it named before is not written again.
    private static final String UPSERT_ENTITIES = """
            insert into vendor_alert_entities as v (tenant_id, alert_id, kinds, names, roles, keys)
            select :tenant, e.alert_id, e.kinds::text[], e.names::text[], e.roles::text[], e.keys::bigint[]
            from unnest(:alerts::text[], :kinds::text[], :names::text[], :roles::text[], :keys::text[])
                as e (alert_id, kinds, names, roles, keys)
            on conflict (tenant_id, alert_id) do update
            set kinds = excluded.kinds, names = excluded.names, roles = excluded.roles, keys = excluded.keys
            where (v.kinds, v.names, v.roles) is distinct from (excluded.kinds, excluded.names, excluded.roles)
            """;

    // One that no device wanted when it came first, and one wants now.
    private static final String NOT_LEFT_OUT = """
            delete from left_out_vendor_alert where tenant_id = :tenant and id = any (:ids)
            """;

    @Override
    void becameCurrent(TenantId tenant, List<VendorAlert> alerts, Set<String> before, Instant now) {
        if (alerts.isEmpty()) {
            return;
        }
        var entities = alerts.stream().map(alert -> Entities.of(tenant, alert)).toList();
        var current = of(tenant)
                .addValue("ids", array("text", alerts, alert -> Columns.key(alert.id())))
                .addValue("versions", new SqlArrayValue("bytea", (Object[])
                        alerts.stream().map(alert -> alert.version().bytes()).toArray(byte[][]::new)))
                .addValue("now", Columns.timestamp(now));
        alerts.forEach(alert -> fresh.add(tenant, alert));
        database().update(NOT_LEFT_OUT, current);
        database().update(UndecidedVendorAlerts.INSERT, current);
        saveEntities(tenant, entities, before);
    }

    private void saveEntities(TenantId tenant, List<Entities> all, Set<String> before) {
        var forgotten = all.stream()
                .filter(Entities::isEmpty)
                .map(Entities::alert)
                .filter(before::contains)
                .toArray();
        if (forgotten.length > 0) {
            database().update(FORGET_ENTITIES, of(tenant).addValue("ids", new SqlArrayValue("text", forgotten)));
        }
        var named = all.stream().filter(entities -> !entities.isEmpty()).toList();
        if (!named.isEmpty()) {
            database()
                    .update(
                            UPSERT_ENTITIES,
                            of(tenant)
                                    .addValue("alerts", array("text", named, Entities::alert))
                                    .addValue(
                                            "kinds", array("text", named, entities -> Columns.array(entities.kinds())))
                                    .addValue(
                                            "names", array("text", named, entities -> Columns.array(entities.names())))
                                    .addValue(
                                            "roles", array("text", named, entities -> Columns.array(entities.roles())))
                                    .addValue(
                                            "keys", array("text", named, entities -> Columns.array(entities.keys()))));
        }
    }

    /**
     * What a vendor alert names, each once: a row of {@code vendor_alert_entities}, whose lists have the same order.
     *
     * @param roles those of every piece of evidence that names it, as PostgreSQL writes an array
     * @param keys see {@link EntityKey}
     */
    private record Entities(
            String alert, List<String> kinds, List<String> names, List<String> roles, List<String> keys) {

        private record Named(String kind, String name) {}

        static Entities of(TenantId tenant, VendorAlert alert) {
            var roles = new LinkedHashMap<Named, Set<String>>();
            for (var evidence : alert.evidence()) {
                for (var entity : evidence.entities()) {
                    roles.computeIfAbsent(
                                    new Named(kind(entity.kind()), Columns.key(entity.name())),
                                    named -> new LinkedHashSet<>())
                            .addAll(evidence.roles());
                }
            }
            var named = roles.keySet();
            return new Entities(
                    Columns.key(alert.id()),
                    named.stream().map(Named::kind).toList(),
                    named.stream().map(Named::name).toList(),
                    roles.values().stream().map(Columns::array).toList(),
                    named.stream()
                            .map(one -> Long.toString(EntityKey.of(tenant, one.kind(), one.name())))
                            .toList());
        }

        boolean isEmpty() {
            return names.isEmpty();
        }
    }

    private static String kind(EntityKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
