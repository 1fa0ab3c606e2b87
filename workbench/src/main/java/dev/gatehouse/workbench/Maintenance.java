package dev.gatehouse.workbench;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.people.MaintenanceDoor;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/**
 * A Workbench that collects nothing and shows nothing: the database, and the resources of the API about people, on a free
 * port of loopback. The command line starts it to work on a data directory on which no Workbench runs.
 *
 * <p>It is no {@code @Configuration}, so that {@link Workbench} does not find it.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(Settings.class)
@ComponentScan(
        basePackages = {
            "dev.gatehouse.workbench.platform.database",
            "dev.gatehouse.workbench.platform.postgres",
            "dev.gatehouse.workbench.people",
            "dev.gatehouse.workbench.web.api.dialect",
            "dev.gatehouse.workbench.web.api.resources",
            "dev.gatehouse.workbench.web.api.people"
        },
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import(MaintenanceDoor.class)
public class Maintenance {

    public static void main(String[] arguments) {
        Workbench.start(Maintenance.class, flags(arguments));
    }

    /** What was given, and that nobody else gets in. */
    static String[] flags(String[] arguments) {
        var flags = new ArrayList<>(List.of(arguments));
        flags.add("--gatehouse.server.port=0");
        flags.add("--gatehouse.server.address=127.0.0.1");
        // Its liveness includes loops, of which there are none here.
        flags.add("--management.endpoint.health.validate-group-membership=false");
        return flags.toArray(String[]::new);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    MonotonicClock monotonicClock() {
        return MonotonicClock.SYSTEM;
    }
}
