package dev.gatehouse.workbench.web.api.resources;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One attribute of a resource.
 *
 * @param name in documents and filters
 * @param type of its value
 * @param origin where the value comes from
 * @param choices what it can be; empty when that is not a closed list
 * @param isWritable whether a client can give it
 */
public record Attribute(String name, Type type, Origin origin, List<String> choices, boolean isWritable) {

    public Attribute {
        choices = List.copyOf(choices);
    }

    /** Where the value of an attribute comes from. */
    public sealed interface Origin {
        /**
         * A column of the resource's table, by which it can be filtered and sorted.
         *
         * @param name of the column
         */
        record Column(String name) implements Origin {}

        /** Added to the rows that are shown, so that nothing can be filtered by it. */
        record Computed() implements Origin {}

        /**
         * The same for all: what known clients ask for and Gatehouse has no other value of.
         *
         * @param value empty for null
         */
        record Always(Optional<Object> value) implements Origin {}

        /** Given by clients and never given back, e.g. a secret. */
        record Never() implements Origin {}
    }

    private static Attribute column(String name, Type type) {
        return new Attribute(name, type, new Origin.Column(name), List.of(), false);
    }

    public static Attribute text(String name) {
        return column(name, Type.TEXT);
    }

    public static Attribute integer(String name) {
        return column(name, Type.INTEGER);
    }

    public static Attribute bool(String name) {
        return column(name, Type.BOOLEAN);
    }

    public static Attribute time(String name) {
        return column(name, Type.TIME);
    }

    public static Attribute texts(String name) {
        return column(name, Type.TEXTS);
    }

    public static Attribute json(String name) {
        return column(name, Type.JSON);
    }

    /** One that known clients ask for and that Gatehouse has nothing for. */
    public static Attribute none(String name, Type type) {
        return new Attribute(name, type, new Origin.Always(Optional.empty()), List.of(), false);
    }

    /** One that is the same for all. */
    public static Attribute always(String name, Type type, Object value) {
        return new Attribute(name, type, new Origin.Always(Optional.of(value)), List.of(), false);
    }

    /** One that {@link Resource.Builder#computed} adds to the rows that are shown. */
    public static Attribute computed(String name, Type type) {
        return new Attribute(name, type, new Origin.Computed(), List.of(), false);
    }

    /** The same out of a column that is called otherwise. */
    public Attribute from(String column) {
        return new Attribute(name, type, new Origin.Column(column), choices, isWritable);
    }

    /** The same, of a closed list. */
    public Attribute of(Collection<String> possible) {
        return new Attribute(name, type, origin, List.copyOf(possible), isWritable);
    }

    /** The same, of a closed list. */
    public Attribute of(Enum<?>[] possible) {
        return of(Arrays.stream(possible).map(Enum::name).toList());
    }

    /** The same, which clients can give. */
    public Attribute writable() {
        return new Attribute(name, type, origin, choices, true);
    }

    /** The same, which is never given back. */
    public Attribute writeOnly() {
        return new Attribute(name, type, new Origin.Never(), choices, true);
    }

    boolean isShown() {
        return !(origin instanceof Origin.Never);
    }

    /** Whether there is a condition on it. */
    boolean isFilter() {
        return type != Type.JSON && (origin instanceof Origin.Column || origin instanceof Origin.Always);
    }

    Optional<String> column() {
        return origin instanceof Origin.Column(var column) ? Optional.of(column) : Optional.empty();
    }
}
