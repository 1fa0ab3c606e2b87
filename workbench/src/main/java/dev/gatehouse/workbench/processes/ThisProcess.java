package dev.gatehouse.workbench.processes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who we are among the processes on the database. The id is drawn at every start: a process never comes back. */
@Component
final class ThisProcess {

    private final UUID id = UUID.randomUUID();
    private final String host = hostName();
    private final String name = "%s-%d".formatted(host, ProcessHandle.current().pid());
    private final String version = Optional.ofNullable(
                    ThisProcess.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that does not know its own name still has one to go by.
            return "localhost";
        }
    }

    UUID id() {
        return id;
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
