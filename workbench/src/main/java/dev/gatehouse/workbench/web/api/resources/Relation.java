package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.ReadView;
import java.util.List;
import java.util.Optional;

/**
 * What a resource leads to.
 *
 * @param name in documents, filters and includes
 * @param type of what it leads to
 * @param way how that is found
 * @param filtered how filters find it, which is the way itself unless more fits than is shown; empty when no filter does
 * @param written whether a client can change it
 */
public record Relation(String name, String type, Way way, Optional<Way> filtered, Written written) {

    private Relation(String name, String type, Way way) {
        this(name, type, way, Optional.of(way), Written.NEVER);
    }

    /** When a client can write it. */
    public enum Written {
        NEVER,
        /** With what is new; it stays what it is from then on. */
        AT_FIRST,
        ALWAYS
    }

    /** How what is related is found. */
    public sealed interface Way {
        /**
         * To one: columns of ours hold its key.
         *
         * @param columns in the order of its key
         */
        record One(List<String> columns) implements Way {
            public One {
                columns = List.copyOf(columns);
            }
        }

        /**
         * To many: columns of theirs hold our key.
         *
         * @param columns in the order of our key
         */
        record Many(List<String> columns) implements Way {
            public Many {
                columns = List.copyOf(columns);
            }
        }

        /**
         * To many: a table between them holds both keys, or the beginning of each.
         *
         * @param links the table between
         * @param ours its columns with our key, or with its first parts
         * @param theirs its columns with their key, or with its first parts
         */
        record Through(ReadView links, List<String> ours, List<String> theirs) implements Way {
            public Through {
                ours = List.copyOf(ours);
                theirs = List.copyOf(theirs);
            }
        }

        /** To one that Gatehouse never has. */
        record ToNobody() implements Way {}

        /** To many of which Gatehouse never has any. */
        record ToNone() implements Way {}
    }

    /** To one, whose key is in these columns of ours. */
    public static Relation one(String name, String type, String... columns) {
        return new Relation(name, type, new Way.One(List.of(columns)));
    }

    /** To many, which have our key in these columns of theirs. */
    public static Relation many(String name, String type, String... columns) {
        return new Relation(name, type, new Way.Many(List.of(columns)));
    }

    /** To many, by way of a table between. */
    public static Relation through(String name, String type, ReadView links, List<String> ours, List<String> theirs) {
        return new Relation(name, type, new Way.Through(links, ours, theirs));
    }

    /** One that known clients follow and that leads nowhere here. */
    public static Relation toNobody(String name, String type) {
        return new Relation(name, type, new Way.ToNobody());
    }

    /** Several that known clients follow and that are never here. */
    public static Relation toNone(String name, String type) {
        return new Relation(name, type, new Way.ToNone());
    }

    /** The same, which clients can change. */
    public Relation writable() {
        return new Relation(name, type, way, filtered, Written.ALWAYS);
    }

    /** The same, which clients give with something new, and which stays what it is from then on. */
    public Relation given() {
        return new Relation(name, type, way, filtered, Written.AT_FIRST);
    }

    /** The same, but filters find what is related as this one does. */
    public Relation filteredAs(Relation other) {
        return new Relation(name, type, way, Optional.of(other.way), written);
    }

    /** The same, which can be followed and by which nothing is filtered: what it leads to is worked out for each one. */
    public Relation onlyFollowed() {
        return new Relation(name, type, way, Optional.empty(), written);
    }

    /** Whether a client can write it, be it only with something new. */
    public boolean isWritable() {
        return written != Written.NEVER;
    }

    public boolean isToMany() {
        return switch (way) {
            case Way.One _, Way.ToNobody _ -> false;
            case Way.Many _, Way.Through _, Way.ToNone _ -> true;
        };
    }
}
