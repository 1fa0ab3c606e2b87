package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/** Runs queries and writes answers on one line, so that examples can be read as a table. */
final class Answers {

    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final Map<String, Table> tables;
    private final String lets;
    private final KqlLimits limits;

    Answers(Map<String, Table> tables, String lets, KqlLimits limits) {
        this.tables = tables;
        this.lets = lets;
        this.limits = limits;
    }

    static Answers over(Table... tables) {
        Map<String, Table> byName = new HashMap<>();
        for (Table table : tables) {
            byName.put(table.name(), table);
        }
        return new Answers(byName, "", KqlLimits.microsofts());
    }

    Answers after(String lets) {
        return new Answers(tables, lets, limits);
    }

    Answers within(KqlLimits limits) {
        return new Answers(tables, lets, limits);
    }

    Table to(String query) {
        return Kql.run(lets + query, name -> Optional.ofNullable(tables.get(name)), NOW, limits);
    }

    /** Cells joined by {@code ,}, rows by {@code ;}. A null shows as {@code null}, an empty text as nothing. */
    String rows(String query) {
        Table result = to(query);
        return result.rows().stream()
                .map(row -> result.columns().stream()
                        .map(column -> shown(row.get(column.name())))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    String columns(String query) {
        return to(query).columns().stream()
                .map(column -> column.name() + ":" + Values.name(column.type()))
                .collect(Collectors.joining(" "));
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertThatTroubleWith(String query) {
        return assertThatThrownBy(() -> to(query)).isInstanceOf(KqlException.class);
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "null" : Values.text(value);
    }
}
