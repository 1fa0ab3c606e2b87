package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.TimeSpreads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long things about investigations took, for investigations that were opened in a range of time. */
@Component
public class InvestigationTimes {

    private static final TimeSpreads<InvestigationTime> SPREADS = new TimeSpreads<>(
            InvestigationTime.class,
            new TimeSpreads.Table(
                    "investigation i",
                    "i.created_at",
                    "investigation i",
                    "i.organization_id",
                    "{severity} and " + Scope.PLACE));

    private final JdbcClient database;

    InvestigationTimes(JdbcClient database) {
        this.database = database;
    }

    /**
     * All together.
     *
     * @param severity only of that one
     * @param from made then or later, by our clock
     * @param to made before
     * @return without those of which nothing was measured
     */
    public Map<InvestigationTime, Percentiles> total(Scope scope, Optional<String> severity, Instant from, Instant to) {
        return SPREADS.total(asked(scope, severity), from, to);
    }

    /**
     * Of each of several spans of time.
     *
     * @param spans each from its beginning until before its end
     * @return as many as there are spans, in their order
     */
    public List<Map<InvestigationTime, Percentiles>> spans(Scope scope, Optional<String> severity, List<Window> spans) {
        return SPREADS.spans(asked(scope, severity), spans);
    }

    /** Of each organization that has any. */
    public Map<UUID, Map<InvestigationTime, Percentiles>> organizations(
            Scope scope, Optional<String> severity, Instant from, Instant to) {
        return SPREADS.organizations(asked(scope, severity), from, to);
    }

    private Function<String, JdbcClient.StatementSpec> asked(Scope scope, Optional<String> severity) {
        var condition = severity.isPresent() ? "i.severity_rank = :severity" : "true";
        return sql -> Within.organization(scope, database, sql.replace("{severity}", condition), "i.organization_id")
                .param("severity", severity.map(Choices::rank).orElse(null));
    }
}
