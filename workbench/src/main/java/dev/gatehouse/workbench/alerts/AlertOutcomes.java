package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.database.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How other alerts of a rule ended. */
@Component
public class AlertOutcomes {

    private final JdbcClient database;

    AlertOutcomes(JdbcClient database) {
        this.database = database;
    }

    /**
     * Alerts that have in common what is told of them.
     *
     * @param organization whose they are; empty when nobody has named that yet
     * @param investigation that they are in; empty when they are in none
     * @param isClosed whether they are closed
     * @param alerts how many they are
     */
    public record Outcome(Optional<UUID> organization, Optional<UUID> investigation, boolean isClosed, long alerts) {}

    private static final String OF = """
            select t.organization_id, e.investigation_id, e.status = 'CLOSED' as closed, count(*) as alerts
            from (select a.tenant_id, a.investigation_id, a.status from alert a
                  where a.rule_id = :rule and a.id <> :id and {scope}
                  order by a.created_at desc limit 10000) e
            left join tenant t on t.tenant_id = e.tenant_id
            group by 1, 2, 3
            """;

    /** What became of the newest ten thousand alerts of a rule, apart from one. */
    public List<Outcome> of(Scope scope, String ruleId, UUID except) {
        return scope.tenants(database, OF, "a.tenant_id")
                .param("rule", ruleId)
                .param("id", except)
                .query((row, number) -> new Outcome(
                        Optional.ofNullable(row.getObject("organization_id", UUID.class)),
                        Optional.ofNullable(row.getObject("investigation_id", UUID.class)),
                        row.getBoolean("closed"),
                        row.getLong("alerts")))
                .list();
    }
}
