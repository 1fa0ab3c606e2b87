package dev.gatehouse.kql;

import dev.gatehouse.kql.Aggregates.Aggregate;
import dev.gatehouse.kql.Aggregates.Gathering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code summarize} operator. Rows fall into groups by their keys; each group gathers what the aggregates need; at the
 * end each group makes one row, in which expressions around aggregates ({@code round(avg(Port), 1)}) are worked out.
 */
final class Summary {

    private final Planner planner;
    private final Scope scope;
    private final Relation input;
    private final Binder rows;
    private final List<Table.Column> columns = new ArrayList<>();
    private final List<Scalar> keys = new ArrayList<>();

    /** One value of a group each; columns are made of them. */
    private final List<Aggregate> slots = new ArrayList<>();

    private final List<Scalar> results = new ArrayList<>();

    Summary(Planner planner, Scope scope, Relation input) {
        this.planner = planner;
        this.scope = scope;
        this.input = input;
        this.rows = new Binder(planner, scope, input.columns());
    }

    Relation of(Pipeline.Step.Summarize summarize) {
        for (Expression.Named key : summarize.keys()) {
            addKey(key);
        }
        for (Expression.Named aggregate : summarize.aggregates()) {
            addAggregate(aggregate);
        }
        boolean keyed = !keys.isEmpty();
        long cost = 1L + planner.takeCost();
        return new Relation(columns, sink -> {
            Map<List<@Nullable Object>, List<Gathering>> groups = gathered(cost);
            if (groups.isEmpty() && !keyed) {
                groups.put(List.of(), start());
            }
            for (var group : groups.entrySet()) {
                planner.budget().spend(1);
                if (!sink.take(row(group.getKey(), group.getValue()))) {
                    return false;
                }
            }
            return true;
        });
    }

    private void addKey(Expression.Named key) {
        Scalar scalar = rows.bind(key.expression());
        String name = key.name().or(() -> Binder.nameOf(key.expression())).orElse("Column");
        if (scalar.type() == Table.Type.DYNAMIC) {
            throw KqlException.semantic(
                    ("Summarize group key '%s' is of a 'dynamic' type. Please use an explicit cast (for"
                                    + " example, 'summarize ... by tostring(%s)') as grouping by a 'dynamic' type isn't supported.")
                            .formatted(name, name));
        }
        boolean unnamed =
                key.name().isEmpty() && Binder.nameOf(key.expression()).isEmpty();
        columns.add(new Table.Column(Names.unused(columns, name, unnamed), scalar.type()));
        keys.add(scalar);
    }

    private void addAggregate(Expression.Named named) {
        if (named.expression() instanceof Expression.Call call
                && (Aggregates.givesColumns(call.name()) || takesAnyOfMany(call))) {
            addColumnsOf(call, named.names());
            return;
        }
        Scalar result = new GroupBinder().bind(named.expression());
        String name = named.name()
                .orElseGet(() -> named.expression() instanceof Expression.Call call && Aggregates.isKnown(call.name())
                        ? Aggregates.nameOf(call)
                        : Binder.nameOf(named.expression()).orElse("Column"));
        boolean counted = named.name().isEmpty() && name.equals("Column");
        columns.add(new Table.Column(Names.unused(columns, name, counted), result.type()));
        results.add(result);
    }

    private static boolean takesAnyOfMany(Expression.Call call) {
        return (call.name().equals("take_any") || call.name().equals("any"))
                && (call.arguments().size() > 1 || call.arguments().contains(new Expression.Star()));
    }

    /** {@code arg_max(Timestamp, *)} keeps the whole row that is best, and shows the columns that were asked for. */
    private void addColumnsOf(Expression.Call call, List<String> names) {
        boolean any = takesAnyOfMany(call);
        List<Expression> arguments = call.arguments();
        if (arguments.isEmpty() || (!any && arguments.size() < 2)) {
            throw KqlException.semantic(
                    "The function '%s' expects what to compare and which columns to show.".formatted(call.name()));
        }
        Scalar measure = any ? Scalar.constant(Table.Type.BOOL, true) : rows.bind(arguments.getFirst());
        int sign = call.name().endsWith("min") ? -1 : 1;
        int slot = slots.size();
        slots.add(new Aggregate(Table.Type.DYNAMIC, () -> new Best(measure, sign)));

        List<Expression.Named> shown = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        columns.forEach(column -> taken.add(column.name()));
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof Expression.Star)) {
                shown.add(new Expression.Named(List.of(), arguments.get(i)));
                Binder.nameOf(arguments.get(i)).ifPresent(taken::add);
                continue;
            }
            for (Table.Column column : input.columns()) {
                if (!taken.contains(column.name())) {
                    shown.add(new Expression.Named(List.of(), new Expression.Name(column.name())));
                    taken.add(column.name());
                }
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            Scalar value = rows.bind(shown.get(i).expression());
            String name = i < names.size()
                    ? names.get(i)
                    : Binder.nameOf(shown.get(i).expression()).orElse(call.name() + "_");
            columns.add(new Table.Column(Names.unused(columns, name, false), value.type()));
            results.add(
                    new Scalar(value.type(), false, row -> row.at(slot) instanceof Row best ? value.of(best) : null));
        }
    }

    private Map<List<@Nullable Object>, List<Gathering>> gathered(long cost) {
        Map<List<@Nullable Object>, List<Gathering>> groups = new LinkedHashMap<>();
        input.rows().feed(row -> {
            planner.budget().spend(cost);
            List<@Nullable Object> key = new ArrayList<>(keys.size());
            for (Scalar scalar : keys) {
                key.add(scalar.of(row));
            }
            List<Gathering> group = groups.computeIfAbsent(key, this::startHeld);
            for (Gathering gathering : group) {
                gathering.add(row);
            }
            return true;
        });
        return groups;
    }

    private List<Gathering> startHeld(List<@Nullable Object> key) {
        long weight = 150 + 100L * slots.size();
        for (@Nullable Object value : key) {
            weight += Values.weight(value);
        }
        planner.budget().hold(weight);
        return start();
    }

    private List<Gathering> start() {
        List<Gathering> group = new ArrayList<>(slots.size());
        for (Aggregate slot : slots) {
            group.add(slot.start().get());
        }
        return group;
    }

    private Row row(List<@Nullable Object> key, List<Gathering> group) {
        @Nullable Object[] gathered = new @Nullable Object[group.size()];
        Arrays.setAll(gathered, i -> group.get(i).result());
        Row gatheredRow = new Row.Cells(gathered);
        @Nullable Object[] cells = new @Nullable Object[columns.size()];
        for (int i = 0; i < key.size(); i++) {
            cells[i] = key.get(i);
        }
        for (int i = 0; i < results.size(); i++) {
            cells[key.size() + i] = results.get(i).of(gatheredRow);
        }
        return new Row.Cells(cells);
    }

    /** Remembers the row with the greatest or least measure; the first of equals. */
    private final class Best implements Gathering {
        private final Scalar measure;
        private final int sign;
        private @Nullable Object bestMeasure;
        private @Nullable Row best;

        private Best(Scalar measure, int sign) {
            this.measure = measure;
            this.sign = sign;
        }

        @Override
        public void add(Row row) {
            @Nullable Object found = Values.plain(measure.of(row));
            boolean better = best == null
                    || (found != null && (bestMeasure == null || Values.compare(found, bestMeasure) * sign > 0));
            if (better) {
                if (best == null) {
                    planner.budget().hold(row.weight());
                }
                best = row;
                bestMeasure = found;
            }
        }

        @Override
        public @Nullable Object result() {
            return best;
        }
    }

    /** Binds what stands around aggregates; inside of them the columns of the rows count. */
    private final class GroupBinder extends Binder {
        private GroupBinder() {
            super(planner, scope, List.of());
        }

        @Override
        Scalar call(Expression.Call call) {
            if (!Aggregates.isKnown(call.name())) {
                boolean known = Functions.isKnown(call.name()) || scope.find(call.name()) != null;
                if (!known) {
                    throw Aggregates.unsupported(call.name());
                }
                return super.call(call);
            }
            Aggregate aggregate = Aggregates.bind(call.name(), rows.bindAll(call.arguments()), planner.budget());
            int slot = slots.size();
            slots.add(aggregate);
            return new Scalar(aggregate.type(), false, row -> row.at(slot));
        }
    }
}
