package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsTest {

    private static final String NO_CONFIG =
            "--spring.config.additional-location=optional:file:/srv/gatehouse/gatehouse.yaml";

    @Test
    void putsOurPrefixBeforeOurNames() {
        assertThat(translate("--poll.interval", "1s", "--server.port=8081"))
                .containsExactly("--gatehouse.poll.interval=1s", "--gatehouse.server.port=8081", NO_CONFIG);
    }

    @Test
    void leavesFullNamesAlone() {
        assertThat(translate("--gatehouse.poll.interval=1s", "--logging.level.root=INFO"))
                .containsExactly("--gatehouse.poll.interval=1s", "--logging.level.root=INFO", NO_CONFIG);
    }

    @Test
    void readsTheFileThatIsNamed(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("my.yaml"));

        assertThat(translate("--config", file.toString()))
                .containsExactly("--spring.config.additional-location=file:" + file);
    }

    @Test
    void readsTheFileInTheDataDirectoryOtherwise() {
        assertThat(translate("--data-directory", "/data"))
                .contains("--spring.config.additional-location=optional:file:/data/gatehouse.yaml");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> translate("serve"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("'serve' is not understood");
        assertThatThrownBy(() -> translate("--poll.interval"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("lacks its value");
        assertThatThrownBy(() -> translate("--config", "/nowhere/gatehouse.yaml"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("/nowhere/gatehouse.yaml does not exist");
    }

    private static List<String> translate(String... arguments) {
        return Flags.translate(arguments, Map.of("GATEHOUSE_DATA_DIRECTORY", "/srv/gatehouse"));
    }
}
