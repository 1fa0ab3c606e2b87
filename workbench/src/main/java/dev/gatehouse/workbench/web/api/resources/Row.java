package dev.gatehouse.workbench.web.api.resources;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing as it was read, by its columns. What is null has no value here. */
public final class Row {

    private final Map<String, Object> values = new HashMap<>();

    /** Gives a column or a computed attribute a value: a text, number, time, list or JSON. */
    public Row with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** The same for a value that may be absent. */
    public Row with(String name, Optional<?> value) {
        value.ifPresent(present -> values.put(name, present));
        return this;
    }

    /** A value; empty for null. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A text; empty when there is none. */
    public String text(String name) {
        return get(name).map(Object::toString).orElse("");
    }

    /** The values of columns, of a key or of what leads to one; empty when one is null. */
    Optional<List<String>> all(List<String> columns) {
        return columns.stream().allMatch(values::containsKey)
                ? Optional.of(columns.stream().map(this::text).toList())
                : Optional.empty();
    }

    List<String> key(Key key) {
        return key.parts().stream().map(part -> text(part.column())).toList();
    }
}
