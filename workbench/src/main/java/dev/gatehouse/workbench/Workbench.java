package dev.gatehouse.workbench;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.platform.postgres.StartingDatabase;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Fatal;
import dev.gatehouse.workbench.processes.Fault;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The server: screens, API, collecting and database in one process.
 *
 * <p>Exit codes: 0 when it was asked to stop, 2 when something about its settings or surroundings has to be changed
 * first, 1 when it failed in a way that we did not foresee.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(Components.Configurations.class)
// Which ones stands in META-INF/spring/dev.gatehouse.workbench.Workbench.imports: half of all that Spring Boot has.
@ImportAutoConfiguration
@EnableConfigurationProperties(Settings.class)
public class Workbench {

    private static final int FAILED = 1;
    private static final int NEEDS_ATTENTION = 2;

    public static void main(String[] arguments) {
        start(Workbench.class, arguments);
    }

    /** Starts one of the server's programs, or says why it does not start and ends the process. */
    static ConfigurableApplicationContext start(Class<?> program, String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(Workbench::outlive);
        try {
            var application = new SpringApplication(program);
            application.addInitializers(new StartingDatabase.BeforeBeans());
            return application.run(Flags.translate(arguments, System.getenv()).toArray(String[]::new));
        } catch (RuntimeException e) {
            var problem = StartProblem.explain(e);
            problem.ifPresentOrElse(System.err::println, () -> e.printStackTrace(System.err));
            System.exit(problem.isPresent() ? NEEDS_ATTENTION : FAILED);
            throw e;
        }
    }

    /** What no thread of ours caught. Those of libraries are replaced by them; all else runs under a watchdog. */
    private static void outlive(Thread thread, Throwable thrown) {
        if (Fatal.is(thrown)) {
            Fatal.endProcess(thrown);
        }
        LoggerFactory.getLogger(Workbench.class)
                .error(
                        "Thread {} ended in a way that should not happen",
                        thread.getName(),
                        Fault.of(thrown).trace());
    }

    @Bean
    static Components components(Environment environment) {
        return new Components(environment);
    }

    /** The one clock of the whole server, so that tests can set it. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** What all pauses are measured with, so that a clock that is set back or forward changes none. */
    @Bean
    MonotonicClock monotonicClock() {
        return MonotonicClock.SYSTEM;
    }
}
