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
import dev.gatehouse.workbench.platform.database.NearSearch;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds incidents for lists and opens them. */
@Component
public class VendorIncidents {

    /** What is counted for the list; more than that is "more than". */
    public static final int COUNTED = 10_000;

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
    // as Microsoft wrote them, which is inProgress in one place and IN_PROGRESS in another.
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
            """;

    /** Among as many a text is looked for, before the index of all texts is asked. */
    private static final int LOOKED_AT = 3_000;

    private static final String SEARCH_NEAR = """
            with near as materialized (select i.* {fits} order by {order} limit :looked),
                 found as (select i.tenant_id, i.id, row_number() over (order by {order}) as place from near i
                           where i.id = :text or i.display_name ilike :pattern)
            """ + NearSearch.ENDING;

    private static final String SEARCH_ALL = """
            select i.tenant_id, i.id {fits}
            and (i.tenant_id, i.id) in (select f.tenant_id, f.id from vendor_incidents_like(:pattern, :text) f)
            order by {order} limit :limit offset :offset
            """;

    private static final String OF_KEYS = """
            (select i.* from vendor_incident i
             where (i.tenant_id, i.id) in (select k.tenant_id, k.id
                                           from unnest(:tenants::uuid[], :ids::text[]) as k (tenant_id, id)))
            """;

    /** What a vendor incident is known by. */
    private record Key(UUID tenant, String id) {

        static Key of(ResultSet row) throws SQLException {
            return new Key(row.getObject("tenant_id", UUID.class), row.getString("id"));
        }
    }

    private List<Key> search(
            Scope scope, VendorIncidentFilter filter, VendorIncidentOrder order, int offset, int limit) {
        var near = fitting(scope, filter, SEARCH_NEAR.replace("{fits}", FITS).replace("{order}", order.sql()));
        return new NearSearch(LOOKED_AT, offset, limit).find(near, (row, number) -> Key.of(row), () -> fitting(
                        scope, filter, SEARCH_ALL.replace("{fits}", FITS).replace("{order}", order.sql()))
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> Key.of(row))
                .list());
    }

    private Slice<VendorIncidentRow> found(
            Scope scope, VendorIncidentFilter filter, VendorIncidentOrder order, int offset, int limit) {
        var keys = search(scope, filter, order, offset, limit + 1);
        var shown = keys.subList(0, Math.min(limit, keys.size()));
        var rows = database.sql(SELECT.replace("{incidents}", OF_KEYS) + " order by " + order.sql())
                .param("tenants", shown.stream().map(Key::tenant).toArray(UUID[]::new))
                .param("ids", shown.stream().map(Key::id).toArray(String[]::new))
                .query((row, number) -> row(row))
                .list();
        var read = offset + (long) rows.size();
        return keys.size() > limit
                ? new Slice<>(rows, offset, read + 1, false)
                : new Slice<>(rows, offset, keys.isEmpty() ? 0 : read);
    }

    /**
     * Lists vendor incidents. What lists show of other tables is looked up for the rows of the page alone.
     *
     * @param offset how many to skip
     * @param limit how many to give at most
     */
    public Slice<VendorIncidentRow> list(
            Scope scope, VendorIncidentFilter filter, VendorIncidentOrder order, int offset, int limit) {
        if (!filter.text().isEmpty()) {
            return found(scope, filter, order, offset, limit);
        }
        var page = "(select i.* " + FITS + " order by " + order.sql() + " limit :limit offset :offset)";
        var rows = fitting(scope, filter, SELECT.replace("{incidents}", page) + " order by " + order.sql())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> row(row))
                .list();
        var total = fitting(scope, filter, "select count(*) from (select " + FITS + " limit " + (COUNTED + 1) + ") c")
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, Math.max(total, offset + (long) rows.size()), total <= COUNTED);
    }

    private JdbcClient.StatementSpec fitting(Scope scope, VendorIncidentFilter filter, String sql) {
        return scope.organizations(database, sql, "i.organization_id")
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
                .param("pattern", Columns.containing(filter.text()));
    }

    private static final String NUMBERED = """
            (select i.* from vendor_incident i where i.id = :id and {scope} order by i.updated_at desc limit :limit)
            """;

    /** The vendor incidents that have a number, one in each directory at most; the one that changed last first. */
    public List<VendorIncidentRow> numbered(Scope scope, String id, int limit) {
        return scope.tenants(
                        database,
                        SELECT.replace("{incidents}", NUMBERED) + " order by i.updated_at desc, i.tenant_id",
                        "i.tenant_id")
                .param("id", Columns.key(id))
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
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
        return row(scope, tenant, id).flatMap(row -> open(scope, row));
    }

    private Optional<VendorIncidentDetail> open(Scope scope, VendorIncidentRow row) {
        var versions = originals.versions(scope, row.tenant(), row.id());
        return current(scope, row.tenant(), row.id())
                .map(current -> new VendorIncidentDetail(
                        row,
                        current,
                        mergedInto(scope, row.tenant(), row.id()),
                        alerts.ofIncident(scope, row.tenant(), row.id()),
                        versions));
    }

    /** Empty when it has been removed since its row was read. */
    private Optional<VendorIncident> current(Scope scope, TenantId tenant, String id) {
        return originals.versions(scope, tenant, id).stream()
                .filter(Version::isCurrent)
                .findFirst()
                .flatMap(current -> originals.find(scope, tenant, id, current.hash()))
                .map(original -> (VendorIncident) reread.read(tenant, Feed.INCIDENTS, original));
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
                .flatMap(merged -> current(scope, tenant, merged).stream())
                .toList();
    }

    /** The text of one version of an incident, as it was received. */
    public Optional<Original> original(Scope scope, TenantId tenant, String id, ContentHash version) {
        return originals.find(scope, tenant, id, version);
    }

    /** Of an incident {@code i}: that it was merged into one that is not here. */
    private static final String LACKS_SURVIVOR = """
            i.redirect_id <> ''
              and not exists (select from vendor_incident s where s.tenant_id = i.tenant_id and s.id = i.redirect_id)
            """;

    private static final String MISSING_SURVIVORS = """
            select distinct i.redirect_id from vendor_incident i where i.tenant_id = :tenant and
            """ + LACKS_SURVIVOR + """
            order by i.redirect_id
            """;

    /** The incidents of a tenant that others were merged into and that are not here. */
    public List<String> missingSurvivors(TenantId tenant) {
        return database.sql(MISSING_SURVIVORS)
                .param("tenant", tenant.value())
                .query((row, number) -> row.getString("redirect_id"))
                .list();
    }

    private static final String WITHOUT_SURVIVOR = """
            select distinct i.tenant_id from vendor_incident i where i.tenant_id = any (:tenants) and
            """ + LACKS_SURVIVOR;

    /** Those of some tenants of which one {@linkplain #missingSurvivors is missing}. */
    public Set<TenantId> withMissingSurvivors(Collection<TenantId> tenants) {
        return database.sql(WITHOUT_SURVIVOR)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .set();
    }

    private static final String FAMILIES = """
            with mine as (
                select distinct a.incident_id as id from vendor_alert a
                where a.tenant_id = :tenant and a.id = any (:ids) and a.incident_id <> '' and {scope}
                limit 50
            ), root as (
                select m.id as mine,
                       coalesce(case when i.redirect_id <> '' then vendor_incident_survivor(:tenant, m.id) end, m.id) as id
                from mine m left join vendor_incident i on i.tenant_id = :tenant and i.id = m.id
            )
            select r.id, coalesce(max(i.display_name), '') as display_name, array_agg(distinct r.mine) as mine,
                   array(select m.id from vendor_incident_members(:tenant, r.id) m (id) limit 200) as members
            from root r left join vendor_incident i on i.tenant_id = :tenant and i.id = r.id
            group by r.id order by r.id
            """;

    private static final String OF_MEMBERS = """
            select a.id, a.incident_id from vendor_alert a
            where a.tenant_id = :tenant and a.incident_id = any (:members) and {scope}
            limit 5000
            """;

    /**
     * A vendor incident with those that were merged into it.
     *
     * @param tenant the directory
     * @param id of the one that is left after all mergers
     * @param displayName of that one; empty when it is not here yet
     * @param mine which of them hold the vendor alerts that were asked about
     * @param vendorAlerts all that they hold, up to five thousand, with the vendor incident that each was in
     */
    public record Family(
            TenantId tenant, String id, String displayName, List<String> mine, Map<String, String> vendorAlerts) {

        public Family {
            mine = List.copyOf(mine);
            vendorAlerts = Map.copyOf(vendorAlerts);
        }
    }

    /** The vendor incidents that vendor alerts of one directory are in, whatever was merged into what. */
    public List<Family> families(Scope scope, TenantId tenant, Collection<String> vendorAlerts) {
        var members = new HashMap<String, String>();
        var families = scope.tenants(database, FAMILIES, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("ids", vendorAlerts.stream().map(Columns::key).toArray(String[]::new))
                .query((row, number) -> {
                    var id = row.getString("id");
                    members.put(id, id);
                    Columns.texts(row, "members").forEach(member -> members.put(member, id));
                    Columns.texts(row, "mine").forEach(member -> members.put(member, id));
                    return new Family(tenant, id, row.getString("display_name"), Columns.texts(row, "mine"), Map.of());
                })
                .list();
        if (families.isEmpty()) {
            return families;
        }
        var held = new HashMap<String, Map<String, String>>();
        scope.tenants(database, OF_MEMBERS, "a.tenant_id")
                .param("tenant", tenant.value())
                .param("members", members.keySet().toArray(String[]::new))
                .query(row -> {
                    var incident = row.getString("incident_id");
                    held.computeIfAbsent(members.getOrDefault(incident, incident), id -> new HashMap<>())
                            .put(row.getString("id"), incident);
                });
        return families.stream()
                .map(family -> new Family(
                        tenant,
                        family.id(),
                        family.displayName(),
                        family.mine(),
                        held.getOrDefault(family.id(), Map.of())))
                .toList();
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
