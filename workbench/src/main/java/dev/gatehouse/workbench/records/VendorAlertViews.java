package dev.gatehouse.workbench.records;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of vendor alerts by columns, see {@link ReadView}. */
public final class VendorAlertViews {

    private VendorAlertViews() {}

    /**
     * Vendor alerts. {@code severity} and {@code status} are as Microsoft documents them, however it wrote them; what else it
     * wrote is as it wrote it. The device is that of the alert's product, a removed one if need be.
     */
    public static final ReadView ALERTS = ReadView.ofOrganizations("""
            select a.tenant_id, a.tenant_id::text as directory, a.id, a.organization_id, 'microsoft' as vendor_id, a.severity_rank, a.provider_id, a.incident_id, a.title,
                   case a.severity_rank when 4 then 'high' when 3 then 'medium' when 2 then 'low' when 1 then 'informational'
                        else 'unknown' end as severity,
                   case when a.severity_rank = 4 then 'HIGH' when a.severity_rank = 3 then 'MEDIUM' else 'LOW' end
                       as severity_class,
                   case upper(replace(a.status, '_', '')) when 'NEW' then 'new' when 'INPROGRESS' then 'inProgress'
                        when 'RESOLVED' then 'resolved' else a.status end as status,
                   a.severity as microsoft_severity, a.classification, a.determination, a.category, a.service_source,
                   a.detection_source, a.detector_id, a.assigned_to, a.techniques, a.created_at, a.updated_at,
                   a.first_activity, a.last_activity, a.versions, a.first_seen_at, a.last_changed_at,
                   (select s.id from security_device s where s.directory_id = a.tenant_id
                    order by s.kind = any (a.kinds) desc, s.deleted_at desc nulls first, array_position(a.kinds, s.kind),
                             s.created_at limit 1) as device_id,
                   (select s.name from security_device s where s.directory_id = a.tenant_id
                    order by s.kind = any (a.kinds) desc, s.deleted_at desc nulls first, array_position(a.kinds, s.kind),
                             s.created_at limit 1) as device_name
            from vendor_alert a
            where {scope}
            """, "a.organization_id");

    /** That a text is found in a row of {@link #ALERTS}; see {@code Search#condition} for its places. */
    public static final String HAS_TEXT = """
            {r}.title ilike {pattern} or {r}.id = {text} or lower({r}.detector_id) = lower({text})
            -- Not "exists", for which all names of an organization might be read. All names of one at once: one by one they take
            -- five times as long.
            or (select true from vendor_alert_entities e
                where e.tenant_id = {r}.tenant_id and e.alert_id = {r}.id
                  and lower(array_to_string(e.names, E'\n')) like lower({pattern}) limit 1)
            """;

    /** The keys of rows of {@link #ALERTS} that have a text; see {@code Search#index} for its places. */
    public static final String HAVING_TEXT =
            "select f.tenant_id, f.id from vendor_alerts_like({pattern}, {text}, {most}) f";

    /** Which devices show which vendor alerts: of one directory, several may. */
    public static final ReadView SHOWN_BY = ReadView.ofOrganizations("""
            select a.tenant_id, a.id as vendor_alert_id, s.id as device_id
            from vendor_alert a join security_device s on s.directory_id = a.tenant_id and s.kind = any (a.kinds)
            where {scope}
            """, "a.organization_id");

    /** What vendor alerts name, by the role in which they name it. */
    public static final ReadView EVIDENCE = ReadView.ofTenants("""
            select e.tenant_id, e.alert_id, t.organization_id, e.kind, e.name, e.roles,
                   case e.kind
                       when 'account' then case when e.roles && '{attacker,source,compromised}'::text[] then 'SRC_USERNAME'
                                                when e.roles && '{attacked,destination}'::text[] then 'DST_USERNAME'
                                                else 'USERNAME' end
                       when 'sid' then 'USERNAME'
                       when 'group' then 'USERNAME'
                       when 'host' then 'HOSTNAME'
                       when 'ip_address' then case when e.roles && '{attacked,destination}'::text[] then 'DST_IP'
                                                   else 'SRC_IP' end
                       when 'domain' then 'DOMAIN'
                       when 'application' then 'VENDOR_NAME'
                       when 'file' then 'FILE_PATH'
                       when 'hash' then 'FILE_HASH'
                       when 'process' then 'PROCESS_PATH'
                       when 'url' then 'URL' end as evidence_type
            from vendor_alert_entity e
            left join tenant t on t.tenant_id = e.tenant_id
            where {scope}
            """, "e.tenant_id");

    /** Addresses that vendor alerts name or have named, each once by its directory. */
    public static final ReadView ADDRESSES = ReadView.ofTenants("""
            select n.tenant_id, n.name, t.organization_id
            from entity_name n
            left join tenant t on t.tenant_id = n.tenant_id
            where n.kind = 'ip_address' and {scope}
            """, "n.tenant_id");

    /** Which addresses vendor alerts name: for whoever has vendor alerts. */
    public static final ReadView ADDRESSES_OF_VENDOR_ALERTS = ReadView.ofTenants("""
            select e.tenant_id, e.alert_id as vendor_alert_id, e.name
            from vendor_alert_entity e
            where e.kind = 'ip_address' and {scope}
            """, "e.tenant_id");

    /** The same for whoever has addresses: PostgreSQL does not find names within a vendor alert by itself. */
    public static final ReadView VENDOR_ALERTS_OF_ADDRESSES = ReadView.ofTenants("""
            select n.tenant_id, v.alert_id as vendor_alert_id, n.name
            from entity_name n
            cross join lateral vendor_alerts_naming(n.tenant_id, n.kind, n.name, null) v
            where n.kind = 'ip_address' and {scope}
            """, "n.tenant_id");
}
