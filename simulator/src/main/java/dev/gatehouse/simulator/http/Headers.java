package dev.gatehouse.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a request or an answer, in order. Names are compared without regard to case. */
public record Headers(List<Field> fields) {

    /** No fields at all. */
    public static final Headers NONE = new Headers(List.of());

    /** One header field. */
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** Whether any field of that name holds that word, as in {@code Accept-Encoding: deflate, gzip}. */
    public boolean mentions(String name, String word) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .flatMap(field -> List.of(field.value().split("[,;]", -1)).stream())
                .anyMatch(part -> part.strip().equalsIgnoreCase(word));
    }

    /** These fields, with that one set or replaced. */
    public Headers with(String name, String value) {
        var changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Headers(changed);
    }

    /** These fields, with none of that name. */
    public Headers without(String name) {
        return new Headers(fields.stream()
                .filter(field -> !field.name().equalsIgnoreCase(name))
                .toList());
    }
}
