package dev.gatehouse.kql;

import java.util.List;
import java.util.Optional;

/** Where rows come from and what is done to them, as it was written. */
record Pipeline(Source source, List<Step> steps) {

    sealed interface Source {

        /** A table, a {@code let}, a call, or a query in parentheses. */
        record From(Expression expression) implements Source {}

        record Datatable(List<Table.Column> columns, List<Expression> cells) implements Source {}

        record Print(List<Expression.Named> values) implements Source {}

        record Range(String column, Expression from, Expression to, Expression step) implements Source {}

        /** A {@code union} that starts a query. */
        record Together(Step.Union union) implements Source {}

        /** {@code search in (Table, Table) predicate} at the start of a query. */
        record SearchIn(List<Expression> tables, Expression predicate) implements Source {}
    }

    sealed interface Step {

        /** As it is called in messages. */
        String name();

        record Where(String name, Expression predicate) implements Step {}

        record Project(String name, List<Expression.Named> columns) implements Step {}

        record Extend(String name, List<Expression.Named> columns) implements Step {}

        /** {@code project-away}, {@code project-keep}, {@code project-reorder}; patterns may hold {@code *}. */
        record Choose(String name, List<String> patterns) implements Step {}

        record Rename(String name, List<Expression.Named> columns) implements Step {}

        record Summarize(String name, List<Expression.Named> aggregates, List<Expression.Named> keys) implements Step {}

        record Count(String name) implements Step {}

        record Order(String name, List<Expression.Ordering> orderings) implements Step {}

        record Top(String name, Expression rows, List<Expression.Ordering> orderings) implements Step {}

        record Take(String name, Expression rows) implements Step {}

        record Distinct(String name, List<Expression.Named> columns) implements Step {}

        /** {@code join} and {@code lookup}; keys pair a column of the left side with one of the right. */
        record Join(String name, String kind, Expression right, List<Key> keys) implements Step {}

        record Key(String left, String right) {}

        record Union(String name, boolean inner, boolean fuzzy, Optional<String> sourceColumn, List<Expression> tables)
                implements Step {}

        record Expand(String name, List<Expansion> expansions, Optional<String> indexColumn, Optional<Expression> limit)
                implements Step {}

        record Expansion(Expression.Named column, Optional<Table.Type> type) {}

        record Search(String name, Expression predicate) implements Step {}

        /** {@code parse Column with * "text" Name:type …} */
        record Parse(String name, Expression subject, boolean filtering, List<Part> parts) implements Step {}

        sealed interface Part {
            record Anything() implements Part {}

            record Text(String text) implements Part {}

            record Capture(String column, Table.Type type) implements Part {}
        }

        record Schema(String name) implements Step {}

        /** {@code render}, {@code as}, {@code serialize}: nothing changes for the rows. */
        record Unchanged(String name) implements Step {}
    }
}
