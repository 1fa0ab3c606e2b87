package dev.gatehouse.kql;

import dev.gatehouse.kql.Pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The {@code mv-expand} operator: a row for each element of an array or each member of a bag. Several columns are expanded
 * side by side. A null makes one row, an empty array none.
 */
final class Expand {

    private final Planner planner;
    private final Scope scope;

    Expand(Planner planner, Scope scope) {
        this.planner = planner;
        this.scope = scope;
    }

    Relation of(Step.Expand expand, Relation input) {
        var binder = new Binder(planner, scope, input.columns());
        List<String> names = new ArrayList<>();
        List<Table.Type> types = new ArrayList<>();
        List<Scalar> sources = new ArrayList<>();
        for (Step.Expansion expansion : expand.expansions()) {
            Expression expression = expansion.column().expression();
            Scalar source = binder.bind(expression);
            String name = expansion
                    .column()
                    .name()
                    .or(() -> Binder.nameOf(expression))
                    .orElseGet(() -> Names.unused(input.columns(), "Column", true));
            if (source.type() != Table.Type.DYNAMIC) {
                throw KqlException.semantic("The expanded expression '%s' is expected to have dynamic type, but is %s"
                        .formatted(name, Values.name(source.type())));
            }
            names.add(name);
            types.add(expansion.type().orElse(Table.Type.DYNAMIC));
            sources.add(source);
        }
        List<Table.Type> elementTypes = List.copyOf(types);
        boolean indexed = expand.indexColumn().isPresent();
        expand.indexColumn().ifPresent(name -> {
            names.add(name);
            types.add(Table.Type.LONG);
        });
        long most = expand.limit().isPresent() ? binder.number(expand.limit().get()) : Integer.MAX_VALUE;
        long cost = 1L + planner.takeCost();
        int width = input.columns().size();
        return Planner.beside(input, names, types, sink -> input.rows().feed(row -> {
            planner.budget().spend(cost);
            List<List<@Nullable JsonNode>> elements = new ArrayList<>();
            int longest = 0;
            for (Scalar source : sources) {
                List<@Nullable JsonNode> own = elements(source.of(row));
                elements.add(own);
                longest = Math.max(longest, own.size());
            }
            for (int i = 0; i < Math.min(longest, most); i++) {
                planner.budget().spend(1);
                @Nullable Object[] cells = new @Nullable Object[elements.size() + (indexed ? 1 : 0)];
                for (int column = 0; column < elements.size(); column++) {
                    List<@Nullable JsonNode> own = elements.get(column);
                    cells[column] = i < own.size() ? Values.convert(own.get(i), elementTypes.get(column)) : null;
                }
                if (indexed) {
                    cells[elements.size()] = (long) i;
                }
                if (!sink.take(new Row.Joined(row, width, new Row.Cells(cells)))) {
                    return false;
                }
            }
            return true;
        }));
    }

    private List<@Nullable JsonNode> elements(@Nullable Object value) {
        List<@Nullable JsonNode> elements = new ArrayList<>();
        switch (value) {
            case JsonNode node
            when node.isArray() -> {
                planner.budget().spend(node.size());
                node.forEach(element -> elements.add(Values.json(element)));
            }
            case JsonNode node
            when node.isObject() -> {
                planner.budget().spend(node.size());
                node.properties()
                        .forEach(member -> elements.add(
                                JsonNodeFactory.instance.objectNode().set(member.getKey(), member.getValue())));
            }
            case null -> elements.add(null);
            default -> elements.add(Values.json(value));
        }
        return elements;
    }
}
