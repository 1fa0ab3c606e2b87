package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of labels and notes by columns, see {@link ReadView}. */
public final class ContextViews {

    private ContextViews() {}

    /** Labels. */
    public static final ReadView LABELS = ReadView.ofOrganizations("""
            select l.id, l.organization_id, l.title, l.reason, l.created_at, l.ends_at, l.updated_at, l.revision,
                   coalesce(l.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(l.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id,
                   (select coalesce(jsonb_object_agg(v.kind, v.listed), '{}')
                    from (select kind, jsonb_agg(value order by value) as listed from context_value
                          where label_id = l.id group by kind) v) as definition
            from context_label l
            where {scope}
            """, "l.organization_id");

    /** Each account, host, address and block of each label. */
    public static final ReadView VALUES = ReadView.ofOrganizations("""
            select v.label_id, v.organization_id, v.kind, v.value, l.title, l.created_at, l.updated_at
            from context_value v
            join context_label l on l.id = v.label_id
            where {scope}
            """, "v.organization_id");

    /** What follows from labels. */
    public static final ReadView ACTIONS = ReadView.ofOrganizations("""
            select a.id, a.label_id, a.organization_id, a.action_type, a.investigation_id, a.rules, a.severities, a.created_at,
                   a.updated_at, l.revision,
                   coalesce(a.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(a.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id
            from context_label_action a
            join context_label l on l.id = a.label_id
            where {scope}
            """, "a.organization_id");

    /** What people want to be known about a name. */
    public static final ReadView NOTES = ReadView.ofOrganizations("""
            select n.id, n.organization_id, n.term, n.note, n.created_at, n.ends_at, n.updated_at, n.revision,
                   coalesce(n.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(n.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id
            from note n
            where {scope}
            """, "n.organization_id");

    private static final String HISTORY = """
            select h.id, h.subject_id, h.organization_id, h.at, h.action, h.actor_name, h.revision, h.value,
                   coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') as actor_id
            from context_history h
            where h.subject = '%s' and {scope}
            """;

    /** What was done to labels. */
    public static final ReadView LABEL_HISTORY =
            ReadView.ofOrganizations(HISTORY.formatted(ContextHistory.Subject.LABEL), "h.organization_id");

    /** What was done to notes. */
    public static final ReadView NOTE_HISTORY =
            ReadView.ofOrganizations(HISTORY.formatted(ContextHistory.Subject.NOTE), "h.organization_id");
}
