package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.KeysetOrder;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.Suppression.Closed;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import dev.gatehouse.workbench.suppressions.Suppression.State;
import dev.gatehouse.workbench.suppressions.Suppression.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Suppressions with their history, and how many alerts each has closed. */
@Component
class SuppressionTable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;

    SuppressionTable(JdbcClient database) {
        this.database = database;
    }

    /** Whatever changes suppressions writes a line of history, so this tells by one look into its index whether anything did. */
    long revision() {
        return database.sql("select coalesce(max(id), 0) from suppression_history")
                .query(Long.class)
                .single();
    }

    /** Lets only one at a time change suppressions, so that revisions come in order. In a transaction. */
    void lock() {
        database.sql("select pg_advisory_xact_lock(hashtext('suppression'))").query(row -> {});
    }

    private static final String RANK = """
            (case when s.state = 'DRAFT' then 2 when s.state = 'WITHDRAWN' then 0 when s.ends_at <= :now then 1
                  when s.review_at <= :now then 5 when s.starts_at > :now then 3 else 4 end)""";

    private static final KeysetOrder ORDER = new KeysetOrder(RANK, "s.created_at", "s.id", true);

    private static final String SELECT = """
            select s.*, coalesce(o.name, '') as organization_name, c.alerts as closed, c.last_at
            from suppression s
            left join organization o on o.id = s.organization_id
            left join lateral (select coalesce(sum(n.alerts), 0) as alerts, max(n.last_at) as last_at from suppression_count n
                               where n.suppression_id = s.id and {counted}) c on true
            """;

    private static String select(Scope scope) {
        return SELECT.replace("{counted}", scope.tenant("n.tenant_id"));
    }

    /** A part of the list: what needs a review first, then what is in force, to come, a draft, ended and withdrawn. */
    KeysetPage<Suppression> list(Scope scope, SuppressionFilter filter, Instant now, Optional<Place> place, int limit) {
        var conditions = new ArrayList<String>();
        conditions.add(scope.organizationOrEverybody("s.organization_id"));
        var parameters = new java.util.HashMap<String, Object>();
        parameters.put("scope", scope.parameter());
        parameters.put("now", Columns.timestamp(now));
        if (!filter.text().isEmpty()) {
            conditions.add("concat_ws(' ', s.name, s.owner_name, s.rule_id, s.condition, s.reason) ilike :pattern");
            parameters.put("pattern", Columns.containing(filter.text()));
        }
        filter.standing().ifPresent(standing -> {
            conditions.add(RANK + " = :wanted");
            parameters.put("wanted", rank(standing));
        });
        place.ifPresent(at -> {
            conditions.add(ORDER.beyond(at.backwards()));
            parameters.putAll(at.parameters());
        });
        var backwards = place.filter(Place::backwards).isPresent();
        var found = database.sql(select(scope) + "where " + String.join(" and ", conditions) + ORDER.orderBy(backwards)
                        + " limit :limit")
                .params(parameters)
                .param("limit", limit + 1)
                .query((row, number) -> suppression(row))
                .list();
        return KeysetPage.of(
                found, limit, place, each -> new Place(rank(each.standing(now)), each.created(), each.id(), false));
    }

    private static int rank(Standing standing) {
        return switch (standing) {
            case NEEDS_REVIEW -> 5;
            case ACTIVE -> 4;
            case SCHEDULED -> 3;
            case DRAFT -> 2;
            case ENDED -> 1;
            case WITHDRAWN -> 0;
        };
    }

    private static final String COUNT =
            "select " + RANK + " as rank, count(*) as suppressions from suppression s where ";

    /** How many there are of each standing. */
    Map<Standing, Long> count(Scope scope, Instant now) {
        var counts = new EnumMap<Standing, Long>(Standing.class);
        for (var standing : Standing.values()) {
            counts.put(standing, 0L);
        }
        database.sql(COUNT + scope.organizationOrEverybody("s.organization_id") + " group by 1")
                .param("scope", scope.parameter())
                .param("now", Columns.timestamp(now))
                .query(row -> {
                    for (var standing : Standing.values()) {
                        if (rank(standing) == row.getInt("rank")) {
                            counts.put(standing, row.getLong("suppressions"));
                        }
                    }
                });
        return counts;
    }

    Optional<Suppression> find(Scope scope, UUID id) {
        return database.sql(
                        select(scope) + "where s.id = :id and " + scope.organizationOrEverybody("s.organization_id"))
                .param("scope", scope.parameter())
                .param("id", id)
                .query((row, number) -> suppression(row))
                .optional();
    }

    /** All that are live and have not ended, of all organizations, for deciding. */
    List<Suppression> live(Instant now) {
        return database.sql("""
                        select s.*, coalesce(o.name, '') as organization_name, 0 as closed, null::timestamptz as last_at
                        from suppression s left join organization o on o.id = s.organization_id
                        where s.state = 'LIVE' and s.ends_at > :now order by s.created_at, s.id
                        """)
                .param("now", Columns.timestamp(now))
                .query((row, number) -> suppression(row))
                .list();
    }

    private static Suppression suppression(ResultSet row) throws SQLException {
        var owner = row.getObject("owner_id", UUID.class);
        return new Suppression(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("organization_id", UUID.class)),
                row.getString("organization_name"),
                new Terms(
                        row.getString("name"),
                        new Actor(Actor.Kind.USER, Optional.ofNullable(owner), row.getString("owner_name")),
                        row.getString("reason"),
                        Optional.ofNullable(row.getString("rule_id")).map(RuleId::new),
                        row.getString("condition"),
                        row.getBoolean("includes_severe"),
                        Columns.instant(row, "starts_at"),
                        Columns.instant(row, "ends_at"),
                        Columns.instant(row, "review_at"),
                        row.getString("comment")),
                State.valueOf(row.getString("state")),
                row.getInt("revision"),
                Columns.instant(row, "created_at"),
                row.getString("created_by"),
                new Closed(row.getLong("closed"), Columns.optionalInstant(row, "last_at")));
    }

    private static final String SAVE = """
            insert into suppression (id, organization_id, name, owner_id, owner_name, reason, rule_id, condition, includes_severe,
                                     starts_at, ends_at, review_at, comment, state, revision, created_at, created_by, updated_at)
            values (:id, :organization, :name, :ownerId, :ownerName, :reason, :rule, :condition, :severe, :starts, :ends, :review,
                    :comment, :state, :revision, :created, :createdBy, :now)
            on conflict (id) do update set
                name = excluded.name, owner_id = excluded.owner_id, owner_name = excluded.owner_name, reason = excluded.reason,
                rule_id = excluded.rule_id, condition = excluded.condition, includes_severe = excluded.includes_severe,
                starts_at = excluded.starts_at, ends_at = excluded.ends_at, review_at = excluded.review_at,
                comment = excluded.comment, state = excluded.state, revision = excluded.revision, updated_at = excluded.updated_at
            """;

    /** Writes a suppression and the line of its history, in a transaction. */
    void save(Suppression suppression, SuppressionEvent event) {
        var terms = suppression.terms();
        database.sql(SAVE)
                .param("id", suppression.id())
                .param("organization", suppression.organization().orElse(null))
                .param("name", Columns.text(terms.name()))
                .param("ownerId", terms.owner().id().orElse(null))
                .param("ownerName", Columns.text(terms.owner().name()))
                .param("reason", Columns.text(terms.reason()))
                .param("rule", terms.rule().map(RuleId::value).orElse(null))
                .param("condition", Columns.text(terms.condition()))
                .param("severe", terms.includesSevere())
                .param("starts", Columns.timestamp(terms.starts()))
                .param("ends", Columns.timestamp(terms.ends()))
                .param("review", Columns.timestamp(terms.review()))
                .param("comment", Columns.text(terms.comment()))
                .param("state", suppression.state().name())
                .param("revision", suppression.revision())
                .param("created", Columns.timestamp(suppression.created()))
                .param("createdBy", Columns.text(suppression.createdBy()))
                .param("now", Columns.timestamp(event.at()))
                .update();
        remember(suppression, event);
    }

    private static final String REMEMBER = """
            insert into suppression_history (suppression_id, organization_id, at, action, actor_kind, actor_id, actor_name,
                                             revision, value)
            values (:id, :organization, :at, :action, :kind, :actorId, :actorName, :revision, :value::jsonb)
            """;

    void remember(Suppression suppression, SuppressionEvent event) {
        var value = JsonNodeFactory.instance.objectNode().put("comment", Columns.text(event.comment()));
        var changes = value.putArray("changes");
        event.changes().forEach(change -> changes.addObject()
                .put("field", change.field())
                .put("from", Columns.text(change.from()))
                .put("to", Columns.text(change.to())));
        database.sql(REMEMBER)
                .param("id", suppression.id())
                .param("organization", suppression.organization().orElse(null))
                .param("at", Columns.timestamp(event.at()))
                .param("action", event.action().name())
                .param("kind", event.actor().kind().key())
                .param("actorId", event.actor().id().orElse(null))
                .param("actorName", Columns.text(event.actor().name()))
                .param("revision", event.revision())
                .param("value", JSON.writeValueAsString(value))
                .update();
    }

    private static final String HISTORY = """
            select * from suppression_history h where h.suppression_id = :id and h.revision > :after and {scope}
            order by h.id desc limit 200
            """;

    /** What was done to one after a revision, the last first; at most 200 entries. */
    List<SuppressionEvent> history(Scope scope, UUID id, int after) {
        return database.sql(HISTORY.replace(Scope.PLACE, scope.organizationOrEverybody("h.organization_id")))
                .param("scope", scope.parameter())
                .param("id", id)
                .param("after", after)
                .query((row, number) -> event(row))
                .list();
    }

    private static SuppressionEvent event(ResultSet row) throws SQLException {
        var value = JSON.readTree(row.getString("value"));
        var changes = new ArrayList<SuppressionEvent.Change>();
        value.path("changes")
                .forEach(change -> changes.add(new SuppressionEvent.Change(
                        change.path("field").asString(),
                        change.path("from").asString(),
                        change.path("to").asString())));
        return new SuppressionEvent(
                Columns.instant(row, "at"),
                SuppressionEvent.Action.valueOf(row.getString("action")),
                Actor.of(row),
                row.getInt("revision"),
                value.path("comment").asString(""),
                changes);
    }

    private static final String CLOSING = """
            insert into suppression_count (suppression_id, tenant_id, alerts, last_at)
            select c.id, :tenant, c.alerts, :now from unnest(:ids::uuid[], :alerts::bigint[]) as c (id, alerts)
            -- One that was taken away with its organization a moment ago counts nothing.
            where exists (select from suppression s where s.id = c.id)
            order by c.id
            on conflict (suppression_id, tenant_id) do update set
                alerts = suppression_count.alerts + excluded.alerts, last_at = excluded.last_at
            """;

    /** Adds to what suppressions have closed of a directory. */
    void closing(TenantId tenant, Map<UUID, Integer> alerts, Instant now) {
        var ids = List.copyOf(alerts.keySet());
        database.sql(CLOSING)
                .param("tenant", tenant.value())
                .param("now", Columns.timestamp(now))
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .param(
                        "alerts",
                        ids.stream()
                                .map(id -> Integer.toString(alerts.getOrDefault(id, 0)))
                                .toArray(String[]::new))
                .update();
    }
}
