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
}
