package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.ProcessId;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What runs the work on tenants. */
public final class LeaseParts {

    private LeaseParts() {}

    /**
     * Takes the lease of a tenant for a process of its own; there is only one tenant.
     *
     * @param duration how long it lasts; with none at all the next who asks gets the tenant
     */
    public static Lease claim(WorkbenchParts parts, Duration duration) {
        var book = new LeaseTable(parts.get(JdbcClient.class), new ThisProcess(new ProcessId()), duration);
        book.prepare();
        return book.claim(1).getFirst().lease();
    }

    /** Lets parts that have a meter registry take leases and run the work there is. */
    public static WorkbenchParts into(WorkbenchParts parts) {
        return parts.with(
                ProcessId.class,
                ThisProcess.class,
                ProcessMessages.class,
                Background.class,
                TenantLoops.class,
                Leases.class);
    }
}
