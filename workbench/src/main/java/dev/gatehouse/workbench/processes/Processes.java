package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The processes on the database, and which of them works on what; for people to look at. */
@Component
public class Processes {

    private final JdbcClient database;
    private final ThisProcess self;

    Processes(JdbcClient database, ThisProcess self) {
        this.database = database;
        this.self = self;
    }

    /**
     * One process. Times are by the database's clock.
     *
     * @param id drawn at its start
     * @param name its host and process number
     * @param host the machine that it runs on
     * @param version of Gatehouse
     * @param startedAt when it joined
     * @param seenAt when it last said that it is alive
     * @param isAlive whether it said so recently enough to be counted on
     * @param isSelf whether it is the one that answers
     * @param tenants how many tenants it reads
     */
    public record Peer(
            UUID id,
            String name,
            String host,
            String version,
            Instant startedAt,
            Instant seenAt,
            boolean isAlive,
            boolean isSelf,
            int tenants) {}

    /**
     * Which process reads a tenant.
     *
     * @param process its name
     * @param since since when
     */
    public record Holder(String process, Instant since) {}

    private static final String ALL = """
            select p.*, p.alive_until > clock_timestamp() as alive,
                   (select count(*) from lease l where l.process_id = p.id and l.until > clock_timestamp()) as tenants
            from process p order by p.started_at, p.id
            """;

    /** Those that are alive, and those that were lost within the last day, in the order in which they joined. */
    public List<Peer> all() {
        return database.sql(ALL).query((row, number) -> process(row)).list();
    }

    private Peer process(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Peer(
                id,
                row.getString("name"),
                row.getString("host"),
                row.getString("version"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "seen_at"),
                row.getBoolean("alive"),
                id.equals(self.id()),
                row.getInt("tenants"));
    }

    private static final String HOLDER = """
            select p.name, l.since from lease l join process p on p.id = l.process_id
            where l.tenant_id = :tenant and l.until > clock_timestamp() and {scope}
            """;

    /** Who reads a tenant; nobody for the moment between two who do. */
    public Optional<Holder> holderOf(Scope scope, TenantId tenant) {
        return scope.tenants(database, HOLDER, "l.tenant_id")
                .param("tenant", tenant.value())
                .query((row, number) -> new Holder(row.getString("name"), Columns.instant(row, "since")))
                .optional();
    }
}
