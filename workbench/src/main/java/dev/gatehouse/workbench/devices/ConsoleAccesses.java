package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was last seen of analysts' access to Microsoft's consoles, by tenant: the guest is often there before the device. */
@Component
public class ConsoleAccesses {

    private final JdbcClient database;
    private final InstantSource clock;

    ConsoleAccesses(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String ONE = """
            select state, reason, checked_at from console_access where directory_id = :directory
            """;

    /** What is known of a tenant. */
    public ConsoleAccess of(TenantId directory) {
        return database.sql(ONE)
                .param("directory", directory.value())
                .query((row, number) -> new ConsoleAccess(
                        ConsoleAccess.State.of(row.getString("state")),
                        row.getString("reason"),
                        Optional.of(Columns.instant(row, "checked_at"))))
                .optional()
                .orElseGet(ConsoleAccess::unchecked);
    }

    private static final String SEVERAL = """
            select directory_id, state, reason, checked_at from console_access where directory_id = any (:directories)
            """;

    /** What is known of tenants, of those that somebody has looked at. */
    public Map<TenantId, ConsoleAccess> of(Collection<TenantId> directories) {
        var found = new HashMap<TenantId, ConsoleAccess>();
        database.sql(SEVERAL)
                .param("directories", directories.stream().map(TenantId::value).toArray(UUID[]::new))
                .query(row -> {
                    found.put(
                            new TenantId(row.getObject("directory_id", UUID.class)),
                            new ConsoleAccess(
                                    ConsoleAccess.State.of(row.getString("state")),
                                    row.getString("reason"),
                                    Optional.of(Columns.instant(row, "checked_at"))));
                });
        return found;
    }

    private static final String NOTE = """
            insert into console_access (directory_id, state, reason, checked_at)
            values (:directory, :state, :reason, :now)
            on conflict (directory_id) do update
            set state = excluded.state, reason = excluded.reason, checked_at = excluded.checked_at
            """;

    /** Keeps what Microsoft has just said. */
    public void note(TenantId directory, ConsoleAccess.State state, String reason) {
        database.sql(NOTE)
                .param("directory", directory.value())
                .param("state", state.key())
                .param("reason", Columns.text(reason))
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }
}
