package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Page;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks up the rows of resources. However many rows a page has: one statement for them, one for their number where it is not
 * known by then, and one or two for each relation that is followed.
 */
@Component
class ResourceReader {

    /** So many related things are given at once; known clients do not page there. */
    static final int MOST_RELATED = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;

    ResourceReader(JdbcClient database) {
        this.database = database;
    }

    /**
     * A part of a collection.
     *
     * @param total of all that fit
     * @param isLeast whether there may be more than that, because counting them all would take too long
     */
    record Found(List<Row> rows, long total, boolean isLeast) {
        Found {
            rows = List.copyOf(rows);
        }
    }

    /** A part of a collection. */
    Found page(Scope scope, Resource resource, Question question, Resources all) {
        var page = question.page().orElseGet(Page::usual);
        return switch (resource.table()) {
            case Table.Empty _ -> new Found(List.of(), 0, false);
            case Table.Listed _ -> {
                var fitting = listed(scope, resource, question.criteria(), all);
                var rows = fitting.stream()
                        .sorted(InMemory.order(resource, orders(resource, question)))
                        .skip(page.offset())
                        .limit(page.limit())
                        .toList();
                yield new Found(completed(scope, resource, rows, false), fitting.size(), false);
            }
            case Table.Stored(var view) -> {
                var found = searched(scope, resource, question);
                if (found.filter(List::isEmpty).isPresent()) {
                    yield new Found(List.of(), 0, false);
                }
                // More have the text than were taken from the index.
                var isCommon = found.isEmpty() && index(resource, question).isPresent();
                var narrower = found.map(question::amongThese).orElse(question);
                yield page(scope, resource, view, narrower, page, isCommon, all);
            }
        };
    }

    private Found page(
            Scope scope,
            Resource resource,
            ReadView view,
            Question question,
            Page page,
            boolean isCommon,
            Resources all) {
        var rows = page.limit() == 0
                ? List.<Row>of()
                : stored(scope, resource, view, question, page.offset(), page.limit(), all);
        var isLast = page.limit() > 0 && rows.size() < page.limit() && (page.offset() == 0 || !rows.isEmpty());
        var upToHere = page.offset() + (long) rows.size();
        completed(scope, resource, rows, false);
        if (isLast) {
            return new Found(rows, upToHere, false);
        }
        if (isCommon) {
            return new Found(rows, Math.max(MOST_FOUND, upToHere) + 1, true);
        }
        if (question.isAboutAll() && resource.total().isPresent()) {
            return new Found(rows, resource.total().get().in(scope), false);
        }
        // Whoever asks for the number alone gets it.
        var most = page.limit() == 0 ? Long.MAX_VALUE : Math.max(MOST_COUNTED, upToHere) + 1;
        var total = count(scope, resource, view, question, most, all);
        return new Found(rows, total, total == most);
    }

    /** Beside a page no more are counted than that, unless their number is kept. */
    private static final int MOST_COUNTED = 10_000;

    /** As many that have a text are found and counted; a text that more have is looked for row by row until the page is full. */
    private static final int MOST_FOUND = 3_000;

    private static Optional<String> index(Resource resource, Question question) {
        return question.search().flatMap(text -> resource.search().flatMap(Search::index));
    }

    /** The ids of rows that have the text that is asked for; empty without one, without an index for it, and when there are more. */
    private Optional<List<String>> searched(Scope scope, Resource resource, Question question) {
        return index(resource, question).flatMap(index -> {
            var sql = new Sql(scope);
            var columns = Sql.columns(resource.key());
            var ids = database.sql(sql.search(index, question.search().orElseThrow(), MOST_FOUND + 1))
                    .params(sql.parameters())
                    .query((row, number) -> Key.address(texts(row, columns)))
                    .list();
            return ids.size() > MOST_FOUND ? Optional.empty() : Optional.of(ids);
        });
    }

    /** One, by its id; empty when there is none in scope. */
    Optional<Row> find(Scope scope, Resource resource, String id, Resources all) {
        return resource.key()
                .read(id)
                .flatMap(values -> holding(
                                scope,
                                resource,
                                Sql.columns(resource.key()),
                                resource.key(),
                                List.of(values),
                                Optional.empty(),
                                all)
                        .stream()
                        .findFirst());
    }

    /** Those of some ids that there are in scope, in one statement. */
    Set<String> ids(Scope scope, Resource resource, List<String> ids, Resources all) {
        var keys =
                ids.stream().map(resource.key()::read).flatMap(Optional::stream).toList();
        return holding(scope, resource, Sql.columns(resource.key()), resource.key(), keys, Optional.empty(), all)
                .stream()
                .map(row -> Key.id(row.key(resource.key())))
                .collect(Collectors.toSet());
    }

    /** The same with what is too large for lists. */
    Optional<Row> whole(Scope scope, Resource resource, String id, Resources all) {
        return find(scope, resource, id, all)
                .map(row -> completed(scope, resource, List.of(row), true).getFirst());
    }

    private List<Row> completed(Scope scope, Resource resource, List<Row> rows, boolean isWhole) {
        if (!rows.isEmpty()) {
            resource.more().ifPresent(more -> more.addTo(rows, scope, isWhole));
        }
        return rows;
    }

    private static List<Order> orders(Resource resource, Question question) {
        return question.order().isEmpty() ? resource.order() : question.order();
    }

    // In memory

    private List<Row> listed(Scope scope, Resource resource, List<Criterion> criteria, Resources all) {
        if (!(resource.table() instanceof Table.Listed(var rows))) {
            return List.of();
        }
        Predicate<Row> fits = row -> true;
        for (var criterion : criteria) {
            fits = fits.and(fitting(scope, resource, criterion, all));
        }
        return rows.apply(scope).stream().filter(fits).toList();
    }

    private Predicate<Row> fitting(Scope scope, Resource resource, Criterion criterion, Resources all) {
        if (criterion.path().isEmpty()) {
            return InMemory.fits(resource, criterion);
        }
        var relation = criterion.path().getFirst();
        var target = all.named(relation.type());
        return switch (relation.filtered().orElseThrow()) {
            case Relation.Way.ToNobody _, Relation.Way.ToNone _ -> row -> false;
            case Relation.Way.One(var ours) ->
                criterion.isIdOfRelation()
                        ? row -> InMemory.onTexts(
                                criterion.terms(),
                                row.all(ours).map(Key::id).stream().toList())
                        : among(ours, keys(scope, target, Sql.columns(target.key()), criterion.behindFirst(), all));
            case Relation.Way.Many(var theirs) ->
                among(Sql.columns(resource.key()), keys(scope, target, theirs, criterion.behindFirst(), all));
            case Relation.Way.Through _ ->
                throw Refusal.parameter(
                        criterion.parameter(),
                        "%s cannot be filtered by %s.".formatted(resource.type(), relation.name()));
        };
    }

    private static Predicate<Row> among(List<String> columns, Collection<List<String>> keys) {
        return row -> row.all(columns).filter(keys::contains).isPresent();
    }

    /** What columns hold in the rows of a type that fit. */
    private Collection<List<String>> keys(
            Scope scope, Resource resource, List<String> columns, Criterion criterion, Resources all) {
        return switch (resource.table()) {
            case Table.Empty _ -> List.of();
            case Table.Listed _ ->
                listed(scope, resource, List.of(criterion), all).stream()
                        .flatMap(row -> row.all(columns).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case Table.Stored(var view) -> {
                var sql = new Sql(scope);
                var alias = sql.alias();
                var statement = "select distinct %s from %s where %s"
                        .formatted(
                                names(alias, columns),
                                sql.from(view, alias),
                                sql.condition(alias, resource, criterion, all, elsewhere(scope, all)));
                yield new LinkedHashSet<>(database.sql(statement)
                        .params(sql.parameters())
                        .query((row, number) -> texts(row, columns))
                        .list());
            }
        };
    }

    private static List<String> texts(ResultSet row, List<String> columns) throws SQLException {
        var texts = new ArrayList<String>();
        for (var column : columns) {
            texts.add(Optional.ofNullable(row.getString(column)).orElse(""));
        }
        return texts;
    }

    private Sql.Elsewhere elsewhere(Scope scope, Resources all) {
        return (resource, criterion) -> listed(scope, resource, List.of(criterion), all);
    }

    // In the database

    private static String names(String alias, Collection<String> columns) {
        return columns.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    private String where(Sql sql, String alias, Scope scope, Resource resource, Question question, Resources all) {
        var conditions = question.criteria().stream()
                .map(criterion -> " and " + sql.condition(alias, resource, criterion, all, elsewhere(scope, all)))
                .collect(Collectors.joining("", " where true", ""));
        return resource.search().isPresent() && question.search().isPresent()
                ? conditions
                        + " and ("
                        + sql.search(
                                alias,
                                resource.search().get().condition(),
                                question.search().get())
                        + ")"
                : conditions;
    }

    private static String orderBy(String alias, Resource resource, List<Order> orders) {
        var all = new ArrayList<String>();
        var isByKey = false;
        for (var order : orders) {
            var direction = order.isDescending() ? " desc" : "";
            if (order.attribute().equals("id")) {
                isByKey = true;
                Sql.columns(resource.key()).forEach(column -> all.add(alias + "." + column + direction));
            } else {
                resource.sortColumn(order.attribute()).ifPresent(column -> all.add(alias + "." + column + direction));
            }
        }
        if (!isByKey) {
            // So that no row is on two pages. In the direction of the rest, which is how indexes are made.
            var direction = !orders.isEmpty() && orders.getLast().isDescending() ? " desc" : "";
            Sql.columns(resource.key()).forEach(column -> all.add(alias + "." + column + direction));
        }
        return " order by " + String.join(", ", all);
    }

    private List<Row> stored(
            Scope scope, Resource resource, ReadView view, Question question, int offset, int limit, Resources all) {
        if (offset == 0) {
            return rows(scope, resource, view, question, limit, all);
        }
        // What a row shows besides its key is not looked up for those that are passed over.
        var ids = ids(scope, resource, view, question, offset, limit, all);
        return ids.isEmpty() ? List.of() : rows(scope, resource, view, question.these(ids), limit, all);
    }

    private List<String> ids(
            Scope scope, Resource resource, ReadView view, Question question, int offset, int limit, Resources all) {
        var sql = new Sql(scope);
        var alias = sql.alias();
        var columns = Sql.columns(resource.key());
        var statement = "select %s from %s%s%s limit %d offset %d"
                .formatted(
                        names(alias, columns),
                        sql.from(view, alias),
                        where(sql, alias, scope, resource, question, all),
                        orderBy(alias, resource, orders(resource, question)),
                        limit,
                        offset);
        return database.sql(statement)
                .params(sql.parameters())
                .query((row, number) -> Key.address(texts(row, columns)))
                .list();
    }

    private List<Row> rows(Scope scope, Resource resource, ReadView view, Question question, int limit, Resources all) {
        var sql = new Sql(scope);
        var alias = sql.alias();
        var columns = resource.columns();
        var statement = "select %s from %s%s%s limit %d"
                .formatted(
                        names(alias, columns.keySet()),
                        sql.from(view, alias),
                        where(sql, alias, scope, resource, question, all),
                        orderBy(alias, resource, orders(resource, question)),
                        limit);
        return database.sql(statement)
                .params(sql.parameters())
                .query((row, number) -> row(row, columns))
                .list();
    }

    private long count(Scope scope, Resource resource, ReadView view, Question question, long most, Resources all) {
        var sql = new Sql(scope);
        var alias = sql.alias();
        return database.sql("select count(*) from (select from %s%s limit %d) as counted"
                        .formatted(sql.from(view, alias), where(sql, alias, scope, resource, question, all), most))
                .params(sql.parameters())
                .query(Long.class)
                .single();
    }

    private static Row row(ResultSet row, Map<String, Type> columns) throws SQLException {
        var read = new Row();
        for (var column : columns.entrySet()) {
            var name = column.getKey();
            var text = row.getString(name);
            if (text != null) {
                switch (column.getValue()) {
                    case TEXT -> read.with(name, text);
                    case INTEGER -> read.with(name, row.getLong(name));
                    case BOOLEAN -> read.with(name, row.getBoolean(name));
                    case TIME -> read.with(name, Columns.instant(row, name));
                    case TEXTS -> read.with(name, Columns.texts(row, name));
                    case JSON -> read.with(name, JSON.readTree(text));
                }
            }
        }
        return read;
    }

    /** Rows of which columns hold one of these keys. */
    private List<Row> holding(
            Scope scope,
            Resource resource,
            List<String> columns,
            Key key,
            Collection<List<String>> keys,
            Optional<Question> question,
            Resources all) {
        if (keys.isEmpty()) {
            return List.of();
        }
        var asked = question.orElse(Question.ALL);
        return switch (resource.table()) {
            case Table.Empty _ -> List.of();
            case Table.Listed _ -> {
                var wanted = new LinkedHashSet<>(keys);
                yield listed(scope, resource, asked.criteria(), all).stream()
                        .filter(row -> row.all(columns).filter(wanted::contains).isPresent())
                        .sorted(InMemory.order(resource, orders(resource, asked)))
                        .toList();
            }
            case Table.Stored(var view) -> {
                var sql = new Sql(scope);
                var alias = sql.alias();
                var names = resource.columns();
                columns.forEach(column -> names.putIfAbsent(column, Type.TEXT));
                var statement = "select %s from %s%s and %s%s limit %d"
                        .formatted(
                                names(alias, names.keySet()),
                                sql.from(view, alias),
                                where(sql, alias, scope, resource, asked, all),
                                sql.among(alias, columns, key, List.copyOf(keys)),
                                orderBy(alias, resource, orders(resource, asked)),
                                MOST_RELATED + 1);
                var rows = database.sql(statement)
                        .params(sql.parameters())
                        .query((row, number) -> row(row, names))
                        .list();
                yield requireRoom(resource, rows);
            }
        };
    }

    private static List<Row> requireRoom(Resource resource, List<Row> rows) {
        if (rows.size() > MOST_RELATED) {
            throw Refusal.body(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "There are more than %d %s. Ask for %s with a filter, page by page."
                            .formatted(MOST_RELATED, resource.type(), resource.path()));
        }
        return rows;
    }

    /**
     * What some rows lead to by a relation, each by the row that leads there.
     *
     * @param question further conditions and an order; empty for all
     */
    Map<Row, List<Row>> related(
            Scope scope,
            Resource resource,
            List<Row> rows,
            Relation relation,
            Optional<Question> question,
            Resources all) {
        var target = all.named(relation.type());
        var found = linked(scope, resource, rows, relation, question, all);
        completed(
                scope,
                target,
                found.values().stream().flatMap(List::stream).distinct().toList(),
                !relation.isToMany() && rows.size() == 1);
        return found;
    }

    private Map<Row, List<Row>> linked(
            Scope scope,
            Resource resource,
            List<Row> rows,
            Relation relation,
            Optional<Question> question,
            Resources all) {
        var target = all.named(relation.type());
        var found = new LinkedHashMap<Row, List<Row>>();
        rows.forEach(row -> found.put(row, new ArrayList<>()));
        switch (relation.way()) {
            case Relation.Way.ToNobody _, Relation.Way.ToNone _ -> {
                // Nothing is there.
            }
            case Relation.Way.One(var ours) -> {
                var keys = rows.stream()
                        .flatMap(row -> row.all(ours).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                var there = byKey(
                        holding(scope, target, Sql.columns(target.key()), target.key(), keys, question, all),
                        Sql.columns(target.key()));
                found.forEach((row, its) -> row.all(ours)
                        .map(key -> there.getOrDefault(key, List.of()))
                        .ifPresent(its::addAll));
            }
            case Relation.Way.Many(var theirs) -> {
                var keys = rows.stream().map(row -> row.key(resource.key())).toList();
                var there = byKey(holding(scope, target, theirs, resource.key(), keys, question, all), theirs);
                found.forEach((row, its) -> its.addAll(there.getOrDefault(row.key(resource.key()), List.of())));
            }
            case Relation.Way.Through(var links, var ours, var theirs) -> {
                var key = resource.key().beginning(ours.size());
                var other = target.key().beginning(theirs.size());
                var keys = rows.stream().map(row -> row.key(key)).toList();
                var pairs = pairs(scope, key, new Relation.Way.Through(links, ours, theirs), keys);
                var wanted = pairs.values().stream()
                        .flatMap(List::stream)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                var there = holding(scope, target, other.columns(), other, wanted, question, all);
                found.forEach((row, its) -> {
                    var linked = new LinkedHashSet<>(pairs.getOrDefault(row.key(key), List.of()));
                    there.stream()
                            .filter(each -> linked.contains(each.key(other)))
                            .forEach(its::add);
                });
            }
        }
        return found;
    }

    private static Map<List<String>, List<Row>> byKey(List<Row> rows, List<String> columns) {
        var by = new HashMap<List<String>, List<Row>>();
        rows.forEach(row -> row.all(columns).ifPresent(key -> by.computeIfAbsent(key, none -> new ArrayList<>())
                .add(row)));
        return by;
    }

    private Map<List<String>, List<List<String>>> pairs(
            Scope scope, Key key, Relation.Way.Through way, List<List<String>> keys) {
        var pairs = new HashMap<List<String>, List<List<String>>>();
        if (keys.isEmpty()) {
            return pairs;
        }
        var sql = new Sql(scope);
        var alias = sql.alias();
        var columns = new ArrayList<>(way.ours());
        columns.addAll(way.theirs());
        database.sql("select %s from %s where %s limit %d"
                        .formatted(
                                names(alias, columns),
                                sql.from(way.links(), alias),
                                sql.among(alias, way.ours(), key, keys),
                                MOST_RELATED + 1))
                .params(sql.parameters())
                .query(row -> {
                    pairs.computeIfAbsent(texts(row, way.ours()), none -> new ArrayList<>())
                            .add(texts(row, way.theirs()));
                });
        return pairs;
    }
}
