package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of notifications by columns, see {@link ReadView}. No secret is among it, and nobody's own rules. */
public final class NotificationViews {

    private NotificationViews() {}

    /** What notifications can be brought to. */
    public static final ReadView INTEGRATIONS = ReadView.ofOrganizations("""
            select i.id, i.organization_id, i.integration_type, i.name, i.status, i.tested_at, nullif(i.test_result, '') as test_result,
                   jsonb_strip_nulls(jsonb_build_object('url', nullif(i.url, ''), 'auth_type', i.auth_type,
                                                        'username', nullif(i.username, ''))) as meta,
                   i.created_at, i.updated_at, i.revision,
                   coalesce(i.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(i.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id
            from integration i
            where {scope}
            """, "i.organization_id");

    /** The rules of organizations. */
    public static final ReadView RULES = ReadView.ofOrganizations("""
            select r.id, r.organization_id, r.name, r.events, r.condition_operator, r.conditionals, r.destinations, r.is_enabled,
                   r.created_at, r.updated_at, r.revision,
                   coalesce(r.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(r.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id
            from notification_rule r
            where r.account_id is null and {scope}
            """, "r.organization_id");

    /** What happened and was told to somebody, with what became of it where a rule of the scope wanted it. */
    public static final ReadView EVENTS = ReadView.ofOrganizations("""
            select e.id, e.organization_id, e.event_name, e.at, e.subject_id, e.summary, e.data::jsonb as data,
                   (select coalesce(jsonb_agg(jsonb_build_object(
                               'guid', d.id, 'rule', d.rule_name, 'destination', d.destination, 'status', d.status,
                               'attempts', d.log) order by d.created_at, d.id), '[]')
                    from notification_delivery d
                    left join notification_rule r on r.id = d.rule_id
                    where d.event_id = e.id and r.account_id is null and d.destination not like 'account:%') as deliveries
            from notification_event e
            where {scope}
            """, "e.organization_id");

    private static final String HISTORY = """
            select h.id, h.subject_id, h.organization_id, h.at, h.action, h.actor_name, h.revision, h.value,
                   coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') as actor_id
            from notification_history h
            where h.subject = '%s' and {scope}
            """;

    /** What was done to integrations. */
    public static final ReadView INTEGRATION_HISTORY =
            ReadView.ofOrganizations(HISTORY.formatted(NotificationHistory.Subject.INTEGRATION), "h.organization_id");

    /** What was done to the rules of organizations. */
    public static final ReadView RULE_HISTORY =
            ReadView.ofOrganizations(HISTORY.formatted(NotificationHistory.Subject.RULE), "h.organization_id");
}
