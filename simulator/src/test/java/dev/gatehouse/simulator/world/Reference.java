package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the reference folder, which not every machine has. */
final class Reference {

    private Reference() {}

    /** The file's text; without the folder the test is skipped, or fails where the folder is required. */
    static String text(String file) throws IOException {
        var path =
                Path.of(System.getProperty("gatehouse.reference", "../shared")).resolve(file);
        if (Boolean.getBoolean("gatehouse.reference.required")) {
            assertThat(path).exists();
        }
        assumeTrue(Files.exists(path), () -> "The reference file " + file + " is missing");
        return Files.readString(path);
    }
}
