package dev.gatehouse.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Unmatched;

class WorkbenchSettingsTest {

    @Test
    void putsShortFlagsIntoTheWorkbenchsWords() {
        assertThat(arguments("--port", "9000", "--data-directory=data", "--database-url=jdbc:postgresql://db/g"))
                .containsExactly(
                        "--gatehouse.server.port=9000",
                        "--gatehouse.data-directory=" + Path.of("data").toAbsolutePath(),
                        "--gatehouse.database.url=jdbc:postgresql://db/g");
    }

    @Test
    void passesAnySettingOnByItsFullName() {
        assertThat(arguments("--gatehouse.poll.overlap=20m", "--logging.level.root=info"))
                .containsExactly("--gatehouse.poll.overlap=20m", "--logging.level.root=info");
    }

    @Test
    void refusesWhatIsNoSettingWithoutRepeatingItsValue() {
        assertThatThrownBy(() -> arguments("--passwort=geheim"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("Unknown option '--passwort'")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void refusesAPasswordOnTheCommandLine() {
        assertThatThrownBy(() -> arguments("--gatehouse.database.password=geheim"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("GATEHOUSE_DATABASE_PASSWORD")
                .hasMessageNotContaining("geheim");
    }

    private static List<String> arguments(String... flags) {
        var command = new AnyCommand();
        new CommandLine(command).parseArgs(flags);
        return command.settings.arguments(command.others);
    }

    @Command(name = "any")
    private static final class AnyCommand {
        @Mixin
        private final WorkbenchSettings settings = new WorkbenchSettings();

        @Unmatched
        private final List<String> others = new ArrayList<>();
    }
}
