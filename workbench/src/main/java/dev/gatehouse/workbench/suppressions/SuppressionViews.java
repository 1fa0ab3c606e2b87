package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of suppressions by columns, see {@link ReadView}. */
public final class SuppressionViews {

    private SuppressionViews() {}

    /** What was done to suppressions. */
    public static final ReadView HISTORY = ReadView.ofOrganizationsOrEverybody("""
            select h.id, h.suppression_id, h.organization_id, h.at, h.action, h.actor_name, h.revision, h.value,
                   coalesce(h.actor_id, '00000000-0000-0000-0000-000000000000') as actor_id
            from suppression_history h
            where {scope}
            """, "h.organization_id");
}
