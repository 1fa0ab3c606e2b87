package dev.gatehouse.workbench.records;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds accounts, hosts, addresses and whatever else vendor alerts name, by a part of the name. */
@Component
public class EntityNames {

    /** What is counted for one name; more than that is "more than". */
    public static final int COUNTED = 1_000;

    /** Names that contain less than three letters are too many to look for. */
    private static final int SHORTEST_PART = 3;

    private final JdbcClient database;

    EntityNames(JdbcClient database) {
        this.database = database;
    }

    /**
     * Something that vendor alerts of one directory name.
     *
     * @param tenant the directory
     * @param organizationName whose the directory is; empty when it is nobody's
     * @param kind what it is
     * @param name as Microsoft writes it
     * @param vendorAlerts how many name it now, at most one more than {@link #COUNTED}
     */
    public record Named(TenantId tenant, String organizationName, EntityKind kind, String name, int vendorAlerts) {}

    private static final String COUNT = """
            count_vendor_alerts_naming(n.tenant_id, n.kind, n.name, %d)""".formatted(COUNTED + 1);

    /** As many of all kinds together are looked at, before each group of kinds is looked for by itself. */
    private static final int CANDIDATES = 2_000;

    /** Of names that no vendor alert has any more, as many are passed over in each group. */
    private static final int PASSED_OVER = 20;

    // Those that begin so are looked for by themselves: among very many that contain it they are the ones that are
    // meant.
    private static final String SEARCH = """
            with found as (
                select * from entity_names_like(:beginning, :kinds, %1$d)
                union
                select f.* from entity_names_like(:pattern, :kinds, %1$d) f where :isLong
            ), placed as (
                -- By bytes: what a language puts first takes most of the time, and is hardly noticed here.
                select n.tenant_id, n.kind, n.name, g.number, row_number() over (
                           partition by g.number
                           order by n.lowered = lower(:text) desc, n.lowered like lower(:beginning) desc,
                                    length(n.name), n.lowered collate "C", n.kind collate "C", n.tenant_id) as place
                from (select f.*, lower(f.name) as lowered from found f) n
                join unnest(:kinds::text[], :numbers::integer[]) as g (kind, number) on g.kind = n.kind
                where {scope}
            ), there as (
                select n.*, row_number() over (partition by n.number order by n.place) as shown
                from placed n
                where n.place <= :limit + %2$d
                  and count_vendor_alerts_naming(n.tenant_id, n.kind, n.name, 1) > 0
            )
            select n.*, coalesce(o.name, '') as organization_name, %3$s as vendor_alerts,
                   (select count(*) from found) as candidates
            from there n
            left join tenant t on t.tenant_id = n.tenant_id
            left join organization o on o.id = t.organization_id
            where n.shown <= :limit
            order by n.number, n.place
            """.formatted(CANDIDATES, PASSED_OVER, COUNT);

    /**
     * Names that contain a text, in any case, of several groups of kinds with one look at the names. In each group the one that
     * is the text comes first, then those that begin with it, the shortest first.
     *
     * @param groups each with kinds that no other has
     * @param text what to look for; of one or two letters, names that begin with it
     * @param limit how many of each group
     * @return as many lists as there are groups, in their order
     */
    public List<List<Named>> search(Scope scope, List<Set<EntityKind>> groups, String text, int limit) {
        var wanted = text.strip();
        var found = new ArrayList<List<Named>>();
        groups.forEach(group -> found.add(new ArrayList<>()));
        if (wanted.isEmpty() || groups.isEmpty()) {
            return found;
        }
        var kinds = new ArrayList<String>();
        var numbers = new ArrayList<Integer>();
        for (var number = 0; number < groups.size(); number++) {
            for (var kind : groups.get(number)) {
                kinds.add(key(kind));
                numbers.add(number);
            }
        }
        var candidates = new long[1];
        scope.tenants(database, SEARCH, "n.tenant_id")
                .param("text", Columns.text(wanted))
                .param("beginning", Columns.containing(wanted).substring(1))
                .param("pattern", Columns.containing(wanted))
                .param("isLong", wanted.length() >= SHORTEST_PART)
                .param("kinds", kinds.toArray(String[]::new))
                .param("numbers", numbers.toArray(Integer[]::new))
                .param("limit", limit)
                .query(row -> {
                    candidates[0] = row.getLong("candidates");
                    found.get(row.getInt("number")).add(named(row));
                });
        if (candidates[0] >= CANDIDATES && groups.size() > 1) {
            addWhatWasCrowdedOut(scope, groups, wanted, limit, found);
        }
        return found;
    }

    /** The kinds that have most of the candidates may have left no place for the others, which are looked for without them. */
    private void addWhatWasCrowdedOut(
            Scope scope, List<Set<EntityKind>> groups, String text, int limit, List<List<Named>> found) {
        var sparse = IntStream.range(0, groups.size())
                .filter(number -> found.get(number).size() < limit)
                .boxed()
                .toList();
        // Where no group has enough, nothing says which one has the candidates.
        var together = sparse.size() < groups.size() ? Math.max(1, sparse.size()) : 1;
        for (var first = 0; first < sparse.size(); first += together) {
            var numbers = sparse.subList(first, first + together);
            var more = search(scope, numbers.stream().map(groups::get).toList(), text, limit);
            for (var place = 0; place < numbers.size(); place++) {
                found.set(numbers.get(place), more.get(place));
            }
        }
    }

    private static final String ONE = """
            select n.tenant_id, n.kind, n.name, coalesce(o.name, '') as organization_name, %s as vendor_alerts
            from entity_name n
            left join tenant t on t.tenant_id = n.tenant_id
            left join organization o on o.id = t.organization_id
            where n.tenant_id = :tenant and n.kind = :kind and n.name = :name and {scope}
            """.formatted(COUNT);

    /** One of them, when it may be seen. */
    public Optional<Named> find(Scope scope, TenantId tenant, EntityKind kind, String name) {
        return scope.tenants(database, ONE, "n.tenant_id")
                .param("tenant", tenant.value())
                .param("kind", key(kind))
                .param("name", Columns.key(name))
                .query((row, number) -> named(row))
                .optional();
    }

    private static Named named(ResultSet row) throws SQLException {
        return new Named(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("organization_name"),
                EntityKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getInt("vendor_alerts"));
    }

    private static final String VENDOR_ALERTS = """
            select e.alert_id
            from (select :tenant as tenant_id, v.alert_id from vendor_alerts_naming(:tenant, :kind, :name, :limit) v) e
            where {scope}
            """;

    /** The ids of vendor alerts that name it, in no order. */
    public List<String> vendorAlerts(Scope scope, TenantId tenant, EntityKind kind, String name, int limit) {
        return scope.tenants(database, VENDOR_ALERTS, "e.tenant_id")
                .param("tenant", tenant.value())
                .param("kind", key(kind))
                .param("name", Columns.key(name))
                .param("limit", limit)
                .query((row, number) -> row.getString("alert_id"))
                .list();
    }

    /** As the tables have it. */
    private static String key(EntityKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
