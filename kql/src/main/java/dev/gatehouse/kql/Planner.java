package dev.gatehouse.kql;

import dev.gatehouse.kql.Pipeline.Source;
import dev.gatehouse.kql.Pipeline.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes relations of pipelines: finds the tables, checks the columns, and lays operator upon operator. Names and types are
 * checked before the first row is read.
 */
final class Planner {

    /** Stands for a row's number until the rows come. */
    private static final Scalar NUMBER = new Scalar(Table.Type.LONG, false, row -> 0L);

    /** How deep expressions and queries may lie within each other; each level takes a handful of stack frames. */
    private static final int DEEPEST = 400;

    private static final int MOST_OPERATORS = 300;
    private static final int MOST_EXPRESSIONS = 200_000;
    private static final int MOST_VARYING_NAMES = 50;

    private final TableSource tables;
    private final Budget budget;
    private final Patterns patterns;
    private final Operators operators;
    private final Functions functions;
    private int depth;
    private int expressions;
    private int expressionsTaken;
    private int operatorCount;
    private int varyingNames;

    Planner(TableSource tables, Instant now, Budget budget) {
        this.tables = tables;
        this.budget = budget;
        this.patterns = new Patterns(budget);
        this.operators = new Operators(budget, patterns);
        this.functions = new Functions(now, budget, patterns);
    }

    Budget budget() {
        return budget;
    }

    Operators operators() {
        return operators;
    }

    Functions functions() {
        return functions;
    }

    /** Called on the way into each expression, so that neither depth nor size can get out of hand. */
    void descend() {
        depth++;
        expressions++;
        if (depth > DEEPEST || expressions > MOST_EXPRESSIONS) {
            throw tooComplex();
        }
    }

    void ascend() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /** After trouble that somebody caught on purpose. */
    void ascendTo(int earlierDepth) {
        depth = earlierDepth;
    }

    static KqlException tooComplex() {
        return KqlException.semantic("The query is too complex for this simulator.");
    }

    /** How many expressions were bound since the last call: what one row costs the operator that asks. */
    int takeCost() {
        int cost = expressions - expressionsTaken;
        expressionsTaken = expressions;
        return cost;
    }

    // Statements

    Relation plan(List<Statement> statements) {
        Bound bound = bindLets(statements, Scope.EMPTY);
        return table(bound.query(), bound.scope());
    }

    /** The last statement of a query or function, and the names that it may use. */
    private record Bound(Expression query, Scope scope) {}

    private Bound bindLets(List<Statement> statements, Scope outer) {
        Scope scope = outer;
        for (Statement statement : statements) {
            budget.spend(4L * scope.bindings().size());
            switch (statement) {
                case Statement.Let let -> scope = scope.with(let.name(), bound(let.value(), scope));
                case Statement.LetFunction function ->
                    scope = scope.with(
                            function.name(),
                            new Scope.Binding.OfFunction(function.parameters(), function.body(), scope));
                case Statement.Ask ask -> {
                    return new Bound(ask.query(), scope);
                }
            }
        }
        throw KqlException.semantic("A query has to follow the let statements");
    }

    private Scope.Binding bound(Expression value, Scope scope) {
        Optional<Relation> table = tableIfAny(value, scope, List.of());
        if (table.isPresent()) {
            return new Scope.Binding.OfTable(table.get());
        }
        if (value instanceof Expression.Name name && !(scope.find(name.text()) instanceof Scope.Binding.OfScalar)) {
            throw unresolvedTable(name.text());
        }
        return scalarBinding(new Binder(this, scope, List.of()).bind(value));
    }

    /** A value that differs from row to row is worked out at each use, so each use counts. */
    private Scope.Binding scalarBinding(Scalar scalar) {
        if (scalar.constant()) {
            return new Scope.Binding.OfScalar(scalar);
        }
        varyingNames++;
        if (varyingNames > MOST_VARYING_NAMES) {
            throw tooComplex();
        }
        return new Scope.Binding.OfScalar(new Scalar(scalar.type(), false, row -> {
            budget.spend(1);
            return scalar.of(row);
        }));
    }

    private Scope withArguments(Scope.Binding.OfFunction function, Expression.Call call, Scope caller, Binder binder) {
        if (function.parameters().size() != call.arguments().size()) {
            throw KqlException.semantic("The function '%s' expects %d arguments, but got %d."
                    .formatted(
                            call.name(),
                            function.parameters().size(),
                            call.arguments().size()));
        }
        Scope scope = function.scope();
        for (int i = 0; i < function.parameters().size(); i++) {
            Statement.Parameter parameter = function.parameters().get(i);
            Expression argument = call.arguments().get(i);
            scope = scope.with(
                    parameter.name(),
                    parameter.type().isEmpty()
                            ? new Scope.Binding.OfTable(table(argument, caller))
                            : scalarBinding(binder.bind(argument)));
        }
        return scope;
    }

    /** A call of a function that gives a value. */
    Scalar callScalar(Expression.Call call, Scope.Binding.OfFunction function, Scope caller, Binder binder) {
        Bound bound = bindLets(function.body(), withArguments(function, call, caller, binder));
        return new Binder(this, bound.scope(), List.of()).bind(bound.query());
    }

    // Sources

    /** The table that an expression stands for. */
    Relation table(Expression expression, Scope scope) {
        Optional<Relation> table = tableIfAny(expression, scope, List.of());
        if (table.isPresent()) {
            return table.get();
        }
        if (expression instanceof Expression.Name name) {
            throw unresolvedTable(name.text());
        }
        if (expression instanceof Expression.Call call && !Functions.isKnown(call.name())) {
            throw KqlException.semantic(
                    "The function '%s' that gives a table is not supported by this simulator.".formatted(call.name()));
        }
        throw KqlException.semantic("A table is expected, but this is a value");
    }

    private static KqlException unresolvedTable(String name) {
        return KqlException.semantic(
                "Failed to resolve table or column expression named '%s'. Fix semantic errors in your query."
                        .formatted(name));
    }

    /** Empty when the expression stands for a value; columns hide tables of the same name. */
    Optional<Relation> tableIfAny(Expression expression, Scope scope, List<Table.Column> columns) {
        return switch (expression) {
            case Expression.Subquery subquery -> Optional.of(pipeline(subquery.pipeline(), scope));
            case Expression.Name name -> {
                boolean isColumn =
                        columns.stream().anyMatch(column -> column.name().equals(name.text()));
                yield isColumn ? Optional.empty() : named(name.text(), scope);
            }
            case Expression.Call call -> called(call, scope);
            default -> Optional.empty();
        };
    }

    private Optional<Relation> named(String name, Scope scope) {
        return switch (scope.find(name)) {
            case Scope.Binding.OfTable table -> Optional.of(table.relation());
            case Scope.Binding.OfScalar _ -> Optional.empty();
            case Scope.Binding.OfFunction function
            when function.parameters().isEmpty() -> called(new Expression.Call(name, List.of()), scope);
            case Scope.Binding.OfFunction _ -> Optional.empty();
            case null -> tables.table(name).map(this::scan);
        };
    }

    private Optional<Relation> called(Expression.Call call, Scope scope) {
        if (scope.find(call.name()) instanceof Scope.Binding.OfFunction function) {
            descend();
            Bound bound =
                    bindLets(function.body(), withArguments(function, call, scope, new Binder(this, scope, List.of())));
            Optional<Relation> table = tableIfAny(bound.query(), bound.scope(), List.of());
            ascend();
            return table;
        }
        if (call.name().equals("materialize") && call.arguments().size() == 1) {
            return Optional.of(materialized(table(call.arguments().getFirst(), scope)));
        }
        if (call.name().equals("table")
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expression.Literal literal) {
            return Optional.of(table(new Expression.Name(Values.text(literal.value())), scope));
        }
        return Optional.empty();
    }

    private Relation scan(Table table) {
        List<Table.Column> columns = List.copyOf(table.columns());
        return new Relation(columns, sink -> {
            budget.spend(1);
            for (Map<String, @Nullable Object> cells : table.rows()) {
                budget.spend(1);
                if (!sink.take(new Row.Stored(cells, columns))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Worked out at the first use and kept. */
    private Relation materialized(Relation relation) {
        var kept = new Object() {
            @Nullable
            List<Row> rows;
        };
        return relation.with(sink -> {
            List<Row> rows = kept.rows == null ? collected(relation) : kept.rows;
            kept.rows = rows;
            return feed(rows, sink);
        });
    }

    private List<Row> collected(Relation relation) {
        List<Row> rows = new ArrayList<>();
        relation.rows().feed(row -> {
            budget.spend(1);
            budget.hold(8 + row.weight());
            return rows.add(row);
        });
        return rows;
    }

    private boolean feed(List<Row> rows, Relation.Sink sink) {
        budget.spend(1);
        for (Row row : rows) {
            budget.spend(1);
            if (!sink.take(row)) {
                return false;
            }
        }
        return true;
    }

    /** What {@code toscalar()} makes of a table; null when it has no rows. */
    Scalar firstCell(Relation relation) {
        Scalar first = Scalar.column(0, firstColumnType(relation));
        var found = new Object() {
            @Nullable
            Object value;
        };
        relation.rows().feed(row -> {
            found.value = first.of(row);
            return false;
        });
        return Scalar.constant(first.type(), found.value);
    }

    private static Table.Type firstColumnType(Relation relation) {
        if (relation.columns().isEmpty()) {
            throw KqlException.semantic("A table without columns cannot stand for a value");
        }
        return relation.columns().getFirst().type();
    }

    /** The values that {@code in (table)} compares with. */
    List<Object> firstColumn(Relation relation) {
        Scalar first = Scalar.column(0, firstColumnType(relation));
        List<Object> values = new ArrayList<>();
        relation.rows().feed(row -> {
            @Nullable Object value = Values.plain(first.of(row));
            if (value != null) {
                budget.hold(16 + Values.weight(value));
                values.add(value);
            }
            return true;
        });
        return values;
    }

    private Relation pipeline(Pipeline pipeline, Scope scope) {
        descend();
        Relation relation;
        try {
            relation = source(pipeline.source(), scope);
        } catch (KqlException trouble) {
            // Microsoft names the operator that would have read the table.
            throw pipeline.steps().isEmpty()
                    ? trouble
                    : trouble.inside(pipeline.steps().getFirst().name());
        }
        for (Step step : pipeline.steps()) {
            operatorCount++;
            if (operatorCount > MOST_OPERATORS) {
                throw tooComplex();
            }
            try {
                relation = step(step, relation, scope);
            } catch (KqlException trouble) {
                throw trouble.inside(step.name());
            }
        }
        ascend();
        return relation;
    }

    private Relation source(Source source, Scope scope) {
        return switch (source) {
            case Source.From from -> table(from.expression(), scope);
            case Source.Datatable datatable -> datatable(datatable, scope);
            case Source.Print print -> located("print", () -> print(print, scope));
            case Source.Range range -> located("range", () -> range(range, scope));
            case Source.Together together ->
                located("union", () -> new Union(this, scope).of(Optional.empty(), together.union()));
            case Source.SearchIn search ->
                located("search", () -> {
                    Relation all = new Union(this, scope)
                            .of(
                                    Optional.empty(),
                                    new Step.Union("search", false, false, Optional.of("$table"), search.tables()));
                    return where(searching(search.predicate(), all.columns()), all, scope);
                });
        };
    }

    private static Relation located(String operator, Supplier<Relation> relation) {
        try {
            return relation.get();
        } catch (KqlException trouble) {
            throw trouble.inside(operator);
        }
    }

    private Relation datatable(Source.Datatable datatable, Scope scope) {
        int width = datatable.columns().size();
        if (datatable.cells().size() % width != 0) {
            throw KqlException.semantic("'datatable' operator: %d values do not fill rows of %d columns"
                    .formatted(datatable.cells().size(), width));
        }
        List<Row> rows = new ArrayList<>();
        var binder = new Binder(this, scope, List.of());
        for (int start = 0; start < datatable.cells().size(); start += width) {
            @Nullable Object[] cells = new @Nullable Object[width];
            for (int i = 0; i < width; i++) {
                Scalar cell = binder.bind(datatable.cells().get(start + i));
                Table.Type type = datatable.columns().get(i).type();
                @Nullable Object value = cell.of(Row.Cells.NONE);
                cells[i] = cell.type() == type ? value : Values.convert(value, type);
            }
            rows.add(new Row.Cells(cells));
        }
        return new Relation(datatable.columns(), sink -> feed(rows, sink));
    }

    private Relation print(Source.Print print, Scope scope) {
        var binder = new Binder(this, scope, List.of());
        List<Table.Column> columns = new ArrayList<>();
        @Nullable Object[] cells = new @Nullable Object[print.values().size()];
        for (int i = 0; i < cells.length; i++) {
            Scalar value = binder.bind(print.values().get(i).expression());
            String name = print.values().get(i).name().orElse("print_" + i);
            columns.add(new Table.Column(Names.unused(columns, name, false), value.type()));
            cells[i] = value.of(Row.Cells.NONE);
        }
        return new Relation(columns, sink -> {
            budget.spend(1);
            return sink.take(new Row.Cells(cells));
        });
    }

    private Relation range(Source.Range range, Scope scope) {
        var binder = new Binder(this, scope, List.of());
        Scalar from = binder.bind(range.from());
        Scalar to = binder.bind(range.to());
        Scalar step = binder.bind(range.step());
        Scalar next = operators.binary("+", Scalar.column(0, from.type()), step);
        Scalar inside = operators.binary("<=", Scalar.column(0, from.type()), to);
        @Nullable Object outcome = step.of(Row.Cells.NONE);
        boolean rising = outcome instanceof Duration span
                ? span.isPositive()
                : outcome instanceof Number number && number.doubleValue() > 0;
        if (!rising) {
            throw KqlException.semantic("The step must be greater than zero");
        }
        return new Relation(List.of(new Table.Column(range.column(), next.type())), sink -> {
            Row row = new Row.Cells(new @Nullable Object[] {from.of(Row.Cells.NONE)});
            while (Boolean.TRUE.equals(inside.of(row))) {
                budget.spend(3);
                if (!sink.take(row)) {
                    return false;
                }
                row = new Row.Cells(new @Nullable Object[] {next.of(row)});
            }
            return true;
        });
    }

    // Operators

    private Relation step(Step step, Relation input, Scope scope) {
        return switch (step) {
            case Step.Where where -> where(where.predicate(), input, scope);
            case Step.Project project -> project(project.columns(), input, scope);
            case Step.Extend extend -> extend(extend.columns(), input, scope);
            case Step.Choose choose -> choose(choose, input);
            case Step.Rename rename -> rename(rename.columns(), input);
            case Step.Summarize summarize -> new Summary(this, scope, input).of(summarize);
            case Step.Count _ -> count(input);
            case Step.Order order -> order(order.orderings(), input, scope, Long.MAX_VALUE);
            case Step.Top top -> {
                long rows = new Binder(this, scope, List.of()).number(top.rows());
                yield take(rows, order(top.orderings(), input, scope, rows));
            }
            case Step.Take take -> take(new Binder(this, scope, List.of()).number(take.rows()), input);
            case Step.Distinct distinct -> distinct(distinct, input, scope);
            case Step.Join join -> new Join(this).of(join, input, table(join.right(), scope));
            case Step.Union union -> new Union(this, scope).of(Optional.of(input), union);
            case Step.Expand expand -> new Expand(this, scope).of(expand, input);
            case Step.Search search -> where(searching(search.predicate(), input.columns()), input, scope);
            case Step.Parse parse -> parse(parse, input, scope);
            case Step.Schema _ -> schema(input);
            case Step.Unchanged _ -> input;
        };
    }

    private Relation where(Expression predicate, Relation input, Scope scope) {
        Scalar condition = new Binder(this, scope, input.columns()).condition(predicate);
        long cost = takeCost();
        return input.with(sink -> input.rows().feed(row -> {
            budget.spend(cost);
            return !Boolean.TRUE.equals(Operators.truth(condition.of(row))) || sink.take(row);
        }));
    }

    /** In a search a text alone asks whether any column has it as a term. */
    private static Expression searching(Expression predicate, List<Table.Column> columns) {
        return switch (predicate) {
            case Expression.Literal(Table.Type type, Object _)
            when type == Table.Type.STRING -> {
                List<Expression> anywhere = new ArrayList<>();
                for (Table.Column column : columns) {
                    anywhere.add(new Expression.Binary("has", new Expression.Name(column.name()), predicate));
                }
                yield new Expression.Or(anywhere);
            }
            case Expression.And and ->
                new Expression.And(and.operands().stream()
                        .map(operand -> searching(operand, columns))
                        .toList());
            case Expression.Or or ->
                new Expression.Or(or.operands().stream()
                        .map(operand -> searching(operand, columns))
                        .toList());
            case Expression.Call call
            when call.name().equals("not") ->
                new Expression.Call(
                        "not",
                        call.arguments().stream()
                                .map(operand -> searching(operand, columns))
                                .toList());
            default -> predicate;
        };
    }

    private Relation project(List<Expression.Named> wanted, Relation input, Scope scope) {
        var binder = new Binder(this, scope, input.columns());
        List<Table.Column> columns = new ArrayList<>();
        List<Scalar> values = new ArrayList<>();
        for (Expression.Named named : wanted) {
            Scalar value = binder.bind(named.expression());
            columns.add(new Table.Column(newName(columns, named), value.type()));
            values.add(value);
        }
        return new Relation(columns, computed(values, input));
    }

    private String newName(List<Table.Column> taken, Expression.Named named) {
        budget.spend(taken.size());
        requireOneName(named);
        Optional<String> name = named.name().or(() -> Binder.nameOf(named.expression()));
        return Names.unused(taken, name.orElse("Column"), name.isEmpty());
    }

    private static void requireOneName(Expression.Named named) {
        if (named.names().size() > 1) {
            throw KqlException.semantic("The expression does not have multiple values.");
        }
    }

    private Relation.Rows computed(List<Scalar> values, Relation input) {
        long cost = 1L + takeCost();
        return sink -> input.rows().feed(row -> {
            budget.spend(cost);
            return sink.take(cells(values, row));
        });
    }

    private static Row.Cells cells(List<Scalar> values, Row row) {
        @Nullable Object[] cells = new @Nullable Object[values.size()];
        Arrays.setAll(cells, i -> values.get(i).of(row));
        return new Row.Cells(cells);
    }

    private Relation extend(List<Expression.Named> wanted, Relation input, Scope scope) {
        var binder = new Binder(this, scope, input.columns());
        List<String> names = new ArrayList<>();
        List<Scalar> values = new ArrayList<>();
        var numbered = new BitSet();
        List<Table.Column> added = new ArrayList<>(input.columns());
        for (Expression.Named named : wanted) {
            budget.spend(added.size());
            requireOneName(named);
            if (isRowNumber(named.expression())) {
                numbered.set(values.size());
            }
            Scalar value = isRowNumber(named.expression()) ? NUMBER : binder.bind(named.expression());
            String name = named.name()
                    .or(() -> Binder.nameOf(named.expression()))
                    .orElseGet(() -> Names.unused(added, "Column", true));
            added.add(new Table.Column(name, value.type()));
            names.add(name);
            values.add(value);
        }
        return beside(
                input, names, values.stream().map(Scalar::type).toList(), computedBeside(values, numbered, input));
    }

    /** {@code row_number()} stands alone in {@code extend}: it is no value of a row, but of its place among the others. */
    private static boolean isRowNumber(Expression expression) {
        return expression instanceof Expression.Call(var name, var arguments)
                && name.equals("row_number")
                && arguments.isEmpty();
    }

    /** @param numbered which of the values are the row's number */
    private Relation.Rows computedBeside(List<Scalar> values, BitSet numbered, Relation input) {
        long cost = 1L + takeCost();
        int width = input.columns().size();
        return sink -> {
            var rows = new AtomicLong();
            return input.rows().feed(row -> {
                budget.spend(cost);
                var cells = cells(values, row);
                long number = rows.incrementAndGet();
                numbered.stream().forEach(at -> cells.values()[at] = number);
                return sink.take(new Row.Joined(row, width, cells));
            });
        };
    }

    /**
     * The input's columns, of which some are replaced by new ones of the same name, and then the other new ones.
     *
     * @param rows the cells of the input and then the new ones
     */
    static Relation beside(Relation input, List<String> names, List<Table.Type> types, Relation.Rows rows) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        int width = input.columns().size();
        List<Table.Column> columns = new ArrayList<>();
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Table.Column column = input.columns().get(i);
            @Nullable Integer place = places.remove(column.name());
            columns.add(place == null ? column : new Table.Column(column.name(), types.get(place)));
            picks.add(place == null ? i : width + place);
        }
        places.forEach((name, place) -> {
            columns.add(new Table.Column(name, types.get(place)));
            picks.add(width + place);
        });
        int[] chosen = picks.stream().mapToInt(Integer::intValue).toArray();
        return new Relation(columns, picked(rows, chosen));
    }

    private static Relation.Rows picked(Relation.Rows rows, int[] picks) {
        return sink -> rows.feed(row -> sink.take(new Row.Picked(row, picks)));
    }

    private Relation choose(Step.Choose choose, Relation input) {
        Set<Integer> named = new LinkedHashSet<>();
        for (String pattern : choose.patterns()) {
            named.addAll(matching(pattern, input));
        }
        List<Integer> chosen = new ArrayList<>();
        if (choose.name().equals("project-reorder")) {
            chosen.addAll(named);
        }
        for (int i = 0; i < input.columns().size(); i++) {
            boolean wanted = choose.name().equals("project-keep") == named.contains(i);
            if (wanted) {
                chosen.add(i);
            }
        }
        List<Table.Column> columns = chosen.stream().map(input.columns()::get).toList();
        return new Relation(
                columns,
                picked(input.rows(), chosen.stream().mapToInt(Integer::intValue).toArray()));
    }

    private List<Integer> matching(String pattern, Relation input) {
        budget.spend(input.columns().size());
        List<Integer> found = new ArrayList<>();
        if (!pattern.contains("*")) {
            found.add(position(pattern, input));
            return found;
        }
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
        for (int i = 0; i < input.columns().size(); i++) {
            if (patterns.match("\\A" + regex + "\\z", input.columns().get(i).name())
                    .find()) {
                found.add(i);
            }
        }
        return found;
    }

    private static int position(String column, Relation input) {
        OptionalInt position = input.position(column);
        if (position.isEmpty()) {
            throw KqlException.semantic("Failed to resolve scalar expression named '" + column + "'");
        }
        return position.getAsInt();
    }

    private static Relation rename(List<Expression.Named> renames, Relation input) {
        List<Table.Column> columns = new ArrayList<>(input.columns());
        for (Expression.Named rename : renames) {
            if (!(rename.expression() instanceof Expression.Name old)
                    || rename.names().size() != 1) {
                throw KqlException.semantic("Column rename assignment expected.");
            }
            int position = position(old.text(), input);
            columns.set(
                    position,
                    new Table.Column(
                            rename.names().getFirst(), columns.get(position).type()));
        }
        if (columns.stream().map(Table.Column::name).distinct().count() < columns.size()) {
            throw KqlException.semantic("Two columns would have the same name");
        }
        return new Relation(columns, input.rows());
    }

    private static Relation count(Relation input) {
        return new Relation(List.of(new Table.Column("Count", Table.Type.LONG)), sink -> {
            long[] count = {0};
            input.rows().feed(_ -> {
                count[0]++;
                return true;
            });
            return sink.take(new Row.Cells(new @Nullable Object[] {count[0]}));
        });
    }

    private Relation take(long rows, Relation input) {
        return input.with(sink -> {
            long[] left = {rows};
            boolean[] wantsMore = {true};
            if (rows > 0) {
                input.rows().feed(row -> {
                    left[0]--;
                    wantsMore[0] = sink.take(row);
                    return wantsMore[0] && left[0] > 0;
                });
            }
            return wantsMore[0];
        });
    }

    /** A row with what it is sorted by. */
    private record Sortable(Row row, List<@Nullable Object> keys) {}

    private Relation order(List<Expression.Ordering> orderings, Relation input, Scope scope, long atMost) {
        var binder = new Binder(this, scope, input.columns());
        List<Scalar> keys = new ArrayList<>();
        for (Expression.Ordering ordering : orderings) {
            Scalar key = binder.bind(ordering.expression());
            if (key.type() == Table.Type.DYNAMIC) {
                throw KqlException.semantic(
                        "Sort key can't be of dynamic type; use an explicit cast such as tostring()");
            }
            keys.add(key);
        }
        long cost = 1L + takeCost();
        return input.with(sink -> {
            List<Sortable> rows = new ArrayList<>();
            input.rows().feed(row -> {
                budget.spend(cost);
                budget.hold(64 + row.weight());
                List<@Nullable Object> values = new ArrayList<>(keys.size());
                for (Scalar key : keys) {
                    values.add(key.of(row));
                }
                return rows.add(new Sortable(row, values));
            });
            budget.spend(rows.size() * (long) orderings.size());
            rows.sort((left, right) -> compare(left.keys(), right.keys(), orderings));
            long left = atMost;
            for (Sortable sorted : rows) {
                if (left-- <= 0) {
                    return true;
                }
                if (!sink.take(sorted.row())) {
                    return false;
                }
            }
            return true;
        });
    }

    private static int compare(
            List<@Nullable Object> left, List<@Nullable Object> right, List<Expression.Ordering> orderings) {
        for (int i = 0; i < orderings.size(); i++) {
            Expression.Ordering ordering = orderings.get(i);
            @Nullable Object first = left.get(i);
            @Nullable Object second = right.get(i);
            int order;
            if (first == null || second == null) {
                int nullLast = Boolean.compare(first == null, second == null);
                order = ordering.nullsFirst() ? -nullLast : nullLast;
            } else {
                int size = Values.compare(first, second);
                order = ordering.descending() ? -size : size;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private Relation distinct(Step.Distinct distinct, Relation input, Scope scope) {
        boolean all =
                distinct.columns().size() == 1 && distinct.columns().getFirst().expression() instanceof Expression.Star;
        List<Expression.Named> wanted = all
                ? input.columns().stream()
                        .map(column -> new Expression.Named(List.of(), new Expression.Name(column.name())))
                        .toList()
                : distinct.columns();
        Relation projected = project(wanted, input, scope);
        return projected.with(sink -> {
            Set<List<@Nullable Object>> seen = new HashSet<>();
            return projected.rows().feed(row -> {
                List<@Nullable Object> cells = new ArrayList<>(wanted.size());
                for (int i = 0; i < wanted.size(); i++) {
                    cells.add(row.at(i));
                }
                if (!seen.add(cells)) {
                    return true;
                }
                budget.hold(64 + row.weight());
                return sink.take(row);
            });
        });
    }

    private Relation parse(Step.Parse parse, Relation input, Scope scope) {
        Scalar subject = new Binder(this, scope, input.columns()).bind(parse.subject());
        var regex = new StringBuilder("(?s)\\A");
        List<String> names = new ArrayList<>();
        List<Table.Type> types = new ArrayList<>();
        for (int i = 0; i < parse.parts().size(); i++) {
            boolean last = i == parse.parts().size() - 1;
            switch (parse.parts().get(i)) {
                case Step.Part.Anything _ -> regex.append(last ? ".*" : ".*?");
                case Step.Part.Text text -> regex.append(Pattern.quote(text.text()));
                case Step.Part.Capture capture -> {
                    regex.append(last ? "(.*)" : "(.*?)");
                    names.add(capture.column());
                    types.add(capture.type());
                }
            }
        }
        long cost = 2L + takeCost();
        int width = input.columns().size();
        return beside(input, names, types, sink -> input.rows().feed(row -> {
            budget.spend(cost);
            Patterns.Match match = patterns.match(regex.toString(), Values.text(subject.of(row)));
            boolean found = match.find();
            if (!found && parse.filtering()) {
                return true;
            }
            @Nullable Object[] cells = new @Nullable Object[types.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = found ? Values.convert(match.group(i + 1), types.get(i)) : null;
            }
            return sink.take(new Row.Joined(row, width, new Row.Cells(cells)));
        }));
    }

    private static Relation schema(Relation input) {
        List<Table.Column> columns = List.of(
                new Table.Column("ColumnName", Table.Type.STRING),
                new Table.Column("ColumnOrdinal", Table.Type.INT),
                new Table.Column("DataType", Table.Type.STRING),
                new Table.Column("ColumnType", Table.Type.STRING));
        return new Relation(columns, sink -> {
            for (int i = 0; i < input.columns().size(); i++) {
                Table.Column column = input.columns().get(i);
                Row row = new Row.Cells(new @Nullable Object[] {
                    column.name(), (long) i, "System." + column.type().graphName(), Values.name(column.type())
                });
                if (!sink.take(row)) {
                    return false;
                }
            }
            return true;
        });
    }
}
