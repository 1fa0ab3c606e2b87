package dev.gatehouse.workbench.context;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Trace;
import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels with their values. */
@Component
class LabelTable extends EntryTable<ContextLabel, LabelTerms> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SELECT = """
            select e.*, o.name as organization_name,
                   (select coalesce(jsonb_object_agg(v.kind, v.listed), '{}')
                    from (select kind, jsonb_agg(value order by value) as listed from context_value
                          where label_id = e.id group by kind) v) as definition,
                   (select coalesce(jsonb_agg(jsonb_build_object(
                               'id', a.id, 'type', a.action_type, 'investigation_id', a.investigation_id,
                               'investigation_number', a.investigation_number, 'rules', to_jsonb(a.rules),
                               'severities', to_jsonb(a.severities)) order by a.place), '[]')
                    from context_label_action a where a.label_id = e.id) as actions
            from context_label e
            join organization o on o.id = e.organization_id
            """;

    private static final String NAMED = """
            e.title ilike :pattern or e.reason ilike :pattern
            or exists (select from context_value v where v.label_id = e.id and v.value ilike :pattern)
            """;

    private static final String INSERT = """
            insert into context_label (id, organization_id, title, key, reason, ends_at, revision, created_at, created_by,
                                       created_by_id, updated_at, updated_by, updated_by_id)
            values (:id, :organization, :title, :key, :reason, :ends, 0, :now, :by, :byId, :now, :by, :byId)
            """;

    private static final String UPDATE = """
            update context_label set title = :title, key = :key, reason = :reason, ends_at = :ends, revision = revision + 1,
                   updated_at = :now, updated_by = :by, updated_by_id = :byId
            where id = :id and organization_id = :organization
            """;

    LabelTable(JdbcClient database) {
        super(database, new Statements("context_label", SELECT, NAMED, "e.key, o.name, e.id", INSERT, UPDATE));
    }

    @Override
    ContextLabel entry(ResultSet row) throws SQLException {
        var values = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        JSON.readTree(row.getString("definition")).properties().forEach(kind -> ValueKind.named(kind.getKey())
                .ifPresent(known -> values.put(
                        known,
                        kind.getValue()
                                .valueStream()
                                .map(value -> value.asString())
                                .toList())));
        return new ContextLabel(
                row.getObject("id", UUID.class),
                whose(row),
                new LabelTerms(
                        row.getString("title"),
                        row.getString("reason"),
                        values,
                        JSON.readTree(row.getString("actions"))
                                .valueStream()
                                .map(LabelTable::action)
                                .toList(),
                        Columns.optionalInstant(row, "ends_at")),
                row.getInt("revision"),
                Trace.of(row));
    }

    private static LabelAction action(JsonNode action) {
        return new LabelAction(
                UUID.fromString(action.path("id").asString()),
                LabelAction.Type.valueOf(action.path("type").asString()),
                Optional.of(action.path("investigation_id"))
                        .filter(JsonNode::isString)
                        .map(id -> new LabelAction.Target(
                                UUID.fromString(id.asString()),
                                action.path("investigation_number").asString(""))),
                texts(action.path("rules")),
                texts(action.path("severities")));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString()).toList();
    }

    long count(UUID organization) {
        return database()
                .sql("select count(*) from context_label where organization_id = :organization")
                .param("organization", organization)
                .query(Long.class)
                .single();
    }

    boolean isTaken(UUID organization, UUID butId, String key) {
        return database()
                .sql("""
                        select exists (select from context_label
                                       where organization_id = :organization and key = :key and id <> :id)
                        """)
                .param("organization", organization)
                .param("key", Columns.text(key))
                .param("id", butId)
                .query(Boolean.class)
                .single();
    }

    @Override
    JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, LabelTerms terms) {
        return statement
                .param("title", Columns.text(terms.title()))
                .param("key", Columns.text(terms.key()))
                .param("reason", Columns.text(terms.reason()));
    }

    @Override
    void insert(UUID id, UUID organization, LabelTerms terms, Actor actor, Instant now) {
        super.insert(id, organization, terms, actor, now);
        insertValues(id, organization, terms);
        saveActions(id, organization, terms, actor, now);
    }

    @Override
    void update(UUID id, UUID organization, LabelTerms terms, Actor actor, Instant now) {
        super.update(id, organization, terms, actor, now);
        database()
                .sql("delete from context_value where label_id = :id")
                .param("id", id)
                .update();
        insertValues(id, organization, terms);
        saveActions(id, organization, terms, actor, now);
    }

    private static final String FORGET_ACTIONS =
            "delete from context_label_action where label_id = :label and not (id = any (:ids))";

    // Who said so last is who changed it: one that stays as it is stays theirs.
    private static final String SAVE_ACTIONS = """
            insert into context_label_action as present (id, label_id, organization_id, action_type, investigation_id,
                                                         investigation_number, rules, severities, place, created_at, created_by,
                                                         created_by_id, updated_at, updated_by, updated_by_id)
            select r.id, :label, :organization, r.type, r.investigation_id, r.investigation_number, r.rules, r.severities, r.place,
                   :now, :by, :byId, :now, :by, :byId
            from jsonb_to_recordset(:actions::jsonb) as r (id uuid, type text, investigation_id uuid, investigation_number text,
                 rules text[], severities text[], place integer)
            on conflict (id) do update set
                action_type = excluded.action_type, investigation_id = excluded.investigation_id,
                investigation_number = excluded.investigation_number, rules = excluded.rules, severities = excluded.severities,
                place = excluded.place,
                (updated_at, updated_by, updated_by_id) = (
                    select case when s.is_same then present.updated_at else excluded.updated_at end,
                           case when s.is_same then present.updated_by else excluded.updated_by end,
                           case when s.is_same then present.updated_by_id else excluded.updated_by_id end
                    from (select (present.action_type, present.investigation_id, present.rules, present.severities)
                          is not distinct from (excluded.action_type, excluded.investigation_id, excluded.rules, excluded.severities)
                              as is_same) s)
            """;

    private void saveActions(UUID id, UUID organization, LabelTerms terms, Actor actor, Instant now) {
        database()
                .sql(FORGET_ACTIONS)
                .param("label", id)
                .param("ids", terms.actions().stream().map(LabelAction::id).toArray(UUID[]::new))
                .update();
        if (terms.actions().isEmpty()) {
            return;
        }
        var actions = JSON.createArrayNode();
        for (var action : terms.actions()) {
            var one = actions.addObject()
                    .put("id", action.id().toString())
                    .put("type", action.type().name())
                    .put("place", actions.size());
            action.investigation()
                    .ifPresent(target -> one.put("investigation_id", target.id().toString())
                            .put("investigation_number", target.number()));
            var rules = one.putArray("rules");
            action.rules().forEach(rule -> rules.add(rule));
            var severities = one.putArray("severities");
            action.severities().forEach(severity -> severities.add(severity));
        }
        database()
                .sql(SAVE_ACTIONS)
                .param("label", id)
                .param("organization", organization)
                .param("actions", JSON.writeValueAsString(actions))
                .param("now", Columns.timestamp(now))
                .param("by", Columns.text(actor.name()))
                .param("byId", actor.id().orElse(null), Types.OTHER)
                .update();
    }

    private static final String ACTIONS = """
            select a.id, a.action_type, a.investigation_id, a.investigation_number, a.rules, a.severities, a.updated_by, l.title
            from context_label_action a
            join context_label l on l.id = a.label_id
            where a.organization_id = :organization and l.key = any (:keys)
            order by l.key, a.place
            """;

    /** What follows from some labels of an organization. */
    LabelActions actions(UUID organization, Collection<String> keys) {
        return new LabelActions(database()
                .sql(ACTIONS)
                .param("organization", organization)
                .param("keys", keys.stream().map(Columns::text).toArray(String[]::new))
                .query((row, number) -> follows(row))
                .list());
    }

    private static LabelActions.Follows follows(ResultSet row) throws SQLException {
        var number = row.getString("investigation_number");
        return new LabelActions.Follows(
                row.getString("title"),
                row.getString("updated_by"),
                new LabelAction(
                        row.getObject("id", UUID.class),
                        LabelAction.Type.valueOf(row.getString("action_type")),
                        Optional.ofNullable(row.getObject("investigation_id", UUID.class))
                                .map(id -> new LabelAction.Target(id, number)),
                        Columns.texts(row, "rules"),
                        Columns.texts(row, "severities")));
    }

    private static final String INSERT_VALUES = """
            insert into context_value (label_id, organization_id, kind, value, block)
            select :id, :organization, v.kind, v.value, nullif(v.block, '')::inet
            from unnest(:kinds::text[], :values::text[], :blocks::text[]) as v (kind, value, block)
            """;

    private void insertValues(UUID id, UUID organization, LabelTerms terms) {
        var kinds = new ArrayList<String>();
        var values = new ArrayList<String>();
        var blocks = new ArrayList<String>();
        terms.values()
                .forEach((kind, some) -> some.forEach(value -> {
                    kinds.add(kind.key());
                    values.add(Columns.text(value));
                    blocks.add(kind.isAddress() ? value : "");
                }));
        database()
                .sql(INSERT_VALUES)
                .param("id", id)
                .param("organization", organization)
                .param("kinds", kinds.toArray(String[]::new))
                .param("values", values.toArray(String[]::new))
                .param("blocks", blocks.toArray(String[]::new))
                .update();
    }

    /** As many names one statement asks for. */
    private static final int NAMES_AT_ONCE = 50_000;

    private static final String LABELS = """
            select n.place, l.title
            from unnest(:organizations::uuid[], :kinds::text[], :values::text[], :places::integer[])
                as n (organization_id, kind, value, place)
            join context_value v on v.organization_id = n.organization_id and v.kind = n.kind and v.value = n.value
            join context_label l on l.id = v.label_id and (l.ends_at is null or l.ends_at > :now)
            where n.kind <> 'ip_address'
            union
            select n.place, l.title
            from (select organization_id, place, case when pg_input_is_valid(value, 'inet') then value::inet end as address
                  from unnest(:organizations::uuid[], :kinds::text[], :values::text[], :places::integer[])
                      as u (organization_id, kind, value, place)
                  where kind = 'ip_address') n
            join context_value v on v.organization_id = n.organization_id and v.block >>= n.address
            join context_label l on l.id = v.label_id and (l.ends_at is null or l.ends_at > :now)
            """;

    /** A name that an organization's vendor alerts have. */
    private record Asked(UUID organization, Labels.Name name) {}

    /** The labels of some names, by organization; those of which nothing has a label are left out. */
    Map<UUID, Labels> labels(Map<UUID, List<Labels.Name>> names, Instant now) {
        var asked = names.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(name -> new Asked(each.getKey(), name)))
                .filter(each -> !each.name().spellings().isEmpty())
                .toList();
        var found = new HashMap<UUID, Labels.Gathering>();
        if (asked.isEmpty() || !hasAny(names.keySet())) {
            return Map.of();
        }
        for (var begin = 0; begin < asked.size(); begin += NAMES_AT_ONCE) {
            gather(asked.subList(begin, Math.min(begin + NAMES_AT_ONCE, asked.size())), now, found);
        }
        var labels = new HashMap<UUID, Labels>();
        found.forEach((organization, gathered) -> labels.put(organization, gathered.labels()));
        return labels;
    }

    private static final String HAS_ANY =
            "select exists (select from context_label where organization_id = any (:organizations))";

    /** Most organizations have no labels, and a page of vendor alerts has a thousand names to be looked for. */
    private boolean hasAny(Collection<UUID> organizations) {
        return database()
                .sql(HAS_ANY)
                .param("organizations", organizations.toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    private void gather(List<Asked> asked, Instant now, Map<UUID, Labels.Gathering> found) {
        var organizations = new ArrayList<String>();
        var kinds = new ArrayList<String>();
        var values = new ArrayList<String>();
        var places = new ArrayList<Integer>();
        for (var place = 0; place < asked.size(); place++) {
            for (var spelling : asked.get(place).name().spellings()) {
                organizations.add(asked.get(place).organization().toString());
                kinds.add(KINDS.getOrDefault(asked.get(place).name().kind(), ""));
                values.add(Columns.text(spelling));
                places.add(place);
            }
        }
        database()
                .sql(LABELS)
                .param("organizations", organizations.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("values", values.toArray(String[]::new))
                .param("places", places.toArray(Integer[]::new))
                .param("now", Columns.timestamp(now))
                .query(row -> {
                    var one = asked.get(row.getInt("place"));
                    found.computeIfAbsent(one.organization(), none -> new Labels.Gathering())
                            .add(one.name(), row.getString("title"));
                });
    }

    private static final Map<EntityKind, String> KINDS = Map.of(
            EntityKind.ACCOUNT, ValueKind.USERNAME.key(),
            EntityKind.HOST, ValueKind.HOSTNAME.key(),
            EntityKind.IP_ADDRESS, ValueKind.IP_ADDRESS.key());
}
