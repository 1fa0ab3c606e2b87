package dev.gatehouse.workbench.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Holds {@code docs/configuration.md} against the settings themselves. */
class ConfigurationPageTest {

    /** {@code | `poll.interval` | `POLL_INTERVAL` | `60s` | meaning |}; the default may be left out. */
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-zA-Z.-]+)` \\| `([A-Z_]+)` \\| (?:`([^`]*)`)? ?\\| (.+) \\|");

    private final List<Row> page = page();

    @Test
    void everySettingStandsThereWithItsDefaultAndNothingElseDoes() {
        var settings = settings(Settings.class, "");

        assertThat(page)
                .extracting(Row::setting, Row::usual)
                .containsExactlyInAnyOrderElementsOf(settings.stream()
                        .map(setting -> tuple(setting.setting(), setting.usual()))
                        .toList());
    }

    @Test
    void everyNameInTheEnvironmentIsUnderstood() {
        assertThat(page).allSatisfy(row -> {
            var name = "GATEHOUSE_" + row.environment().replace("_NAME_", "_LAB_");

            assertThat(bound(Map.of(name, sample(row)))).as(name).isNotEqualTo(bound(Map.of()));
        });
    }

    private static Settings bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new Binder(ConfigurationPropertySources.get(environment)).bindOrCreate("gatehouse", Settings.class);
    }

    /** A value that is allowed in place of this one and is another. */
    private static String sample(Row row) {
        var usual = row.usual();
        if (row.setting().startsWith("retention.")) {
            return "400d";
        }
        if (usual.matches("\\d+")) {
            return Integer.toString(Integer.parseInt(usual) - 1);
        }
        if (usual.matches("\\d+[smhd]")) {
            var unit = usual.length() - 1;
            return Integer.parseInt(usual.substring(0, unit)) + 1 + usual.substring(unit);
        }
        return switch (usual) {
            case "" ->
                switch (row.setting()) {
                    case "server.public-url" -> "https://soc.example.com";
                    case "notifications.allowed-destinations" -> "hooks.example.com";
                    default -> "jdbc:postgresql://db.example.com/gatehouse";
                };
            case "127.0.0.0/8,::1" -> "192.0.2.0/24,2001:db8::7";
            case "128MB", "25MB", "0MB" -> "64MB";
            case "true" -> "false";
            case "false" -> "true";
            case "127.0.0.1" -> "127.0.0.2";
            case "global" -> "lab";
            case "soc" -> "everybody";
            case "starttls" -> "none";
            default -> throw new AssertionError("No sample for " + usual);
        };
    }

    private static List<Row> settings(Class<?> type, String prefix) {
        var rows = new ArrayList<Row>();
        for (var component : type.getRecordComponents()) {
            var name = prefix + kebab(component.getName());
            if (component.getType().isRecord()) {
                rows.addAll(settings(component.getType(), name + "."));
            } else if (component.getType() == Map.class) {
                rows.addAll(settings(Settings.CloudAddresses.class, name + ".NAME."));
            } else {
                rows.add(new Row(name, "", usual(type, component)));
            }
        }
        return rows;
    }

    // The annotation stands on the constructor's parameter of the same name.
    private static String usual(Class<?> type, RecordComponent component) {
        return Arrays.stream(type.getDeclaredConstructors())
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .flatMap(parameter -> Optional.ofNullable(parameter.getAnnotation(DefaultValue.class)).stream())
                .map(annotation -> String.join(",", annotation.value()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(component + " has no default"));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Row> page() {
        try {
            var rows = new ArrayList<Row>();
            for (var line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
                var row = ROW.matcher(line);
                if (row.matches()) {
                    rows.add(new Row(
                            row.group(1),
                            row.group(2),
                            Optional.ofNullable(row.group(3)).orElse("")));
                }
            }
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Row(String setting, String environment, String usual) {}
}
