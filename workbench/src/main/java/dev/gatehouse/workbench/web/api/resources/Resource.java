package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All that there is to say about a type of the API. What can be asked, how it is looked up, what a document holds, what is
 * refused, and what the reference says, all follow from it.
 *
 * <pre>
 * Resource.of("comments", InvestigationViews.COMMENTS)
 *         .says("What people said about an investigation.")
 *         .has(text("comment").writable(), time("created_at"))
 *         .leadsTo(one("investigation", "investigations", "investigation_id"))
 * </pre>
 */
public final class Resource {

    /** Below it are all addresses of the API. */
    static final String ROOT = "/api/v2/";

    private final String type;
    private final Table table;
    private final Looks looks;
    private final Map<String, Attribute> attributes;
    private final Map<String, Relation> relations;
    private final Writes writes;

    private Resource(String type, Table table, Looks looks, Has has, Writes writes) {
        this.type = type;
        this.table = table;
        this.looks = looks;
        this.attributes = has.attributes();
        this.relations = has.relations();
        this.writes = writes;
    }

    private record Has(Map<String, Attribute> attributes, Map<String, Relation> relations) {}

    /** The same without relations to other types than these. */
    Resource leadingOnlyTo(Set<String> types) {
        var kept = new LinkedHashMap<>(relations);
        kept.values().removeIf(relation -> !types.contains(relation.type()));
        return new Resource(type, table, looks, new Has(attributes, kept), writes);
    }

    private Resource(Builder builder) {
        type = builder.type;
        table = builder.table;
        attributes = builder.attributes;
        relations = builder.relations;
        looks = new Looks(
                builder.says,
                builder.key,
                builder.reads,
                List.copyOf(builder.order),
                new Added(builder.more, builder.total, Map.copyOf(builder.ranks)),
                builder.search);
        writes = new Writes(builder.create, builder.change, builder.remove, Map.copyOf(builder.linking));
    }

    private record Looks(String says, Key key, Right reads, List<Order> order, Added added, Optional<Search> search) {}

    private record Added(Optional<More> more, Optional<Total> total, Map<String, String> ranks) {}

    private record Writes(
            Optional<Writing> create,
            Optional<Writing> change,
            Optional<Writing> remove,
            Map<String, Linking> linking) {}

    /** What adds {@linkplain Attribute#computed computed} attributes to the rows that are shown, all at once. */
    public interface More {
        /**
         * Adds them.
         *
         * @param isWhole whether one alone was asked for, which then gets also what is too large for lists
         */
        void addTo(List<Row> rows, Scope scope, boolean isWhole);
    }

    /** How many there are without a filter, from a counter. */
    public interface Total {
        long in(Scope scope);
    }

    /** How something is written. */
    public interface Work {
        /** Does it, by the same means as the pages. */
        Written with(Change change);
    }

    /** How several things are put to one, and taken from it, in one go. */
    public interface Linking {
        /**
         * Does it, by the same means as the pages.
         *
         * @param change of the one, with nothing else in it
         * @param added ids of what is to belong to it and does not
         * @param removed ids of what is to belong to it no longer and does
         */
        void write(Change change, List<String> added, List<String> removed);
    }

    /**
     * What was written.
     *
     * @param id of it
     * @param once attributes that stand in the answer to this request and nowhere else, e.g. a new password
     */
    public record Written(String id, Map<String, Object> once) {

        public Written {
            once = Map.copyOf(once);
        }

        /** Something that has no secrets. */
        public static Written of(Object id) {
            return new Written(id.toString(), Map.of());
        }
    }

    /**
     * Who may write, and how.
     *
     * @param right that it takes
     * @param work that does it; empty when a controller of its own answers
     */
    public record Writing(Right right, Optional<Work> work) {}

    /** Begins to describe a type whose rows are in the database. */
    public static Builder of(String type, ReadView view) {
        return new Builder(type, new Table.Stored(view));
    }

    /** Begins to describe a type whose rows are in memory. */
    public static Builder of(String type, Function<Scope, List<Row>> all) {
        return new Builder(type, new Table.Listed(all));
    }

    /**
     * A type that known clients have and Gatehouse has not, as a collection that is always empty.
     *
     * @param says why
     */
    public static Resource none(String type, String says) {
        return new Builder(type, new Table.Empty()).says(says).build();
    }

    public String type() {
        return type;
    }

    public String path() {
        return ROOT + type;
    }

    /** One or two sentences about what it is. */
    public String says() {
        return looks.says();
    }

    Table table() {
        return table;
    }

    /** Whether there is never any of it. */
    public boolean isEmpty() {
        return table instanceof Table.Empty;
    }

    Key key() {
        return looks.key();
    }

    /** The right that it takes to read it. */
    public Right reads() {
        return looks.reads();
    }

    /** In this order when a client wants none that there is. */
    List<Order> order() {
        return looks.order();
    }

    /** The column to sort by for an attribute: its own, or one that has its values in a better order than the alphabet. */
    Optional<String> sortColumn(String attribute) {
        return Optional.ofNullable(looks.added().ranks().get(attribute))
                .or(() -> attribute(attribute).flatMap(Attribute::column));
    }

    Optional<More> more() {
        return looks.added().more();
    }

    Optional<Total> total() {
        return looks.added().total();
    }

    /** What {@code flag[search]} looks into; empty when it looks into nothing. */
    Optional<Search> search() {
        return looks.search();
    }

    public Collection<Attribute> attributes() {
        return attributes.values();
    }

    Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public Collection<Relation> relations() {
        return relations.values();
    }

    Optional<Relation> relation(String name) {
        return Optional.ofNullable(relations.get(name));
    }

    public Optional<Writing> create() {
        return writes.create();
    }

    public Optional<Writing> change() {
        return writes.change();
    }

    public Optional<Writing> remove() {
        return writes.remove();
    }

    /** How what a relation to many leads to is changed; empty when it is not. */
    Optional<Linking> linking(Relation relation) {
        return Optional.ofNullable(writes.linking().get(relation.name()));
    }

    /** All columns that are read of each row, with their types. */
    Map<String, Type> columns() {
        var columns = new LinkedHashMap<String, Type>();
        key().parts().forEach(part -> columns.put(part.column(), Type.TEXT));
        for (var relation : relations()) {
            if (relation.way() instanceof Relation.Way.One(var ours)) {
                ours.forEach(column -> columns.putIfAbsent(column, Type.TEXT));
            }
        }
        attributes()
                .forEach(attribute -> attribute.column().ifPresent(column -> columns.put(column, attribute.type())));
        return columns;
    }

    /** A description that is being written. */
    public static final class Builder {

        private final String type;
        private final Table table;
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();
        private final Map<String, Relation> relations = new LinkedHashMap<>();
        private final List<Order> order = new ArrayList<>();
        private final Map<String, String> ranks = new LinkedHashMap<>();
        private String says = "";
        private Key key = Key.uuid("id");
        private Right reads = Right.READ;
        private Optional<More> more = Optional.empty();
        private Optional<Total> total = Optional.empty();
        private Optional<Search> search = Optional.empty();
        private Optional<Writing> create = Optional.empty();
        private Optional<Writing> change = Optional.empty();
        private Optional<Writing> remove = Optional.empty();
        private final Map<String, Linking> linking = new LinkedHashMap<>();

        private Builder(String type, Table table) {
            this.type = type;
            this.table = table;
        }

        /** What it is, in one or two sentences of the reference. */
        public Builder says(String sentences) {
            says = sentences;
            return this;
        }

        /** What one is known by; a column {@code id} with a UUID when nothing is said. */
        public Builder knownBy(Key columns) {
            key = columns;
            return this;
        }

        /** The right that it takes to read it; {@link Right#READ} when nothing is said. */
        public Builder readBy(Right right) {
            reads = right;
            return this;
        }

        public Builder has(Attribute... more) {
            return has(List.of(more));
        }

        public Builder has(Collection<Attribute> more) {
            for (var attribute : more) {
                if (attributes.put(attribute.name(), attribute) != null) {
                    throw new IllegalStateException("%s has %s twice".formatted(type, attribute.name()));
                }
            }
            return this;
        }

        public Builder leadsTo(Relation... more) {
            for (var relation : more) {
                if (relations.put(relation.name(), relation) != null) {
                    throw new IllegalStateException("%s leads to %s twice".formatted(type, relation.name()));
                }
            }
            return this;
        }

        /** The order when a client wants none that there is, e.g. {@code -created_at}. */
        public Builder sortedBy(String... attribute) {
            for (var each : attribute) {
                order.add(Order.of(each));
            }
            return this;
        }

        /**
         * Has an attribute sorted by another column.
         *
         * @param column with a number that grows with what the attribute means
         */
        public Builder ranked(String attribute, String column) {
            ranks.put(attribute, column);
            return this;
        }

        /** What adds computed attributes to the rows that are shown. */
        public Builder computed(More adds) {
            more = Optional.of(adds);
            return this;
        }

        /** A counter of all. */
        public Builder counted(Total counter) {
            total = Optional.of(counter);
            return this;
        }

        /**
         * What {@code flag[search]} looks into.
         *
         * @param condition with {@code {r}} for the row, {@code {pattern}} for a pattern that contains the text, and {@code
         *     {text}} for the text itself
         */
        public Builder searchedBy(String condition) {
            search = Optional.of(new Search(condition, Optional.empty()));
            return this;
        }

        /**
         * The same of a table that is too large for looking into each row.
         *
         * @param index gives the keys of rows that have the text, see {@link Search#index}
         */
        public Builder searchedBy(String condition, String index) {
            search = Optional.of(new Search(condition, Optional.of(index)));
            return this;
        }

        public Builder created(Right right, Work work) {
            create = Optional.of(new Writing(right, Optional.of(work)));
            return this;
        }

        public Builder changed(Right right, Work work) {
            change = Optional.of(new Writing(right, Optional.of(work)));
            return this;
        }

        /** How what a relation to many leads to is changed, by whoever may change the one. */
        public Builder linked(String relation, Linking work) {
            linking.put(relation, work);
            return this;
        }

        public Builder removed(Right right, Work work) {
            remove = Optional.of(new Writing(right, Optional.of(work)));
            return this;
        }

        /** Says that a controller of its own answers who creates one, and by which right. */
        public Builder createdElsewhere(Right right) {
            create = Optional.of(new Writing(right, Optional.empty()));
            return this;
        }

        /** The same for who changes one. */
        public Builder changedElsewhere(Right right) {
            change = Optional.of(new Writing(right, Optional.empty()));
            return this;
        }

        /** The same for who removes one. */
        public Builder removedElsewhere(Right right) {
            remove = Optional.of(new Writing(right, Optional.empty()));
            return this;
        }

        public Resource build() {
            return new Resource(this);
        }
    }
}
