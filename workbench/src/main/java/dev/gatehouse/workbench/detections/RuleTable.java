package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules that were typed here, which rules are off, and what was done to them. */
@Component
class RuleTable {

    private final JdbcClient database;

    RuleTable(JdbcClient database) {
        this.database = database;
    }

    /** Whatever changes rules writes a line of history, so this tells by one look into its index whether anything did. */
    long revision() {
        return database.sql("select coalesce(max(id), 0) from detection_rule_history")
                .query(Long.class)
                .single();
    }

    /** Of all organizations, for deciding. */
    List<StoredRule> rules() {
        return database.sql("select id, organization_id, yaml from detection_rule order by id")
                .query((row, number) -> stored(row))
                .list();
    }

    /** Of all organizations, for deciding. */
    List<RuleSwitch> switches() {
        return database.sql("select * from detection_rule_switch order by at, rule_id")
                .query((row, number) -> new RuleSwitch(
                        new RuleId(row.getString("rule_id")),
                        Optional.ofNullable(row.getObject("organization_id", UUID.class)),
                        row.getString("actor"),
                        Columns.instant(row, "at"),
                        row.getString("reason")))
                .list();
    }

    private static StoredRule stored(ResultSet row) throws SQLException {
        return new StoredRule(
                new RuleId(row.getString("id")),
                Optional.ofNullable(row.getObject("organization_id", UUID.class)),
                row.getString("yaml"));
    }

    /** Lets only one at a time change rules, so that revisions come in order. In a transaction. */
    void lock() {
        database.sql("select pg_advisory_xact_lock(hashtext('detection_rule'))").query(row -> {});
    }

    private static final String FIND = "select id, organization_id, yaml from detection_rule where id = :id";

    Optional<StoredRule> find(RuleId id) {
        return database.sql(FIND)
                .param("id", id.value())
                .query((row, number) -> stored(row))
                .optional();
    }

    private static final String SAVE = """
            insert into detection_rule (id, organization_id, yaml) values (:id, :organization, :yaml)
            on conflict (id) do update set yaml = excluded.yaml
            """;

    void save(StoredRule rule) {
        database.sql(SAVE)
                .param("id", rule.id().value())
                .param("organization", rule.organization().orElse(null))
                .param("yaml", Columns.text(rule.yaml()))
                .update();
    }

    void remove(RuleId id) {
        database.sql("delete from detection_rule where id = :id")
                .param("id", id.value())
                .update();
    }

    private static final String SWITCH_OFF = """
            insert into detection_rule_switch (rule_id, organization_id, actor, at, reason)
            values (:rule, :organization, :actor, :at, :reason)
            on conflict (rule_id, organization_id) do nothing
            """;

    /** Whether it was on. */
    boolean switchOff(RuleSwitch off) {
        return database.sql(SWITCH_OFF)
                        .param("rule", off.rule().value())
                        .param("organization", off.organization().orElse(null))
                        .param("actor", off.by())
                        .param("at", Columns.timestamp(off.at()))
                        .param("reason", Columns.text(off.reason()))
                        .update()
                > 0;
    }

    private static final String SWITCH_ON = """
            delete from detection_rule_switch
            where rule_id = :rule and organization_id is not distinct from :organization::uuid
            """;

    /** Whether it was off. */
    boolean switchOn(RuleId rule, Optional<UUID> organization) {
        return database.sql(SWITCH_ON)
                        .param("rule", rule.value())
                        .param("organization", organization.map(UUID::toString).orElse(null))
                        .update()
                > 0;
    }

    private static final String REMEMBER = """
            insert into detection_rule_history (rule_id, organization_id, action, detail, yaml, actor, at)
            values (:rule, :organization, :action, :detail, :yaml, :actor, :at)
            """;

    /**
     * Writes down what was done, in the transaction that does it.
     *
     * @param yaml the text that holds from now on; empty when the text did not change
     */
    void remember(RuleId rule, Optional<UUID> organization, String yaml, RuleHistoryEntry entry) {
        database.sql(REMEMBER)
                .param("rule", rule.value())
                .param("organization", organization.orElse(null))
                .param("action", entry.action())
                .param("detail", Columns.text(entry.detail()))
                .param("yaml", Columns.text(yaml))
                .param("actor", entry.actor())
                .param("at", Columns.timestamp(entry.at()))
                .update();
    }

    private static final String HISTORY = """
            select action, detail, actor, at from detection_rule_history
            where rule_id = :rule and {scope} order by id desc limit 100
            """;

    /** What was done to a rule for everybody or for whom the reader may know, the last first; at most 100 entries. */
    List<RuleHistoryEntry> history(Scope scope, RuleId rule) {
        var condition =
                switch (scope) {
                    case Scope.Everything _ -> "true";
                    case Scope.Organization _ -> "(organization_id is null or organization_id = :scope::uuid)";
                    case Scope.Nothing _ -> "false";
                };
        return database.sql(HISTORY.replace(Scope.PLACE, condition))
                .param("rule", rule.value())
                .param("scope", scope.parameter())
                .query((row, number) -> new RuleHistoryEntry(
                        row.getString("action"),
                        row.getString("detail"),
                        row.getString("actor"),
                        Columns.instant(row, "at")))
                .list();
    }
}
