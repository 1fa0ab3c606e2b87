package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.resources.Attribute.Origin;
import dev.gatehouse.workbench.web.api.resources.Term.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One statement that is being put together, with its parameters. Nothing that a client wrote stands in its text, but words that
 * are ours.
 */
final class Sql {

    private static final Predicate<String> WORD = Pattern.compile("[A-Z_]+").asMatchPredicate();

    private final Scope scope;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private int aliases;

    Sql(Scope scope) {
        this.scope = scope;
        parameters.put("scope", scope.parameter());
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** The statement of an index that looks for a text, see {@link Search#index}. */
    String search(String index, String text, int most) {
        return search("", index, text).replace("{most}", bind(most));
    }

    /** The condition that a text is found, see {@link Search#condition}. */
    String search(String alias, String condition, String text) {
        return condition
                .replace("{r}", alias)
                .replace("{pattern}", bind(Columns.containing(text)))
                .replace("{text}", bind(Columns.text(text)));
    }

    /** A name for the rows of a view, different from all others of this statement. */
    String alias() {
        aliases++;
        return "r" + aliases;
    }

    String from(ReadView view, String alias) {
        return "(%s) %s".formatted(view.within(scope), alias);
    }

    private String bind(Object value) {
        var name = "p" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private String array(List<String> values, String type) {
        return "%s::%s[]".formatted(bind(values.toArray(String[]::new)), type);
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    /** That columns hold one of these keys. */
    String among(String alias, List<String> columns, Key key, List<List<String>> keys) {
        var parts = key.parts();
        if (parts.size() == 1) {
            return "%s.%s = any (%s)"
                    .formatted(
                            alias,
                            columns.getFirst(),
                            array(
                                    keys.stream().map(List::getFirst).toList(),
                                    parts.getFirst().type()));
        }
        var named = columns.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
        var arrays = IntStream.range(0, parts.size())
                .mapToObj(place -> array(
                        keys.stream().map(values -> values.get(place)).toList(),
                        parts.get(place).type()))
                .collect(Collectors.joining(", "));
        return "(%s) in (select * from unnest(%s))".formatted(named, arrays);
    }

    private static String same(String left, List<String> leftColumns, String right, List<String> rightColumns) {
        return IntStream.range(0, leftColumns.size())
                .mapToObj(place ->
                        "%s.%s = %s.%s".formatted(left, leftColumns.get(place), right, rightColumns.get(place)))
                .collect(Collectors.joining(" and "));
    }

    static List<String> columns(Key key) {
        return key.parts().stream().map(Key.Part::column).toList();
    }

    /** How a statement learns which rows of a type that is in memory fit. */
    interface Elsewhere {
        List<Row> fitting(Resource resource, Criterion criterion);
    }

    /** A condition on the rows of a view. */
    String condition(String alias, Resource resource, Criterion criterion, Resources all, Elsewhere elsewhere) {
        if (criterion.path().isEmpty()) {
            return criterion
                    .attribute()
                    .map(attribute -> onAttribute(alias, attribute, criterion))
                    .orElseGet(() -> onKey(alias, columns(resource.key()), resource.key(), criterion));
        }
        var relation = criterion.path().getFirst();
        var target = all.named(relation.type());
        return switch (relation.filtered().orElseThrow()) {
            case Relation.Way.ToNobody _, Relation.Way.ToNone _ -> noneThere(criterion);
            case Relation.Way.One(var ours) ->
                criterion.isIdOfRelation()
                        ? onKey(alias, ours, target.key(), criterion)
                        : related(alias, ours, target.key(), target, columns(target.key()), criterion, all, elsewhere);
            case Relation.Way.Many(var theirs) ->
                related(alias, columns(resource.key()), resource.key(), target, theirs, criterion, all, elsewhere);
            case Relation.Way.Through(var links, var ours, var theirs) -> {
                var link = alias();
                var key = target.key().beginning(theirs.size());
                var condition = criterion.isIdOfRelation() && key.equals(target.key())
                        ? onKey(link, theirs, key, criterion)
                        : related(link, theirs, key, target, key.columns(), criterion, all, elsewhere);
                yield "exists (select from %s where %s and %s)"
                        .formatted(
                                from(links, link),
                                same(
                                        link,
                                        ours,
                                        alias,
                                        resource.key().beginning(ours.size()).columns()),
                                condition);
            }
        };
    }

    /** A relation that leads nowhere: its id is null, and nothing is known of what is there. */
    private static String noneThere(Criterion criterion) {
        var isFitting = criterion.isIdOfRelation()
                && criterion.terms().stream()
                        .allMatch(term -> term.operator() == Operator.NULL || term.operator() == Operator.NOT_EQUAL);
        return isFitting ? "true" : "false";
    }

    private String related(
            String alias,
            List<String> ours,
            Key key,
            Resource target,
            List<String> theirs,
            Criterion criterion,
            Resources all,
            Elsewhere elsewhere) {
        var behind = criterion.behindFirst();
        return switch (target.table()) {
            case Table.Empty _ -> "false";
            case Table.Listed _ -> {
                var keys = elsewhere.fitting(target, behind).stream()
                        .flatMap(row -> row.all(theirs).stream())
                        .toList();
                yield among(alias, ours, key, keys);
            }
            case Table.Stored(var view) -> {
                var there = alias();
                yield "exists (select from %s where %s and %s)"
                        .formatted(
                                from(view, there),
                                same(there, theirs, alias, ours),
                                condition(there, target, behind, all, elsewhere));
            }
        };
    }

    private String onKey(String alias, List<String> columns, Key key, Criterion criterion) {
        var conditions = new ArrayList<String>();
        var wanted = new ArrayList<String>();
        var equal = Term.values(criterion.terms(), Operator.EQUAL, Operator.EQUAL_IN_ANY_CASE);
        var first = alias + "." + columns.getFirst();
        if (!equal.isEmpty()) {
            wanted.add(among(alias, columns, key, read(key, equal)));
        }
        for (var term : criterion.terms()) {
            switch (term.operator()) {
                case NULL -> wanted.add(first + " is null");
                case CONTAINS -> wanted.add("%s::text ilike %s".formatted(last(alias, columns), contains(term)));
                case STARTS_WITH -> wanted.add("%s::text ilike %s".formatted(first, startsWith(term)));
                case NOT_NULL -> conditions.add(first + " is not null");
                case GREATER, LESS, AT_LEAST, AT_MOST -> conditions.add(bound(first, key, term));
                case EQUAL, EQUAL_IN_ANY_CASE, NOT_EQUAL -> {
                    // Together, before and after.
                }
            }
        }
        var unequal = Term.values(criterion.terms(), Operator.NOT_EQUAL);
        if (!unequal.isEmpty()) {
            conditions.add("(%s) is not true".formatted(among(alias, columns, key, read(key, unequal))));
        }
        return together(wanted, conditions);
    }

    private String bound(String column, Key key, Term term) {
        return key.read(term.value())
                .filter(values -> values.size() == 1)
                .map(values -> "%s %s %s::%s"
                        .formatted(
                                column,
                                sign(term.operator()),
                                bind(values.getFirst()),
                                key.parts().getFirst().type()))
                .orElse("false");
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case GREATER -> ">";
            case LESS -> "<";
            case AT_LEAST -> ">=";
            case AT_MOST -> "<=";
            case EQUAL, EQUAL_IN_ANY_CASE, CONTAINS, STARTS_WITH, NOT_EQUAL, NULL, NOT_NULL ->
                throw new IllegalArgumentException(operator + " is no bound");
        };
    }

    private static String last(String alias, List<String> columns) {
        return alias + "." + columns.getLast();
    }

    /** Ids that nothing can have lead nowhere, as those do that nothing has. */
    private static List<List<String>> read(Key key, List<String> ids) {
        return ids.stream().flatMap(id -> key.read(id).stream()).toList();
    }

    private static String together(List<String> alternatives, List<String> conditions) {
        var both = new ArrayList<String>();
        if (!alternatives.isEmpty()) {
            both.add("(" + String.join(" or ", alternatives) + ")");
        }
        both.addAll(conditions);
        return "(" + all(both) + ")";
    }

    private String contains(Term term) {
        return bind(Columns.containing(term.value()));
    }

    private String startsWith(Term term) {
        return bind(Columns.containing(term.value()).substring(1));
    }

    private String onAttribute(String alias, Attribute attribute, Criterion criterion) {
        var operand = operand(alias, attribute);
        var alternatives = new ArrayList<String>();
        var conditions = new ArrayList<String>();
        var equal = Term.values(criterion.terms(), Operator.EQUAL);
        var unequal = Term.values(criterion.terms(), Operator.NOT_EQUAL);
        if (!equal.isEmpty()) {
            alternatives.add(equal(operand, attribute, criterion, equal));
        }
        if (!unequal.isEmpty()) {
            conditions.add("(%s) is not true".formatted(equal(operand, attribute, criterion, unequal)));
        }
        for (var term : criterion.terms()) {
            switch (term.operator()) {
                case NULL -> alternatives.add(isNull(operand, attribute));
                case NOT_NULL -> conditions.add("not (" + isNull(operand, attribute) + ")");
                case CONTAINS -> alternatives.add(like(operand, attribute, contains(term)));
                case STARTS_WITH -> alternatives.add(like(operand, attribute, startsWith(term)));
                case EQUAL_IN_ANY_CASE -> alternatives.add(like(operand, attribute, same(term)));
                case GREATER, LESS, AT_LEAST, AT_MOST -> conditions.add(bound(operand, attribute, criterion, term));
                case EQUAL, NOT_EQUAL -> {
                    // Together, before.
                }
            }
        }
        return together(alternatives, conditions);
    }

    private String same(Term term) {
        var pattern = Columns.containing(term.value());
        return bind(pattern.substring(1, pattern.length() - 1));
    }

    private String operand(String alias, Attribute attribute) {
        return switch (attribute.origin()) {
            case Origin.Column(var column) -> alias + "." + column;
            case Origin.Always(Optional<Object> value) ->
                value.map(Object::toString)
                        .map(text -> "%s::%s".formatted(bind(text), castOf(attribute)))
                        .orElse("null::" + castOf(attribute));
            case Origin.Computed _, Origin.Never _ ->
                throw new IllegalStateException("Nothing can be filtered by " + attribute.name());
        };
    }

    private static String castOf(Attribute attribute) {
        return attribute.type() == Type.TEXTS ? "text[]" : attribute.type().sql();
    }

    private static String isNull(String operand, Attribute attribute) {
        return attribute.type() == Type.TEXTS
                ? "coalesce(cardinality(%s), 0) = 0".formatted(operand)
                : operand + " is null";
    }

    private static String like(String operand, Attribute attribute, String pattern) {
        return attribute.type() == Type.TEXTS
                ? "exists (select from unnest(%s) as e (value) where e.value ilike %s)".formatted(operand, pattern)
                : "%s::text ilike %s".formatted(operand, pattern);
    }

    /**
     * Words of ours, such as {@code OPEN}, stand in the statement: PostgreSQL takes an index of the few open alerts only where it
     * knows when it plans that these are asked for. Empty when a value is none of the attribute's choices.
     */
    private static Optional<String> choices(Attribute attribute, List<String> values) {
        return attribute.choices().containsAll(values) && values.stream().allMatch(WORD)
                ? Optional.of("'{%s}'::text[]".formatted(String.join(",", values)))
                : Optional.empty();
    }

    private String equal(String operand, Attribute attribute, Criterion criterion, List<String> values) {
        var type = attribute.type();
        var read =
                values.stream().map(value -> Values.sql(criterion, type, value)).toList();
        return switch (type) {
            case TEXTS -> "%s && %s".formatted(operand, array(read, "text"));
            case TIME ->
                read.stream()
                        .map(value -> "(%s >= %s::timestamptz and %s < %s::timestamptz + interval '1 millisecond')"
                                .formatted(operand, bind(value), operand, bind(value)))
                        .collect(Collectors.joining(" or "));
            case TEXT, INTEGER, BOOLEAN, JSON ->
                "%s = any (%s)".formatted(operand, choices(attribute, read).orElseGet(() -> array(read, type.sql())));
        };
    }

    /** Documents show times to the millisecond, so that one is at or behind that until the next millisecond. */
    private String bound(String operand, Attribute attribute, Criterion criterion, Term term) {
        var value = bind(Values.sql(criterion, attribute.type(), term.value()));
        if (attribute.type() == Type.TEXTS) {
            return "exists (select from unnest(%s) as e (value) where e.value %s %s::text)"
                    .formatted(operand, sign(term.operator()), value);
        }
        if (attribute.type() != Type.TIME) {
            return "%s %s %s::%s"
                    .formatted(
                            operand,
                            sign(term.operator()),
                            value,
                            attribute.type().sql());
        }
        return switch (term.operator()) {
            case GREATER -> "%s >= %s::timestamptz + interval '1 millisecond'".formatted(operand, value);
            case AT_MOST -> "%s < %s::timestamptz + interval '1 millisecond'".formatted(operand, value);
            default -> "%s %s %s::timestamptz".formatted(operand, sign(term.operator()), value);
        };
    }
}
