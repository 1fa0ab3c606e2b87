package dev.gatehouse.workbench;

import dev.gatehouse.workbench.generate.GenerateOptions;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Turns our command line into Spring's.
 *
 * <pre>
 * --poll.interval 1s        becomes  --gatehouse.poll.interval=1s
 * --poll.interval=1s        becomes  --gatehouse.poll.interval=1s
 * --config gatehouse.yaml   becomes  --spring.config.additional-location=file:/…/gatehouse.yaml
 * --logging.level.root=INFO stays
 * </pre>
 */
final class Flags {

    private static final String CONFIG_FLAG = "--config=";
    private static final String DATA_DIRECTORY_FLAG = "--gatehouse.data-directory=";

    private Flags() {}

    /**
     * Spring's arguments for ours.
     *
     * @param environment may name the data directory, which may hold a configuration file
     * @throws InvalidSetting when they make no sense, or name a file that is not there
     */
    static List<String> translate(String[] arguments, Map<String, String> environment) {
        var translated = new ArrayList<String>();
        Optional<Path> config = Optional.empty();
        for (var flag : joined(arguments)) {
            if (flag.startsWith(CONFIG_FLAG)) {
                config = Optional.of(existing(flag.substring(CONFIG_FLAG.length())));
            } else {
                translated.add(isSprings(flag) ? flag : "--gatehouse." + flag.substring(2));
            }
        }
        var directory = translated.stream()
                .filter(flag -> flag.startsWith(DATA_DIRECTORY_FLAG))
                .map(flag -> flag.substring(DATA_DIRECTORY_FLAG.length()))
                .findFirst()
                .orElse(environment.getOrDefault("GATEHOUSE_DATA_DIRECTORY", ""));
        var usual = DataDirectory.locate(directory).resolve("gatehouse.yaml");
        requireYaml(config.orElse(usual));
        translated.add("--spring.config.additional-location="
                + config.map(file -> "file:" + file).orElse("optional:file:" + usual));
        return translated;
    }

    private static List<String> joined(String[] arguments) {
        var flags = new ArrayList<String>();
        for (var at = 0; at < arguments.length; at++) {
            var argument = arguments[at];
            if (!argument.startsWith("--") || argument.length() == 2) {
                throw new InvalidSetting(
                        "'%s' is not understood. Settings are given as --name value, for example --server.port 8081."
                                .formatted(argument));
            }
            if (argument.contains("=")) {
                flags.add(argument);
            } else if (at + 1 < arguments.length) {
                at++;
                flags.add(argument + "=" + arguments[at]);
            } else {
                throw new InvalidSetting("%s lacks its value.".formatted(argument));
            }
        }
        return flags;
    }

    private static boolean isSprings(String flag) {
        return flag.startsWith("--gatehouse.")
                || flag.startsWith("--spring.")
                || flag.startsWith("--logging.")
                || flag.startsWith("--management.")
                // Of the program that makes up customers.
                || GenerateOptions.isOne(flag);
    }

    private static Path existing(String file) {
        var path = Path.of(file).toAbsolutePath().normalize();
        if (!Files.isReadable(path)) {
            throw new InvalidSetting("The configuration file %s does not exist or cannot be read.".formatted(path));
        }
        return path;
    }

    /** Spring would complain too, but at great length and before anybody can keep it from doing so. */
    private static void requireYaml(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (var text = Files.newBufferedReader(file)) {
            new Yaml().composeAll(text).forEach(document -> {});
        } catch (MarkedYAMLException e) {
            throw new InvalidSetting(
                    "The configuration file %s is not valid YAML: line %d, column %d: %s."
                            .formatted(
                                    file,
                                    e.getProblemMark().getLine() + 1,
                                    e.getProblemMark().getColumn() + 1,
                                    e.getProblem()),
                    e);
        } catch (YAMLException | IOException e) {
            throw new InvalidSetting(
                    "The configuration file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
