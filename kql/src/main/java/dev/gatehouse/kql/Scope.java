package dev.gatehouse.kql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that {@code let} statements gave, as they were at one point of a query. */
record Scope(Map<String, Binding> bindings) {

    static final Scope EMPTY = new Scope(Map.of());

    Scope {
        bindings = Map.copyOf(bindings);
    }

    sealed interface Binding {
        record OfScalar(Scalar scalar) implements Binding {}

        record OfTable(Relation relation) implements Binding {}

        /** A function sees the names of the place where it was made. */
        record OfFunction(List<Statement.Parameter> parameters, List<Statement> body, Scope scope) implements Binding {}
    }

    Scope with(String name, Binding binding) {
        Map<String, Binding> more = new HashMap<>(bindings);
        more.put(name, binding);
        return new Scope(more);
    }

    @Nullable
    Binding find(String name) {
        return bindings.get(name);
    }
}
