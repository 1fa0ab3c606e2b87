package dev.gatehouse.workbench.runbooks;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.AlertRemovalPart;
import dev.gatehouse.workbench.alerts.NewAlertPart;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The alerts whose runbook is still to be run, and which of its steps are done. */
@Component
class DueRunbooks implements NewAlertPart, AlertRemovalPart {

    private final JdbcClient database;
    private final Fence fence;
    private final InstantSource clock;

    DueRunbooks(JdbcClient database, Fence fence, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.clock = clock;
    }

    private static final String ADD = """
            insert into runbook_due (alert_id, tenant_id, since) select id, :tenant, :now from unnest(:alerts::uuid[]) as a (id)
            on conflict do nothing
            """;

    @Override
    public void made(TenantId tenant, List<UUID> alerts) {
        fence.run(() -> database.sql(ADD)
                .param("tenant", tenant.value())
                .param("now", Columns.timestamp(clock.instant()))
                .param("alerts", alerts.toArray(UUID[]::new))
                .update());
    }

    private static final String REMOVE = "delete from runbook_due where alert_id = any (:alerts)";

    @Override
    public void removing(Collection<UUID> alerts) {
        fence.run(() -> database.sql(REMOVE)
                .param("alerts", alerts.toArray(UUID[]::new))
                .update());
    }

    /**
     * A runbook that is still to be run.
     *
     * @param done the ids of its steps that are done
     */
    record Due(UUID alert, Set<String> done) {}

    private static final String NEXT = """
            select alert_id, done from runbook_due where tenant_id = :tenant order by since, alert_id limit 1
            """;

    /** The one that has waited longest. */
    Optional<Due> next(TenantId tenant) {
        return database.sql(NEXT)
                .param("tenant", tenant.value())
                .query((row, number) ->
                        new Due(row.getObject("alert_id", UUID.class), Set.copyOf(Columns.texts(row, "done"))))
                .optional();
    }

    private static final String DONE = "update runbook_due set done = done || :step where alert_id = :alert";

    /** Notes that a step is done; a part of the transaction that keeps its result. */
    void done(UUID alert, String step) {
        fence.run(() ->
                database.sql(DONE).param("alert", alert).param("step", step).update());
    }

    private static final String END = "delete from runbook_due where alert_id = :alert";

    /** Nothing of it is left to do. */
    void end(UUID alert) {
        fence.run(() -> database.sql(END).param("alert", alert).update());
    }
}
