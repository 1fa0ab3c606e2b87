package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How the {@linkplain MeasuredTime times} of a table's rows are spread, for rows that were made in a range of time. Each room has
 * one for its table, and narrows its statements to a scope.
 *
 * @param <T> the times
 */
public final class TimeSpreads<T extends Enum<T> & MeasuredTime> {

    private static final String TOTAL = """
            select {spreads} from {rows} where {created} >= :from and {created} < :to and {narrowed}
            """;

    // Each span is read by itself, so that nothing has to be sorted by spans first.
    private static final String SPANS = """
            select w.span, m.*
            from unnest(:froms::text[]::timestamptz[], :tos::text[]::timestamptz[]) with ordinality as w (span_from, span_to, span)
            cross join lateral (
                select {spreads} from {rows} where {created} >= w.span_from and {created} < w.span_to and {narrowed}
            ) m
            order by w.span
            """;

    private static final String ORGANIZATIONS = """
            select {organization} as organization, {spreads} from {owned}
            where {created} >= :from and {created} < :to and {narrowed}
            group by {organization}
            """;

    private final Class<T> type;
    private final Table table;

    /**
     * Where rows are.
     *
     * @param rows to select from, e.g. {@code alert a}
     * @param created the column that says when they were made
     * @param owned to select from when it has to be known whose they are
     * @param organization the column that says whose, of {@code owned}
     * @param narrowed a condition, with places for whatever the room fills in
     */
    public record Table(String rows, String created, String owned, String organization, String narrowed) {}

    /** Of the times of one table. */
    public TimeSpreads(Class<T> type, Table table) {
        this.type = type;
        this.table = table;
    }

    /**
     * All together.
     *
     * @param asked makes a statement of the room's own, with its condition filled in
     * @param from made then or later, by our clock
     * @param to made before
     * @return without those of which nothing was measured
     */
    public Map<T, Percentiles> total(Function<String, JdbcClient.StatementSpec> asked, Instant from, Instant to) {
        return between(asked.apply(filled(TOTAL)), from, to)
                .query((row, number) -> read(row))
                .single();
    }

    /**
     * Of each of several spans of time.
     *
     * @param spans each from its beginning until before its end
     * @return as many as there are spans, in their order
     */
    public List<Map<T, Percentiles>> spans(Function<String, JdbcClient.StatementSpec> asked, List<Window> spans) {
        return asked.apply(filled(SPANS))
                .param(
                        "froms",
                        spans.stream().map(span -> span.from().toString()).toArray(String[]::new))
                .param("tos", spans.stream().map(span -> span.to().toString()).toArray(String[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    /** Of each organization that has any. */
    public Map<UUID, Map<T, Percentiles>> organizations(
            Function<String, JdbcClient.StatementSpec> asked, Instant from, Instant to) {
        var found = new HashMap<UUID, Map<T, Percentiles>>();
        between(asked.apply(filled(ORGANIZATIONS)), from, to).query(row -> {
            found.put(row.getObject("organization", UUID.class), read(row));
        });
        return found;
    }

    private static JdbcClient.StatementSpec between(JdbcClient.StatementSpec statement, Instant from, Instant to) {
        return statement.param("from", Columns.timestamp(from)).param("to", Columns.timestamp(to));
    }

    private String filled(String sql) {
        var spreads = Stream.of(type.getEnumConstants())
                .map(time -> Percentiles.of(time.column()))
                .collect(Collectors.joining(", "));
        return sql.replace("{spreads}", spreads)
                .replace("{rows}", table.rows())
                .replace("{created}", table.created())
                .replace("{owned}", table.owned())
                .replace("{organization}", table.organization())
                .replace("{narrowed}", table.narrowed());
    }

    private Map<T, Percentiles> read(ResultSet row) throws SQLException {
        var found = new EnumMap<T, Percentiles>(type);
        for (var time : type.getEnumConstants()) {
            Percentiles.read(row, time.column()).ifPresent(spread -> found.put(time, spread));
        }
        return found;
    }
}
