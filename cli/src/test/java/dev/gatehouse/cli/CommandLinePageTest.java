package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.program.Programs;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceField.Section;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Holds {@code docs/cli.md} against the commands themselves. */
class CommandLinePageTest {

    /** Explained once, in the page's first lines, or by every command line there is. */
    private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");

    private final CommandLine commands;
    private final String page;

    CommandLinePageTest(@TempDir Path home) throws IOException {
        commands = Gatehouse.commands(
                new Stage(home).context(new StringWriter(), new StringWriter(), new Programs.Built(home)));
        page = Files.readString(Path.of("..", "docs", "cli.md"));
    }

    @Test
    void everyCommandStandsThere() {
        assertThat(leaves(commands)).hasSizeGreaterThan(8).allSatisfy(command -> assertThat(page)
                .contains("`" + command.getCommandSpec().qualifiedName()));
    }

    @Test
    void everyOptionStandsThere() {
        assertThat(leaves(commands))
                .flatExtracting(command -> command.getCommandSpec().options())
                .filteredOn(option -> !option.hidden() && !OF_EVERY_COMMAND.contains(option.longestName()))
                .allSatisfy(option -> assertThat(page).containsPattern("`" + option.longestName() + "\\b"));
    }

    @Test
    void everyExitCodeStandsThere() {
        assertThat(ExitCode.values()).allSatisfy(code -> assertThat(page).contains("\n| " + code.number() + " | "));
    }

    /** The table of the page: copy it from the message of this test when a field was added or changed. */
    @Test
    void everyFieldOfADeviceStandsThereAsItIsDescribed() {
        var rows = DeviceField.ALL.stream().map(CommandLinePageTest::row).collect(Collectors.joining("\n"));

        assertThat(page)
                .contains("| column and attribute | option | in the form | meaning |\n|---|---|---|---|\n" + rows
                        + "\n\n");
    }

    private static String row(DeviceField field) {
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        field.key(),
                        field.option().map("`%s`"::formatted).orElse("never"),
                        field.section() == Section.NOWHERE ? "–" : field.label(),
                        field.help() + (field.isRequired() ? " Required" : ""));
    }

    private static List<CommandLine> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return List.of(command);
        }
        var leaves = new ArrayList<CommandLine>();
        for (var sub : command.getSubcommands().values()) {
            leaves.addAll(leaves(sub));
        }
        return leaves;
    }
}
