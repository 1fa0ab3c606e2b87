package dev.gatehouse.workbench.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void isInTheSystemsPlaceForRootAndBelowHomeForOthers() {
        assertThat(DataDirectory.usual(Map.of(), "root", Path.of("/root"))).hasToString("/var/lib/gatehouse");
        assertThat(DataDirectory.usual(Map.of(), "ada", HOME)).hasToString("/home/ada/.local/share/gatehouse");
        assertThat(DataDirectory.usual(Map.of("XDG_DATA_HOME", "/srv/ada"), "ada", HOME))
                .hasToString("/srv/ada/gatehouse");
    }

    @Test
    void isClosedToOthersButForTheWayThrough(@TempDir Path parent) throws IOException {
        try (var directory = DataDirectory.open(parent.resolve("deep/data"))) {
            assertThat(Files.getPosixFilePermissions(directory.path()))
                    .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE)
                    .doesNotContain(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
        }
    }

    @Test
    void belongsToOneProcessAtATime(@TempDir Path path) throws IOException {
        try (var first = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageContaining("Another Gatehouse is running on " + first.path());
        }

        DataDirectory.open(path).close();
    }

    @Test
    void namesAFolderThatCannotBeUsed(@TempDir Path parent) throws IOException {
        var file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(file.toString());
    }
}
