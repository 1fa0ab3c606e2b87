package dev.gatehouse.workbench;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.nio.file.Files;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says on standard output where to go, once everything runs. The launcher waits for this line. */
@Component
class Announcement {

    private final Settings settings;
    private final DataDirectory directory;

    Announcement(Settings settings, DataDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    @EventListener
    @Order
    void announce(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null) {
            System.out.println("Gatehouse Workbench is ready at http://%s:%d"
                    .formatted(
                            host(settings.server().address()),
                            server.getWebServer().getPort()));
        }
        settings.server().publicAddress().ifPresent(url -> System.out.println("People open it at %s".formatted(url)));
        var firstAdministrator = directory.resolve("first-administrator");
        if (Files.exists(firstAdministrator)) {
            System.out.println("The first administrator's e-mail and password are in " + firstAdministrator);
        }
    }

    private static String host(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
