package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long things about investigations took, for investigations that were opened in a range of time. */
@Component
public class InvestigationTimes {

    private static final String SPREADS = Arrays.stream(InvestigationTime.values())
            .map(time -> Percentiles.of(time.column()))
            .collect(Collectors.joining(", "));

    private final JdbcClient database;

    InvestigationTimes(JdbcClient database) {
        this.database = database;
    }

    private static final String TOTAL = "select " + SPREADS
            + " from investigation i where i.created_at >= :from and i.created_at < :to and {severity} and {scope}";

    /**
     * All together.
     *
     * @param severity only of that one
     * @param from made then or later, by our clock
     * @param to made before
     * @return without those of which nothing was measured
     */
    public Map<InvestigationTime, Percentiles> total(Scope scope, Optional<String> severity, Instant from, Instant to) {
        return asked(scope, TOTAL, severity)
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query((row, number) -> read(row))
                .single();
    }

    // Each span is read by itself, so that nothing has to be sorted by spans first.
    private static final String SPANS = """
            select w.span, m.* from unnest(:froms::text[]::timestamptz[], :tos::text[]::timestamptz[]) with ordinality as w (span_from, span_to, span)
            cross join lateral (
                select {spreads}
                from investigation i where i.created_at >= w.span_from and i.created_at < w.span_to and {severity} and {scope}
            ) m
            order by w.span
            """.replace("{spreads}", SPREADS);

    /**
     * Of each of several spans of time.
     *
     * @param spans each from its beginning until before its end
     * @return as many as there are spans, in their order
     */
    public List<Map<InvestigationTime, Percentiles>> spans(Scope scope, Optional<String> severity, List<Window> spans) {
        return asked(scope, SPANS, severity)
                .param(
                        "froms",
                        spans.stream().map(span -> span.from().toString()).toArray(String[]::new))
                .param("tos", spans.stream().map(span -> span.to().toString()).toArray(String[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    private static final String ORGANIZATIONS = "select i.organization_id as organization, " + SPREADS + """
             from investigation i
            where i.created_at >= :from and i.created_at < :to and {severity} and {scope}
            group by i.organization_id
            """;

    /** Of each organization that has any. */
    public Map<UUID, Map<InvestigationTime, Percentiles>> organizations(
            Scope scope, Optional<String> severity, Instant from, Instant to) {
        var found = new HashMap<UUID, Map<InvestigationTime, Percentiles>>();
        asked(scope, ORGANIZATIONS, severity)
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query(row -> {
                    found.put(row.getObject("organization", UUID.class), read(row));
                });
        return found;
    }

    private JdbcClient.StatementSpec asked(Scope scope, String sql, Optional<String> severity) {
        var narrowed = sql.replace("{severity}", severity.isPresent() ? "i.severity_rank = :severity" : "true");
        return Within.organization(scope, database, narrowed, "i.organization_id")
                .param("severity", severity.map(Choices::rank).orElse(null));
    }

    private static Map<InvestigationTime, Percentiles> read(ResultSet row) throws SQLException {
        var found = new EnumMap<InvestigationTime, Percentiles>(InvestigationTime.class);
        for (var time : InvestigationTime.values()) {
            Percentiles.read(row, time.column()).ifPresent(spread -> found.put(time, spread));
        }
        return found;
    }
}
