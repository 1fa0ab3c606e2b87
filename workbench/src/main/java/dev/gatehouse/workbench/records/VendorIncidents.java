package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.model.VendorIncidentStatus;
import dev.gatehouse.model.Verbatim;
import dev.gatehouse.workbench.devices.TenantDevice;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds incidents for lists and opens them. */
@Component
public class VendorIncidents {

    private final JdbcClient database;
    private final VendorAlerts alerts;
    private final Reread reread;
    private final Originals originals;

    VendorIncidents(JdbcClient database, VendorAlerts alerts, Reread reread) {
        this.database = database;
        this.alerts = alerts;
        this.reread = reread;
        this.originals = new Originals(database, "vendor_incident");
    }

    private static final String SELECT = """
            select i.*, d.id as device_id, d.name as device_name,
                   case when i.redirect_id <> '' then vendor_incident_survivor(i.tenant_id, i.id) end as survivor_id,
                   (select count(*) from vendor_incident_members(i.tenant_id, i.id) m (id)
                    join vendor_alert a on a.tenant_id = i.tenant_id and a.incident_id = m.id) as alerts
            from {incidents} i
            """ + TenantDevice.join("i.tenant_id");

    // Of an incident whose alerts are not here, nobody can say that it is none of a device's. Severity and status are
    // as
    // Microsoft wrote them, which is inProgress in one place and IN_PROGRESS in another.
    private static final String FITS = """
            from vendor_incident i
            where {scope} and (:merged or i.redirect_id = '')
            and (:device::uuid is null or (
                i.tenant_id = (select directory_id from security_device where id = :device::uuid)
                and (exists (select from vendor_alert a
                             where a.tenant_id = i.tenant_id and a.incident_id = i.id
                               and (select kind from security_device where id = :device::uuid) = any (a.kinds))
                     or not exists (select from vendor_alert a where a.tenant_id = i.tenant_id and a.incident_id = i.id))))
            and (:severity::text is null or upper(i.severity) = :severity)
            and (:status::text is null or upper(replace(i.status, '_', '')) = :status)
            and (:since::timestamptz is null or i.created_at >= :since::timestamptz)
            and (:text = '' or i.id = :text or i.display_name ilike :pattern)
            """;

    /**
     * Lists vendor incidents. What lists show of other tables is looked up for the rows of the page alone.
     *
     * @param offset how many to skip
     * @param limit how many to give at most
     */
    public Slice<VendorIncidentRow> list(
            Scope scope, VendorIncidentFilter filter, VendorIncidentOrder order, int offset, int limit) {
        var page = "(select i.* " + FITS + " order by " + order.sql() + " limit :limit offset :offset)";
        var rows = fitting(scope, filter, SELECT.replace("{incidents}", page) + " order by " + order.sql())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> row(row))
                .list();
        var total = fitting(scope, filter, "select count(*) " + FITS)
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    private JdbcClient.StatementSpec fitting(Scope scope, VendorIncidentFilter filter, String sql) {
        return scope.tenants(database, sql, "i.tenant_id")
                .param("device", filter.device().orElse(null))
                .param("merged", filter.isWithMerged())
                .param("severity", filter.severity().map(Severity::name).orElse(null))
                .param(
                        "status",
                        filter.status()
                                .map(status -> status.name().replace("_", ""))
                                .orElse(null))
                .param("since", filter.since().map(Columns::timestamp).orElse(null))
                .param("text", Columns.text(filter.text()))
                .param("pattern", Conditions.containing(filter.text()));
    }

    private static final String ONE = "where i.tenant_id = :tenant and i.id = :id and {scope}";

    /** What lists show of an incident; empty when it was not read yet. */
    public Optional<VendorIncidentRow> row(Scope scope, TenantId tenant, String id) {
        return scope.tenants(database, SELECT.replace("{incidents}", "vendor_incident") + ONE, "i.tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) -> row(row))
                .optional();
    }

    /** Opens an incident. */
    public Optional<VendorIncidentDetail> find(Scope scope, TenantId tenant, String id) {
        return row(scope, tenant, id).map(row -> open(scope, row));
    }

    private VendorIncidentDetail open(Scope scope, VendorIncidentRow row) {
        var versions = originals.versions(scope, row.tenant(), row.id());
        return new VendorIncidentDetail(
                row,
                current(scope, row.tenant(), row.id()),
                mergedInto(scope, row.tenant(), row.id()),
                alerts.ofIncident(scope, row.tenant(), row.id()),
                versions);
    }

    private VendorIncident current(Scope scope, TenantId tenant, String id) {
        var current = originals.versions(scope, tenant, id).stream()
                .filter(Version::isCurrent)
                .findFirst()
                .orElseThrow();
        var original = originals.find(scope, tenant, id, current.hash()).orElseThrow();
        return (VendorIncident) reread.read(tenant, Feed.INCIDENTS, original);
    }

    private static final String MERGED_INTO = """
            select i.id from vendor_incident i
            where i.tenant_id = :tenant and i.id <> :id and i.id in (select vendor_incident_members(:tenant, :id))
            order by i.created_at, i.id limit 100
            """;

    private List<VendorIncident> mergedInto(Scope scope, TenantId tenant, String id) {
        return database
                .sql(MERGED_INTO)
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) -> row.getString("id"))
                .list()
                .stream()
                .map(merged -> current(scope, tenant, merged))
                .toList();
    }

    /** The text of one version of an incident, as it was received. */
    public Optional<Original> original(Scope scope, TenantId tenant, String id, ContentHash version) {
        return originals.find(scope, tenant, id, version);
    }

    private static final String MISSING_SURVIVORS = """
            select distinct i.redirect_id from vendor_incident i
            where i.tenant_id = :tenant and i.redirect_id <> ''
              and not exists (select from vendor_incident s where s.tenant_id = i.tenant_id and s.id = i.redirect_id)
            order by i.redirect_id
            """;

    /** The incidents of a tenant that others were merged into and that are not here. */
    public List<String> missingSurvivors(TenantId tenant) {
        return database.sql(MISSING_SURVIVORS)
                .param("tenant", tenant.value())
                .query((row, number) -> row.getString("redirect_id"))
                .list();
    }

    private static VendorIncidentRow row(ResultSet row) throws SQLException {
        return new VendorIncidentRow(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Optional.ofNullable(row.getObject("device_id", UUID.class)),
                Optional.ofNullable(row.getString("device_name")).orElse(""),
                row.getString("id"),
                row.getString("display_name"),
                Verbatim.of(Severity.class, row.getString("severity")),
                Verbatim.of(VendorIncidentStatus.class, row.getString("status")),
                row.getString("redirect_id"),
                Optional.ofNullable(row.getString("survivor_id")).orElse(""),
                row.getString("assigned_to"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getInt("alerts"));
    }
}
