package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Reread.Difference;
import dev.gatehouse.workbench.alerts.Reread.Finding;
import dev.gatehouse.workbench.alerts.Reread.Move;
import dev.gatehouse.workbench.alerts.Reread.Progress;
import dev.gatehouse.workbench.alerts.Reread.State;
import dev.gatehouse.workbench.alerts.Reread.Summary;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.devices.TenantDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has history read again when a rule has changed, which happens only when somebody asks. What would become different is found
 * first and shown; it is applied when somebody asks for that, too. Both are done by a {@link RereadLoop} for each directory.
 */
@Component
public class Rereads {

    /** How far back somebody may have it look, in days. */
    public static final int MOST_DAYS = 180;

    private final JdbcClient database;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Rereads(JdbcClient database, Fence fence, InstantSource clock, ApplicationEventPublisher events) {
        this.database = database;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    private static final String LOCK = "select from (select pg_advisory_xact_lock(hashtext('rule_reread'))) as locked";

    private static final String UNDER_WAY = """
            select exists (select from rule_reread where rule_id = :rule and state in ('LOOKING', 'APPLYING')
                           and organization_id is not distinct from :organization::uuid)
            """;

    private static final String BEGIN = """
            insert into rule_reread (id, organization_id, rule_id, looks_from, looks_to, state, requested_at, requested_by)
            values (:id, :organization::uuid, :rule, :from, :to, 'LOOKING', :to, :by)
            """;

    private static final String FORGET = """
            delete from rule_reread where rule_id = :rule and organization_id is not distinct from :organization::uuid
            """;

    private static final String BEGIN_TENANTS = """
            insert into rule_reread_tenant (reread_id, tenant_id, is_done, reached_at, reached_id, looked_at, failed)
            select :id, tenant_id, false, :from, '', 0, 0 from tenant where {scope}
            """;

    /**
     * Begins to look what would become different, in place of what was found before.
     *
     * @param days how far back to look
     * @throws InvalidAlertChange when the days are not from 1 to 180, or it is under way already
     */
    public void begin(Scope scope, RuleId rule, int days, Actor actor) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidAlertChange("days", "Choose from 1 to %d days.".formatted(MOST_DAYS));
        }
        var now = clock.instant();
        var from = Columns.timestamp(now.minus(Duration.ofDays(days)));
        var id = UUID.randomUUID();
        fence.run(() -> {
            database.sql(LOCK).query(row -> {});
            if (database.sql(UNDER_WAY)
                    .param("rule", rule.value())
                    .param("organization", organization(scope))
                    .query(Boolean.class)
                    .single()) {
                throw new InvalidAlertChange("days", "History is being read again for this rule. Stop that first.");
            }
            database.sql(FORGET)
                    .param("rule", rule.value())
                    .param("organization", organization(scope))
                    .update();
            database.sql(BEGIN)
                    .param("id", id)
                    .param("organization", organization(scope))
                    .param("rule", rule.value())
                    .param("from", from)
                    .param("to", Columns.timestamp(now))
                    .param("by", actor.name())
                    .update();
            scope.tenants(database, BEGIN_TENANTS, "tenant_id")
                    .param("id", id)
                    .param("from", from)
                    .update();
            leaveOutRemoved();
            finishIfDone(id);
        });
        events.publishEvent(new RereadRequested());
    }

    private static @org.jspecify.annotations.Nullable String organization(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> null;
            case Scope.Organization(var id) -> id.toString();
            case Scope.Nothing _ -> throw new IllegalStateException("Nobody has signed in");
        };
    }

    private static final String FINISH = """
            update rule_reread r set
                state = case state when 'LOOKING' then 'LOOKED' else 'APPLIED' end, ended_at = :now
            where id = :id and state in ('LOOKING', 'APPLYING')
              and not exists (select from rule_reread_tenant t where t.reread_id = r.id and not t.is_done)
            """;

    /** Ends it when no directory is left; a part of the transaction that is done with one. */
    void finishIfDone(UUID id) {
        // Of two that are done at the same time the second sees the first.
        database.sql("select id from rule_reread where id = :id for update")
                .param("id", id)
                .query(row -> {});
        database.sql(FINISH)
                .param("id", id)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private static final String LEAVE_OUT_REMOVED = """
            update rule_reread_tenant t set is_done = true
            from rule_reread r
            where r.id = t.reread_id and r.state in ('LOOKING', 'APPLYING') and not t.is_done and not %s
            returning t.reread_id
            """.formatted(TenantDevice.isThere("t.tenant_id"));

    /** Waits no longer for directories whose last device was removed: no loop works on them. */
    void leaveOutRemoved() {
        fence.run(() -> Set.copyOf(database.sql(LEAVE_OUT_REMOVED)
                        .query((row, number) -> row.getObject("reread_id", UUID.class))
                        .list())
                .forEach(this::finishIfDone));
    }

    private static final String APPLY = """
            update rule_reread set state = 'APPLYING', applied_at = :now, actor_kind = :kind, actor_id = :actor, actor_name = :name,
                                   ended_at = null
            where id = :id and state = 'LOOKED'
            """;

    private static final String APPLY_TENANTS = """
            update rule_reread_tenant t set is_done = false
            where reread_id = :id
              and exists (select from rule_reread_finding f where f.reread_id = t.reread_id and f.tenant_id = t.tenant_id
                          and f.result is null)
            """;

    /**
     * Has what was found applied: alerts that nobody has worked on are changed, the others are told.
     *
     * @throws InvalidAlertChange when it has not looked at everything, or was applied already
     */
    public void apply(Scope scope, UUID id, Actor actor) {
        require(scope, id);
        fence.run(() -> {
            var begun = database.sql(APPLY)
                    .param("id", id)
                    .param("now", Columns.timestamp(clock.instant()))
                    .param("kind", actor.kind().key())
                    .param("actor", actor.id().orElse(null), java.sql.Types.OTHER)
                    .param("name", actor.name())
                    .update();
            if (begun == 0) {
                throw new InvalidAlertChange(
                        "reread",
                        "Only what was looked at to the end, and not applied yet, can be applied. Look again.");
            }
            database.sql(APPLY_TENANTS).param("id", id).update();
            leaveOutRemoved();
            finishIfDone(id);
        });
        events.publishEvent(new RereadRequested());
    }

    private static final String STOP = """
            update rule_reread set state = 'STOPPED', ended_at = :now where id = :id and state in ('LOOKING', 'APPLYING')
            """;

    /** Stops it after the portion that is being worked on. What was changed stays changed. */
    public void stop(Scope scope, UUID id) {
        require(scope, id);
        fence.run(() -> database.sql(STOP)
                .param("id", id)
                .param("now", Columns.timestamp(clock.instant()))
                .update());
    }

    private void require(Scope scope, UUID id) {
        if (database.sql(OWN + " and r.id = :id")
                .param("organization", organization(scope))
                .param("id", id)
                .query((row, number) -> row.getObject("id", UUID.class))
                .optional()
                .isEmpty()) {
            throw new InvalidAlertChange("reread", "That is not there any more.");
        }
    }

    private static final String OWN = """
            select r.*, t.* from rule_reread r
            cross join lateral (
                select count(*) as directories, count(*) filter (where is_done) as directories_done,
                       coalesce(sum(looked_at), 0) as looked_at, coalesce(sum(failed), 0) as failed
                from rule_reread_tenant t where t.reread_id = r.id) t
            where r.organization_id is not distinct from :organization::uuid
            """;

    /** The last time that history was read again for a rule, for the organization that the scope is, or for all. */
    public Optional<Reread> last(Scope scope, RuleId rule) {
        return database.sql(OWN + " and r.rule_id = :rule order by r.requested_at desc limit 1")
                .param("organization", organization(scope))
                .param("rule", rule.value())
                .query((row, number) -> reread(row))
                .optional();
    }

    private Reread reread(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Reread(
                id,
                row.getString("rule_id"),
                Columns.instant(row, "looks_from"),
                Columns.instant(row, "looks_to"),
                State.valueOf(row.getString("state")),
                Columns.instant(row, "requested_at"),
                row.getString("requested_by"),
                new Progress(
                        row.getLong("directories"),
                        row.getLong("directories_done"),
                        row.getLong("looked_at"),
                        row.getLong("failed")),
                summary(id));
    }

    private static final String MOVES = """
            select change, from_rule, to_rule, count(*) as vendor_alerts from rule_reread_finding where reread_id = :id
            group by 1, 2, 3 order by 4 desc, 1, 2, 3
            """;

    // Of what moves away from an alert each group makes a new one, but that the largest stays when nothing else does.
    private static final String COUNTS = """
            select coalesce(sum(greatest(0, groups - case when moving >= vendor_alerts then 1 else 0 end))
                            filter (where is_untouched), 0) as new_alerts,
                   coalesce(sum(findings) filter (where not is_untouched), 0) as touched,
                   coalesce(sum(changed), 0) as changed, coalesce(sum(noted), 0) as noted
            from (select f.alert_id, bool_and(f.is_untouched) as is_untouched, max(a.vendor_alerts) as vendor_alerts,
                         count(*) as findings, count(*) filter (where f.change <> 'SEVERITY') as moving,
                         count(distinct f.to_key) filter (where f.change <> 'SEVERITY') as groups,
                         count(*) filter (where f.result = 'CHANGED') as changed,
                         count(*) filter (where f.result = 'NOTED') as noted
                  from rule_reread_finding f join alert a on a.id = f.alert_id
                  where f.reread_id = :id group by f.alert_id) each_alert
            """;

    private Summary summary(UUID id) {
        var moves = database.sql(MOVES)
                .param("id", id)
                .query((row, number) -> move(row, row.getLong("vendor_alerts")))
                .list();
        return database.sql(COUNTS)
                .param("id", id)
                .query((row, number) -> new Summary(
                        moves,
                        row.getLong("new_alerts"),
                        row.getLong("touched"),
                        row.getLong("changed"),
                        row.getLong("noted")))
                .single();
    }

    private static Move move(ResultSet row, long vendorAlerts) throws SQLException {
        return new Move(
                Difference.valueOf(row.getString("change")),
                row.getString("from_rule"),
                row.getString("to_rule"),
                vendorAlerts);
    }

    private static final String FINDINGS = """
            select f.*, a.name from rule_reread_finding f join alert a on a.id = f.alert_id
            where f.reread_id = :id and (f.tenant_id, f.vendor_alert_id) > (:tenant, :vendorAlert) and {scope}
            order by f.tenant_id, f.vendor_alert_id limit :limit
            """;

    /**
     * Vendor alerts that would be taken in another way, by directory and id.
     *
     * @param after the last one of the part before; empty for the beginning
     */
    public List<Finding> findings(Scope scope, UUID id, Optional<Finding> after, int limit) {
        return findings(
                scope,
                id,
                after.map(Finding::tenant).orElse(new TenantId(new UUID(0, 0))),
                after.map(Finding::vendorAlert).orElse(""),
                limit);
    }

    /** The same after a directory and a vendor alert of it. */
    public List<Finding> findings(Scope scope, UUID id, TenantId tenant, String vendorAlert, int limit) {
        return scope.tenants(database, FINDINGS, "f.tenant_id")
                .param("id", id)
                .param("tenant", tenant.value())
                .param("vendorAlert", vendorAlert)
                .param("limit", limit)
                .query((row, number) -> new Finding(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("vendor_alert_id"),
                        row.getString("name"),
                        row.getObject("alert_id", UUID.class),
                        move(row, 1),
                        row.getString("from_severity"),
                        row.getString("to_severity"),
                        row.getBoolean("is_untouched"),
                        Optional.ofNullable(row.getString("result"))))
                .list();
    }
}
