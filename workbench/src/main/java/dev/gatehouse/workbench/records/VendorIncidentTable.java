package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Incidents. Which alerts belong to one, the alerts say. */
final class VendorIncidentTable extends VersionedTable<VendorIncident> {

    private static final String UPSERT = """
            insert into vendor_incident (tenant_id, id, display_name, severity, severity_rank, status, classification,
                                  determination, redirect_id, assigned_to, created_at, updated_at,
                                  version, versions, first_seen_at, last_changed_at, organization_id)
            select :tenant, id, display_name, severity, severity_rank, status, classification,
                   determination, redirect_id, assigned_to, created_at, updated_at,
                   decode(version, 'hex'), versions, :now, :now, {organization}
            from json_to_recordset(:rows::json) as r (id text, display_name text, severity text, severity_rank smallint,
                 status text, classification text, determination text, redirect_id text, assigned_to text,
                 created_at timestamptz, updated_at timestamptz, version text, versions integer)
            on conflict (tenant_id, id) do update set
                display_name    = excluded.display_name,
                severity        = excluded.severity,
                severity_rank   = excluded.severity_rank,
                status          = excluded.status,
                classification  = excluded.classification,
                determination   = excluded.determination,
                redirect_id     = excluded.redirect_id,
                assigned_to     = excluded.assigned_to,
                created_at      = excluded.created_at,
                updated_at      = excluded.updated_at,
                version         = excluded.version,
                versions        = vendor_incident.versions + excluded.versions,
                last_changed_at = greatest(vendor_incident.last_changed_at, excluded.last_changed_at)
            where vendor_incident.updated_at <= excluded.updated_at
            returning id
            """.replace("{organization}", Organizations.idOf(":tenant"));

    VendorIncidentTable(NamedParameterJdbcTemplate database, Reread reread) {
        super(database, "vendor_incident", UPSERT, VendorIncident.class, Feed.INCIDENTS, reread);
    }

    @Override
    ObjectNode columns(VendorIncident incident) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("display_name", Columns.text(incident.displayName()))
                .put("severity", Columns.text(incident.severity().written()))
                .put("severity_rank", Rank.of(incident.severity()))
                .put("status", Columns.text(incident.status().written()))
                .put("classification", Columns.text(incident.classification().written()))
                .put("determination", Columns.text(incident.determination()))
                .put("redirect_id", Columns.key(incident.redirectIncidentId()))
                .put("assigned_to", Columns.text(incident.assignedTo()))
                .put("created_at", Columns.timestamp(incident.created()).toString())
                .put("updated_at", Columns.timestamp(incident.updated()).toString());
    }

    @Override
    void becameCurrent(TenantId tenant, List<VendorIncident> incidents, Set<String> before, Instant now) {
        // Nothing hangs on the current incident.
    }
}
