package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of alerts by columns, see {@link ReadView}. */
public final class AlertViews {

    private AlertViews() {}

    /** Alerts. */
    public static final ReadView ALERTS = ReadView.ofOrganizations("""
            select a.id, a.organization_id, 'microsoft' as vendor_id, a.rule_id, a.rule_version, a.name, a.severity, a.severity_rank, a.severity_reason, a.status,
                   a.close_reason, nullif(a.close_comment, '') as close_comment, a.assignee_id, a.investigation_id,
                   a.suppression_id, a.tactics, a.techniques, a.first_activity, a.last_activity, a.vendor_alerts, a.created_at,
                   a.updated_at, a.status_changed_at, a.first_assigned_at, a.first_worked_at, a.first_closed_at, a.closed_at,
                   a.revision,
                   (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from alert_history h
                    where h.alert_id = a.id and h.action = 'STATUS_CHANGED' order by h.id desc limit 1) as status_changed_by
            from alert a
            where {scope}
            """, "a.organization_id");

    /** What happened to alerts. */
    public static final ReadView HISTORY = ReadView.ofTenants("""
            select h.id, h.alert_id, t.organization_id, h.at, h.action, h.actor_kind, h.actor_name, h.revision, h.value,
                   coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') as actor_id, a.investigation_id, a.assignee_id
            from alert_history h
            left join alert a on a.id = h.alert_id
            left join tenant t on t.tenant_id = h.tenant_id
            where {scope}
            """, "h.tenant_id");

    /** Which vendor alerts are in which alerts. */
    public static final ReadView VENDOR_ALERTS = ReadView.ofTenants("""
            select m.alert_id, m.tenant_id, m.vendor_alert_id from alert_vendor_alert m where {scope}
            """, "m.tenant_id");

    /**
     * Alerts of the same directory that share accounts, hosts or addresses, those that share most first, with the names. However
     * often a name stands in a directory, as many alerts are looked at.
     *
     * @param id of the alert, in SQL
     * @param tenant its directory, in SQL
     * @param limit in SQL
     */
    static String sharing(String id, String tenant, String limit) {
        return """
                with mine as (
                    select distinct e.kind, e.name from alert_vendor_alert m
                    join vendor_alert_entity e on e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id
                    where m.alert_id = {id} and e.kind in ('account', 'host', 'ip_address')
                    limit 20
                ), near as (
                    select o.alert_id, mine.name
                    from mine
                    cross join lateral (
                        select f.alert_id from alerts_naming({tenant}, mine.kind, mine.name, {id}, 200) f
                    ) o
                )
                select alert_id, array_agg(distinct name order by name) as shared
                from near group by alert_id order by count(distinct name) desc limit {limit}
                """.replace("{id}", id).replace("{tenant}", tenant).replace("{limit}", limit);
    }

    /** Which alerts are like others, as the page of an alert shows them: at most {@link Alerts#MOST_SIMILAR} of each. */
    public static final ReadView SIMILAR = ReadView.ofOrganizations(
            """
            select a.id as alert_id, s.alert_id as similar_id
            from alert a
            cross join lateral (%s) s
            where {scope}
            """.formatted(sharing("a.id", "a.tenant_id", Integer.toString(Alerts.MOST_SIMILAR))), "a.organization_id");

    /** Which suppressions have closed which alerts. */
    public static final ReadView SUPPRESSED = ReadView.ofOrganizations("""
            select a.id as alert_id, a.suppression_id from alert a where a.suppression_id is not null and {scope}
            """, "a.organization_id");

    private static final String ADDRESSES = """
            select m.alert_id, e.tenant_id, e.name
            from alert_vendor_alert m
            join vendor_alert_entity e on e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id
            where e.kind = 'ip_address' and %s e.roles && '{attacked,destination}'::text[] and {scope}
            """;

    // For whoever has addresses: PostgreSQL does not find names within a vendor alert by itself.
    private static final String ALERTS_OF_ADDRESSES = """
            select m.alert_id, n.tenant_id, n.name
            from entity_name n
            cross join lateral vendor_alerts_naming(n.tenant_id, n.kind, n.name, null) v
            join alert_vendor_alert m on m.tenant_id = n.tenant_id and m.vendor_alert_id = v.alert_id
            where n.kind = 'ip_address' and %s v.roles && '{attacked,destination}'::text[] and {scope}
            """;

    /** From which addresses the activity of alerts came: for whoever has alerts. */
    public static final ReadView SOURCE_ADDRESSES = ReadView.ofTenants(ADDRESSES.formatted("not"), "m.tenant_id");

    /** The same for whoever has addresses. */
    public static final ReadView ALERTS_BY_SOURCE =
            ReadView.ofTenants(ALERTS_OF_ADDRESSES.formatted("not"), "n.tenant_id");

    /** To which addresses the activity of alerts went: for whoever has alerts. */
    public static final ReadView DESTINATION_ADDRESSES = ReadView.ofTenants(ADDRESSES.formatted(""), "m.tenant_id");

    /** The same for whoever has addresses. */
    public static final ReadView ALERTS_BY_DESTINATION =
            ReadView.ofTenants(ALERTS_OF_ADDRESSES.formatted(""), "n.tenant_id");

    /** Which addresses the alerts of investigations name: for whoever has investigations. */
    public static final ReadView ADDRESSES_OF_INVESTIGATIONS = ReadView.ofOrganizations("""
            select distinct a.investigation_id, e.tenant_id, e.name
            from alert a
            join alert_vendor_alert m on m.alert_id = a.id
            join vendor_alert_entity e on e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id
            where a.investigation_id is not null and e.kind = 'ip_address' and {scope}
            """, "a.organization_id");

    /** The same for whoever has addresses. */
    public static final ReadView INVESTIGATIONS_OF_ADDRESSES = ReadView.ofOrganizations("""
            select i.investigation_id, n.tenant_id, n.name
            from entity_name n
            cross join lateral (
                select distinct a.investigation_id
                from vendor_alerts_naming(n.tenant_id, n.kind, n.name, null) v
                join alert_vendor_alert m on m.tenant_id = n.tenant_id and m.vendor_alert_id = v.alert_id
                join alert a on a.id = m.alert_id
                where a.investigation_id is not null and {scope}
            ) i
            where n.kind = 'ip_address'
            """, "a.organization_id");

    /** Which labels the accounts, hosts and addresses of alerts have, as they stand now. */
    public static final ReadView LABELLED = ReadView.ofOrganizations("""
            select a.id as alert_id, l.label_id
            from alert a cross join lateral labels_of_alert(a.id, a.organization_id) l (label_id)
            where {scope}
            """, "a.organization_id");
}
