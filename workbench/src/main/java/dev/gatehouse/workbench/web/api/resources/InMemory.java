package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.web.api.resources.Attribute.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The same conditions and orders as {@link Sql} makes, for rows that are in memory. */
final class InMemory {

    private InMemory() {}

    /** Whether a row fits a filter on itself. */
    static Predicate<Row> fits(Resource resource, Criterion criterion) {
        var attribute = criterion.attribute();
        return attribute.isEmpty()
                ? row -> onTexts(criterion.terms(), List.of(Key.id(row.key(resource.key()))))
                : row -> onAttribute(row, attribute.get(), criterion);
    }

    private static boolean onAttribute(Row row, Attribute attribute, Criterion criterion) {
        var value = value(row, attribute);
        return switch (attribute.type()) {
            case TEXT, TEXTS, JSON ->
                onTexts(
                        criterion.terms().stream()
                                .map(term -> new Term(term.operator(), Values.chosen(criterion, term.value())))
                                .toList(),
                        texts(value));
            case INTEGER -> onOrdered(criterion, value, text -> Values.number(criterion, text));
            case BOOLEAN -> onOrdered(criterion, value, text -> Values.bool(criterion, text));
            case TIME ->
                onOrdered(
                        criterion,
                        value.map(time -> ((Instant) time).truncatedTo(ChronoUnit.MILLIS)),
                        text -> Values.time(criterion, text));
        };
    }

    static Optional<Object> value(Row row, Attribute attribute) {
        return switch (attribute.origin()) {
            case Origin.Column(var column) -> row.get(column);
            case Origin.Computed _ -> row.get(attribute.name());
            case Origin.Always(var value) -> value;
            case Origin.Never _ -> Optional.empty();
        };
    }

    private static List<String> texts(Optional<Object> value) {
        return value.map(present -> present instanceof List<?> list
                        ? list.stream().map(Object::toString).toList()
                        : List.of(present.toString()))
                .orElseGet(List::of);
    }

    /** Whether texts, of a list or just one or none, fit. */
    static boolean onTexts(List<Term> terms, List<String> texts) {
        return terms.stream().allMatch(term -> term.operator().isAlternative() || holds(term, texts))
                && (terms.stream().noneMatch(term -> term.operator().isAlternative())
                        || terms.stream().anyMatch(term -> term.operator().isAlternative() && holds(term, texts)));
    }

    private static boolean holds(Term term, List<String> texts) {
        var wanted = term.value();
        var lower = wanted.toLowerCase(Locale.ROOT);
        return switch (term.operator()) {
            case EQUAL -> texts.contains(wanted);
            case NOT_EQUAL -> !texts.contains(wanted);
            case EQUAL_IN_ANY_CASE -> any(texts, text -> text.equals(lower));
            case CONTAINS -> any(texts, text -> text.contains(lower));
            case STARTS_WITH -> any(texts, text -> text.startsWith(lower));
            case GREATER -> texts.stream().anyMatch(text -> text.compareTo(wanted) > 0);
            case LESS -> texts.stream().anyMatch(text -> text.compareTo(wanted) < 0);
            case AT_LEAST -> texts.stream().anyMatch(text -> text.compareTo(wanted) >= 0);
            case AT_MOST -> texts.stream().anyMatch(text -> text.compareTo(wanted) <= 0);
            case NULL -> texts.isEmpty();
            case NOT_NULL -> !texts.isEmpty();
        };
    }

    private static boolean any(List<String> texts, Predicate<String> test) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).anyMatch(test);
    }

    private static <T extends Comparable<T>> boolean onOrdered(
            Criterion criterion, Optional<Object> value, Function<String, T> read) {
        var terms = criterion.terms();
        Predicate<Term> holds = term -> compares(term, value, read);
        return terms.stream().filter(term -> !term.operator().isAlternative()).allMatch(holds)
                && (terms.stream().noneMatch(term -> term.operator().isAlternative())
                        || terms.stream()
                                .filter(term -> term.operator().isAlternative())
                                .anyMatch(holds));
    }

    private static <T extends Comparable<T>> boolean compares(
            Term term, Optional<Object> value, Function<String, T> read) {
        return switch (term.operator()) {
            case NULL -> value.isEmpty();
            case NOT_NULL -> value.isPresent();
            case CONTAINS, STARTS_WITH, EQUAL_IN_ANY_CASE -> onTexts(List.of(term), texts(value));
            case EQUAL -> value.filter(read.apply(term.value())::equals).isPresent();
            case NOT_EQUAL -> value.filter(read.apply(term.value())::equals).isEmpty();
            case GREATER -> isAt(read.apply(term.value()), value, sign -> sign > 0);
            case LESS -> isAt(read.apply(term.value()), value, sign -> sign < 0);
            case AT_LEAST -> isAt(read.apply(term.value()), value, sign -> sign >= 0);
            case AT_MOST -> isAt(read.apply(term.value()), value, sign -> sign <= 0);
        };
    }

    @SuppressWarnings("unchecked") // A column holds what its attribute says.
    private static <T extends Comparable<T>> boolean isAt(T bound, Optional<Object> value, IntPredicate sign) {
        return value.isPresent() && sign.test(((T) value.get()).compareTo(bound));
    }

    /** The order of rows; those that have no value come last, as in the database. */
    static Comparator<Row> order(Resource resource, List<Order> orders) {
        Comparator<Row> all = (_, _) -> 0;
        for (var order : orders) {
            Comparator<Row> next = Comparator.comparing(
                    row -> sortable(resource, order, row), Comparator.nullsLast(InMemory::compare));
            all = all.thenComparing(order.isDescending() ? next.reversed() : next);
        }
        return all.thenComparing(row -> Key.id(row.key(resource.key())));
    }

    private static @Nullable Object sortable(Resource resource, Order order, Row row) {
        return order.attribute().equals("id")
                ? Key.id(row.key(resource.key()))
                : resource.attribute(order.attribute())
                        .flatMap(attribute -> value(row, attribute))
                        .orElse(null);
    }

    @SuppressWarnings("unchecked") // Both come out of the same column.
    private static int compare(Object one, Object other) {
        return one instanceof Comparable<?> comparable
                ? ((Comparable<Object>) comparable).compareTo(other)
                : one.toString().compareTo(other.toString());
    }
}
