package dev.gatehouse.workbench.platform.database;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** By what others on the database know this process. It is drawn at every start: a process never comes back. */
@Component
public final class ProcessId {

    /** What the sessions of any process are called at the server, before its id. */
    public static final String SESSIONS = "Gatehouse ";

    private final UUID value = UUID.randomUUID();

    public UUID value() {
        return value;
    }

    /** What this process calls its sessions at the database server, so that another can find them there. */
    public String sessions() {
        return SESSIONS + value;
    }
}
