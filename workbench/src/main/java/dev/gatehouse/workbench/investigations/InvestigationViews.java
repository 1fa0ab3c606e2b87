package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of investigations by columns, see {@link ReadView}. Texts that say nothing are null. */
public final class InvestigationViews {

    private InvestigationViews() {}

    /** Investigations and incidents. */
    public static final ReadView INVESTIGATIONS = ReadView.ofOrganizations("""
            select i.id, i.organization_id, i.number, i.short_link, i.title, i.lead_alert_id, i.decision,
                   nullif(i.close_comment, '') as close_comment, i.is_incident, i.incident_changed_at, i.is_downgrade,
                   nullif(i.downgrade_reason, '') as downgrade_reason, i.assignee_id,
                   nullif(i.analyst_severity, '') as analyst_severity, i.severity_rank, nullif(i.attack_lifecycle, '') as attack_lifecycle,
                   nullif(i.attack_vector, '') as attack_vector, nullif(i.attack_timing, '') as attack_timing,
                   nullif(i.threat_type, '') as threat_type, nullif(i.detection_type, '') as detection_type,
                   nullif(i.source_reason, '') as source_reason, i.is_surge = 'YES' as is_surge,
                   nullif(i.next_steps, '') as next_steps, nullif(i.open_summary, '') as open_summary,
                   nullif(i.lead_description, '') as lead_description, nullif(i.critical_comment, '') as critical_comment,
                   i.review_requested_at, i.support_requested_at is not null as is_soc_support_required, i.published_at,
                   i.created_at, i.updated_at, i.status_changed_at, i.closed_at, i.alerts, i.revision, i.search,
                   (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                    where h.subject_id = i.id order by h.id limit 1) as created_by_id,
                   (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                    where h.subject_id = i.id order by h.id desc limit 1) as updated_by_id,
                   (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                    where h.subject_id = i.id and h.action in ('CREATED', 'CLOSED', 'REOPENED')
                    order by h.id desc limit 1) as status_changed_by_id
            from investigation i
            where {scope}
            """, "i.organization_id");

    private static ReadView within(String columns, String table) {
        return ReadView.ofOrganizations(
                """
                select e.id, e.organization_id, e.investigation_id, e.created_at, e.updated_at, e.revision, {columns},
                       (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                        where h.subject_id = e.id order by h.id limit 1) as created_by_id,
                       (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                        where h.subject_id = e.id order by h.id desc limit 1) as updated_by_id
                from {table} e
                where e.deleted_at is null and {scope}
                """.replace("{columns}", columns).replace("{table}", table), "e.organization_id");
    }

    /** Questions and answers; those that were deleted are in the history alone. */
    public static final ReadView FINDINGS =
            within("e.rank, e.title, nullif(e.finding, '') as finding", "investigation_finding");

    /** What people said. */
    public static final ReadView COMMENTS = within("e.comment", "investigation_comment");

    /** What people put on the timeline. */
    public static final ReadView TIMELINE = within("""
            e.event_date, e.event, nullif(e.event_type, '') as event_type, nullif(e.source_host, '') as source_host,
            nullif(e.destination_host, '') as destination_host, nullif(e.attack_phase, '') as attack_phase,
            nullif(e.comment, '') as comment, e.is_selected""", "timeline_entry");

    /** What is to be done. */
    public static final ReadView REMEDIATIONS = within("""
            e.action_type, e.status, e.title, nullif(e.detail, '') as detail, nullif(e.comment, '') as comment, e.assignee_id,
            e.completed_at""", "remediation_action");

    /** What remediation is to be done to. */
    public static final ReadView ASSETS = ReadView.ofOrganizations("""
            select s.id, s.organization_id, s.remediation_action_id, s.asset_type, s.value, s.status, s.created_at, s.updated_at
            from remediation_asset s
            where {scope}
            """, "s.organization_id");

    /** Steps of investigations and of alerts. */
    public static final ReadView ACTIONS = ReadView.ofEither("""
            select s.id, coalesce(s.organization_id, t.organization_id) as organization_id, s.investigation_id, s.alert_id,
                   s.action_type, s.status, s.title, nullif(s.reason, '') as reason, nullif(s.instructions, '') as instructions,
                   nullif(s.results, '') as results, s.classification, s.assignee_id, s.activity_authorized,
                   nullif(s.activity_verified_by, '') as activity_verified_by, s.answered_at, nullif(s.query, '') as query,
                   s.parameters, s.result_table, s.result_file_id, s.row_count, nullif(s.sentence, '') as sentence,
                   nullif(s.failure, '') as failure, s.created_at, s.updated_at, s.closed_at, s.revision,
                   (select coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') from investigation_history h
                    where h.subject_id = s.id order by h.id limit 1) as created_by_id
            from investigative_action s
            left join tenant t on t.tenant_id = s.tenant_id
            where {scope}
            """, "s.organization_id", "s.tenant_id");

    /**
     * What happened to investigations, or to what is in them.
     *
     * @param subject to what
     */
    public static ReadView history(Subject subject) {
        return ReadView.ofEither("""
                select h.id, coalesce(h.organization_id, t.organization_id) as organization_id, h.investigation_id, h.alert_id,
                       h.subject_id, h.at, h.action, h.is_incident, h.actor_kind, h.actor_name, h.revision, h.value,
                       coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') as actor_id
                from investigation_history h
                left join tenant t on t.tenant_id = h.tenant_id
                where h.subject = '{subject}' and {scope}
                """.replace("{subject}", subject.name()), "h.organization_id", "h.tenant_id");
    }
}
