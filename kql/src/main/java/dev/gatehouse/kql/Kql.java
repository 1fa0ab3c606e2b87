package dev.gatehouse.kql;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers queries in the Kusto query language. What part of the language is known stands in docs/simulator-kql.md. */
public final class Kql {

    private Kql() {}

    /**
     * Answers one query.
     *
     * @param tables where the tables of the query are; tables must not change while the query runs
     * @param now what {@code now()} and {@code ago()} go by
     * @return the rows under their columns in order, cut to {@link KqlLimits#maximumRows()}
     * @throws KqlException when the query cannot be answered, whatever is wrong with it
     */
    public static Table run(String query, TableSource tables, Instant now, KqlLimits limits) {
        var budget = new Budget(limits);
        Relation relation = new Planner(tables, now, budget).plan(Parser.parse(query));
        var answer = new Answer(relation.columns(), limits);
        relation.rows().feed(answer::add);
        return new Table("Result", relation.columns(), answer.rows);
    }

    private static final class Answer {
        private final List<Scalar> columns = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        private final KqlLimits limits;
        private long bytes;

        private Answer(List<Table.Column> schema, KqlLimits limits) {
            this.limits = limits;
            for (int i = 0; i < schema.size(); i++) {
                columns.add(Scalar.column(i, schema.get(i).type()));
                names.add(schema.get(i).name());
                positions.put(schema.get(i).name(), i);
            }
        }

        private boolean add(Row row) {
            @Nullable Object[] cells = new @Nullable Object[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = columns.get(i).of(row);
                bytes += names.get(i).length() + 4 + Values.answerSize(cells[i]);
            }
            if (bytes > limits.maximumResultBytes()) {
                throw KqlException.tooLarge();
            }
            rows.add(new Cells(names, positions, cells));
            return rows.size() < limits.maximumRows();
        }
    }

    /** A row as a map in the order of the columns; all rows share the names. */
    private static final class Cells extends AbstractMap<String, @Nullable Object> {
        private final List<String> names;
        private final Map<String, Integer> positions;
        private final @Nullable Object[] values;

        private Cells(List<String> names, Map<String, Integer> positions, @Nullable Object[] values) {
            this.names = names;
            this.positions = positions;
            this.values = values;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            @Nullable Integer position = positions.get(name);
            return position == null ? null : values[position];
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return positions.containsKey(name);
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return values.length;
                }

                @Override
                public Iterator<Entry<String, @Nullable Object>> iterator() {
                    return new Iterator<>() {
                        private int next;

                        @Override
                        public boolean hasNext() {
                            return next < values.length;
                        }

                        @Override
                        public Entry<String, @Nullable Object> next() {
                            if (!hasNext()) {
                                throw new NoSuchElementException();
                            }
                            int position = next++;
                            return new SimpleImmutableEntry<>(names.get(position), values[position]);
                        }
                    };
                }
            };
        }
    }
}
