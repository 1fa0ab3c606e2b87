package dev.gatehouse.workbench.context;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Trace;
import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Labels with their values. */
@Component
class LabelTable extends EntryTable<ContextLabel, LabelTerms> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SELECT = """
            select e.*, o.name as organization_name,
                   (select coalesce(jsonb_object_agg(v.kind, v.listed), '{}')
                    from (select kind, jsonb_agg(value order by value) as listed from context_value
                          where label_id = e.id group by kind) v) as definition
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
                        Columns.optionalInstant(row, "ends_at")),
                row.getInt("revision"),
                Trace.of(row));
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
    }

    @Override
    void update(UUID id, UUID organization, LabelTerms terms, Actor actor, Instant now) {
        super.update(id, organization, terms, actor, now);
        database()
                .sql("delete from context_value where label_id = :id")
                .param("id", id)
                .update();
        insertValues(id, organization, terms);
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
