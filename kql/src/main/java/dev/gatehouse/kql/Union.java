package dev.gatehouse.kql;

import dev.gatehouse.kql.Pipeline.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code union} operator: one table after the other, under the columns of all of them or those they share. */
final class Union {

    private final Planner planner;
    private final Scope scope;

    Union(Planner planner, Scope scope) {
        this.planner = planner;
        this.scope = scope;
    }

    private record Part(String name, Relation relation) {}

    Relation of(Optional<Relation> input, Step.Union union) {
        List<Part> parts = new ArrayList<>();
        input.ifPresent(relation -> parts.add(new Part("union_arg0", relation)));
        for (Expression table : union.tables()) {
            String name = table instanceof Expression.Name named ? named.text() : "union_arg" + parts.size();
            int depth = planner.depth();
            try {
                parts.add(new Part(name, planner.table(table, scope)));
            } catch (KqlException missing) {
                boolean mayBeMissing = union.fuzzy() && missing.kind() == KqlException.Kind.SEMANTIC;
                if (!mayBeMissing) {
                    throw missing;
                }
                planner.ascendTo(depth);
            }
        }
        if (parts.isEmpty()) {
            throw KqlException.semantic("None of the tables could be resolved. Fix semantic errors in your query.");
        }
        List<Table.Column> columns = new ArrayList<>();
        union.sourceColumn().ifPresent(name -> columns.add(new Table.Column(name, Table.Type.STRING)));
        boolean named = !columns.isEmpty();
        Map<String, Set<Table.Type>> types = typesByName(parts);
        for (Part part : parts) {
            planner.budget()
                    .spend(1 + columns.size() * (long) part.relation().columns().size() / 8);
            for (Table.Column column : part.relation().columns()) {
                Table.Column target = target(column, types);
                boolean wanted = union.inner() ? isShared(column, parts) : true;
                if (wanted && !columns.contains(target)) {
                    columns.add(target);
                }
            }
        }
        return new Relation(columns, sink -> {
            for (Part part : parts) {
                planner.budget()
                        .spend(1
                                + columns.size()
                                        * (long) part.relation().columns().size()
                                        / 8);
                int[] picks = picks(part, columns, types, named);
                Row label = new Row.Cells(new @Nullable Object[] {part.name()});
                boolean wantsMore = part.relation().rows().feed(row -> {
                    planner.budget().spend(1);
                    return sink.take(new Row.Picked(named ? new Row.Joined(label, 1, row) : row, picks));
                });
                if (!wantsMore) {
                    return false;
                }
            }
            return true;
        });
    }

    private static Map<String, Set<Table.Type>> typesByName(List<Part> parts) {
        Map<String, Set<Table.Type>> types = new LinkedHashMap<>();
        for (Part part : parts) {
            for (Table.Column column : part.relation().columns()) {
                types.computeIfAbsent(column.name(), _ -> new LinkedHashSet<>()).add(column.type());
            }
        }
        return types;
    }

    /** A column that is of different types in different tables becomes several: {@code Port_int}, {@code Port_string}. */
    private static Table.Column target(Table.Column column, Map<String, Set<Table.Type>> types) {
        boolean ambiguous = types.getOrDefault(column.name(), Set.of()).size() > 1;
        return ambiguous ? new Table.Column(column.name() + "_" + Values.name(column.type()), column.type()) : column;
    }

    private static boolean isShared(Table.Column column, List<Part> parts) {
        return parts.stream().allMatch(part -> part.relation().columns().contains(column));
    }

    private static int[] picks(
            Part part, List<Table.Column> columns, Map<String, Set<Table.Type>> types, boolean named) {
        int[] picks = new int[columns.size()];
        int offset = named ? 1 : 0;
        for (int i = offset; i < picks.length; i++) {
            picks[i] = -1;
            List<Table.Column> own = part.relation().columns();
            for (int place = 0; place < own.size(); place++) {
                if (target(own.get(place), types).equals(columns.get(i))) {
                    picks[i] = place + offset;
                    break;
                }
            }
        }
        return picks;
    }
}
