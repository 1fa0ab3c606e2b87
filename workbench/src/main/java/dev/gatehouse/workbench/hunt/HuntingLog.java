package dev.gatehouse.workbench.hunt;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who asked which customer's tenant what. The answers are not kept. */
@Component
class HuntingLog {

    private final JdbcClient database;

    HuntingLog(JdbcClient database) {
        this.database = database;
    }

    private static final String NOTE = """
            insert into hunting_query (id, device_id, query, timespan_ms, asked_by, asked_at, rows, cause, took_ms)
            values (:id, :device, :query, :timespan, :by, :at, :rows, :cause, :took)
            """;

    void note(PastHunt hunt) {
        database.sql(NOTE)
                .param("id", hunt.id())
                .param("device", hunt.device())
                .param("query", Columns.text(hunt.query()))
                .param("timespan", hunt.timespan().toMillis())
                .param("by", hunt.askedBy())
                .param("at", Columns.timestamp(hunt.askedAt()))
                .param("rows", hunt.rows().orElse(null))
                .param("cause", hunt.cause().map(Columns::text).orElse(null))
                .param("took", hunt.took().toMillis())
                .update();
    }

    private static final String LATEST = """
            select h.*, d.name as device_name
              from hunting_query h join security_device d on d.id = h.device_id
             where {scope}
             order by h.asked_at desc, h.id
             limit :most
            """;

    /** The latest first. */
    List<PastHunt> latest(Scope scope, int most) {
        return scope.devices(database, LATEST, "h.device_id")
                .param("most", most)
                .query((row, number) -> hunt(row))
                .list();
    }

    private static PastHunt hunt(ResultSet row) throws SQLException {
        return new PastHunt(
                row.getObject("id", UUID.class),
                row.getObject("device_id", UUID.class),
                row.getString("device_name"),
                row.getString("query"),
                Duration.ofMillis(row.getLong("timespan_ms")),
                row.getString("asked_by"),
                Columns.instant(row, "asked_at"),
                Optional.ofNullable(row.getObject("rows", Integer.class)),
                Optional.ofNullable(row.getString("cause")),
                Duration.ofMillis(row.getLong("took_ms")));
    }
}
