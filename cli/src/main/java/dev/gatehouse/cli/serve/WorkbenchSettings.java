package dev.gatehouse.cli.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of a Workbench: short names for the settings that people set most, and any other by its full name. */
public final class WorkbenchSettings {

    private static final Pattern FULL_NAME = Pattern.compile("--(gatehouse|logging|spring|management)\\..+=.*");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: 8080).")
    private @Nullable Integer port;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1).")
    private @Nullable String address;

    @Option(
            names = "--data-directory",
            paramLabel = "DIRECTORY",
            description =
                    "Where everything is kept (default: /var/lib/gatehouse for root, otherwise ~/.local/share/gatehouse).")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "An external PostgreSQL, e.g. jdbc:postgresql://host/gatehouse. The password comes from GATEHOUSE_DATABASE_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(names = "--database-username", paramLabel = "NAME", description = "The user there.")
    private @Nullable String databaseUsername;

    @Option(
            names = "--poll-interval",
            paramLabel = "TIME",
            description = "How often vendor alerts and incidents are asked for, e.g. 1s (default: 60s).")
    private @Nullable String pollInterval;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file (default: gatehouse.yaml in the data directory).")
    private @Nullable Path config;

    /** The port that was asked for, when one was. */
    @Nullable
    public Integer port() {
        return port;
    }

    /** The data directory that was asked for, when one was. */
    @Nullable
    public Path dataDirectory() {
        return dataDirectory;
    }

    /**
     * All that was given, in the Workbench's own words.
     *
     * @param others what the command line holds besides these options; settings by their full names
     */
    public List<String> arguments(List<String> others) {
        var arguments = new ArrayList<String>();
        add(arguments, "gatehouse.server.port", port);
        add(arguments, "gatehouse.server.address", address);
        add(arguments, "gatehouse.data-directory", absolute(dataDirectory));
        add(arguments, "gatehouse.database.url", databaseUrl);
        add(arguments, "gatehouse.database.username", databaseUsername);
        add(arguments, "gatehouse.poll.interval", pollInterval);
        add(arguments, "config", absolute(config));
        for (var other : others) {
            if (!FULL_NAME.matcher(other).matches()) {
                // Without the value, which may be a password.
                throw new ParameterException(
                        command.commandLine(),
                        "Unknown option '%s'. Settings are given as --gatehouse.NAME=VALUE."
                                .formatted(other.replaceAll("=.*", "")));
            }
            if (other.startsWith("--gatehouse.database.password=")) {
                throw new ParameterException(
                        command.commandLine(),
                        "A password is not taken from the command line, where the process list shows it. Use GATEHOUSE_DATABASE_PASSWORD or the configuration file.");
            }
        }
        arguments.addAll(others);
        return List.copyOf(arguments);
    }

    private static void add(List<String> arguments, String name, @Nullable Object value) {
        if (value != null) {
            arguments.add("--%s=%s".formatted(name, value));
        }
    }

    private static @Nullable Path absolute(@Nullable Path path) {
        return path == null ? null : path.toAbsolutePath();
    }
}
