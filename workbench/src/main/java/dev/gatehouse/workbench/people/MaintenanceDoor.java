package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Lets the owner of the machine in while no Workbench runs. Where to go and with which token stands in a file of the data
 * directory that only they may read, in two lines, for as long as the door is open.
 */
public final class MaintenanceDoor implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

    static final String FILE = "maintenance";

    private final MachineToken machine;
    private final ApiTokens tokens;
    private final PrivateFile file;

    MaintenanceDoor(MachineToken machine, ApiTokens tokens, DataDirectory directory) {
        this.machine = machine;
        this.tokens = tokens;
        this.file = new PrivateFile(directory.resolve(FILE));
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null) {
            var token = tokens.draw();
            machine.accept(token);
            file.write(
                    "http://127.0.0.1:%d%n%s%n".formatted(server.getWebServer().getPort(), token));
        }
    }

    @Override
    public void close() {
        file.delete();
    }
}
