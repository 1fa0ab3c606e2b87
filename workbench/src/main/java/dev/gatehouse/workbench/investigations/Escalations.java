package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many investigations the alerts of a range of time are in. */
@Component
public class Escalations {

    private final JdbcClient database;

    Escalations(JdbcClient database) {
        this.database = database;
    }

    /**
     * What alerts led to. An investigation with several of them is counted once.
     *
     * @param investigations in which they are, incidents included
     * @param incidents how many of these are incidents now
     */
    public record Escalated(long investigations, long incidents) {

        /** Nothing. */
        public static final Escalated NOTHING = new Escalated(0, 0);
    }

    private static final String TOTAL = """
            select count(*) as investigations, count(*) filter (where i.is_incident) as incidents
            from investigation i
            where i.id in (select a.investigation_id from alert a
                           where a.investigation_id is not null and a.created_at >= :from and a.created_at < :to and {scope})
            """;

    /**
     * Of all that may be seen.
     *
     * @param from alerts that were made then or later
     * @param to and before
     */
    public Escalated total(Scope scope, Instant from, Instant to) {
        return scope.tenants(database, TOTAL, "a.tenant_id")
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query((row, number) -> new Escalated(row.getLong("investigations"), row.getLong("incidents")))
                .single();
    }

    private static final String OF_TENANTS = """
            select a.tenant_id, count(*) as investigations, count(*) filter (where i.is_incident) as incidents
            from (select distinct a.tenant_id, a.investigation_id from alert a
                  where a.investigation_id is not null and a.created_at >= :from and a.created_at < :to
                    and a.tenant_id = any (:tenants) and {scope}) a
            join investigation i on i.id = a.investigation_id
            group by a.tenant_id
            """;

    /** Of some directories; those whose alerts led to none are left out. */
    public Map<TenantId, Escalated> of(Scope scope, Collection<TenantId> tenants, Instant from, Instant to) {
        var escalated = new HashMap<TenantId, Escalated>();
        scope.tenants(database, OF_TENANTS, "a.tenant_id")
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query(row -> {
                    escalated.put(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            new Escalated(row.getLong("investigations"), row.getLong("incidents")));
                });
        return escalated;
    }
}
