package dev.gatehouse.workbench.records;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Incidents. Which alerts belong to one, the alerts say. */
final class VendorIncidentTable extends VersionedTable<VendorIncident> {

    private static final String UPSERT = """
            insert into vendor_incident (tenant_id, id, display_name, severity, severity_rank, status, classification,
                                  determination, redirect_id, assigned_to, created_at, updated_at,
                                  version, versions, first_seen_at, last_changed_at)
            values (:tenant, :id, :name, :severity, :rank, :status, :classification,
                    :determination, :redirect, :assigned, :created, :updated,
                    :version, :versions, :now, :now)
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
            """;

    VendorIncidentTable(NamedParameterJdbcTemplate database) {
        super(database, "vendor_incident", UPSERT);
    }

    @Override
    MapSqlParameterSource columns(VendorIncident incident) {
        return new MapSqlParameterSource()
                .addValue("name", Columns.text(incident.displayName()))
                .addValue("severity", Columns.text(incident.severity().written()))
                .addValue("rank", Rank.of(incident.severity()))
                .addValue("status", Columns.text(incident.status().written()))
                .addValue(
                        "classification", Columns.text(incident.classification().written()))
                .addValue("determination", Columns.text(incident.determination()))
                .addValue("redirect", Columns.key(incident.redirectIncidentId()))
                .addValue("assigned", Columns.text(incident.assignedTo()))
                .addValue("created", Columns.timestamp(incident.created()))
                .addValue("updated", Columns.timestamp(incident.updated()));
    }

    @Override
    void becameCurrent(TenantId tenant, List<VendorIncident> incidents, Instant now) {
        // Nothing hangs on the current incident.
    }
}
