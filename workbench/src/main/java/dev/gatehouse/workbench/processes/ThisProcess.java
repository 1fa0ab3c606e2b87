package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.platform.database.ProcessId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who we are among the processes on the database. */
@Component
final class ThisProcess {

    private final ProcessId id;
    private final String host = hostName();
    private final String name = "%s-%d".formatted(host, ProcessHandle.current().pid());
    private final String version = Optional.ofNullable(
                    ThisProcess.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");

    ThisProcess(ProcessId id) {
        this.id = id;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that does not know its own name still has one to go by.
            return "localhost";
        }
    }

    UUID id() {
        return id.value();
    }

    String host() {
        return host;
    }

    String name() {
        return name;
    }

    String version() {
        return version;
    }
}
