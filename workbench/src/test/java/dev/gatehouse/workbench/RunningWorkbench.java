package dev.gatehouse.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole server, on a free port of loopback, with a data directory and a database of its own. */
public final class RunningWorkbench implements AutoCloseable {

    private final WorkbenchDatabase database = WorkbenchDatabase.create();
    private final Path dataDirectory;
    private final ConfigurableApplicationContext context;

    private RunningWorkbench(List<Class<?>> more, List<String> flags) {
        try {
            dataDirectory = Files.createTempDirectory("gatehouse-workbench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var arguments = new ArrayList<>(List.of(
                "--gatehouse.data-directory=" + dataDirectory,
                "--gatehouse.database.url=" + database.url(),
                "--gatehouse.database.username=" + database.username(),
                "--gatehouse.database.password=" + database.password(),
                "--gatehouse.server.port=0"));
        arguments.addAll(flags);
        var application = new SpringApplication(Workbench.class);
        application.addPrimarySources(more);
        context = application.run(arguments.toArray(String[]::new));
    }

    /**
     * Starts a server.
     *
     * @param flags in Spring's form, e.g. {@code --gatehouse.poll.interval=1s}
     */
    public static RunningWorkbench start(String... flags) {
        return new RunningWorkbench(List.of(), List.of(flags));
    }

    /** Starts a server with further beans, e.g. a {@code @Primary} fake of something that it would ask Microsoft for. */
    public static RunningWorkbench startWith(List<Class<?>> more, String... flags) {
        return new RunningWorkbench(more, List.of(flags));
    }

    /** Flags for a cloud {@code nowhere}, where nobody listens, so that polling fails at once and asks nobody. */
    public static String[] nowhere() {
        return new String[] {
            "--gatehouse.clouds.nowhere.authority=http://127.0.0.1:1",
            "--gatehouse.clouds.nowhere.graph=http://127.0.0.1:1"
        };
    }

    /** Where it answers. */
    public URI address() {
        var server = ((ServletWebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("The web server is not running");
        }
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One of its parts. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** What Spring found out while it looked for its parts. */
    public ConditionEvaluationReport conditions() {
        return ConditionEvaluationReport.get(context.getBeanFactory());
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    public WorkbenchDatabase database() {
        return database;
    }

    @Override
    public void close() throws IOException {
        context.close();
        database.close();
        FileSystemUtils.deleteRecursively(dataDirectory);
    }
}
