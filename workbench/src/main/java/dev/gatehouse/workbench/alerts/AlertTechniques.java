package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which tactics and techniques of MITRE ATT&amp;CK alerts are about, and how they ended. */
@Component
public class AlertTechniques {

    private final JdbcClient database;

    AlertTechniques(JdbcClient database) {
        this.database = database;
    }

    /**
     * Alerts that have tactics, techniques and ending in common.
     *
     * @param tactics ids, e.g. {@code TA0006}; may be empty
     * @param techniques ids, e.g. {@code T1003.006}; may be empty
     * @param alerts how many; at least one
     */
    public record Group(List<String> tactics, List<String> techniques, AlertEnding ending, long alerts) {

        public Group {
            tactics = List.copyOf(tactics);
            techniques = List.copyOf(techniques);
        }
    }

    // There are few combinations, however many alerts there are: what they mean is worked out by whoever asks.
    private static final String GROUPS = """
            select tactics, techniques, close_reason, count(*) as alerts from alert a
            where a.created_at >= :from and a.created_at < :to and {scope}
            group by tactics, techniques, close_reason
            """;

    /**
     * Of alerts that were made in a range of time.
     *
     * @param from made then or later, by our clock
     * @param to made before
     */
    public List<Group> groups(Scope scope, Instant from, Instant to) {
        return scope.organizations(database, GROUPS, "a.organization_id")
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query((row, number) -> new Group(
                        Columns.texts(row, "tactics"),
                        Columns.texts(row, "techniques"),
                        AlertEnding.of(Optional.ofNullable(row.getString("close_reason"))
                                .map(CloseReason::valueOf)),
                        row.getLong("alerts")))
                .list();
    }
}
