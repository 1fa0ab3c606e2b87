package dev.gatehouse.simulator.csdl;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Schemas and recorded answers that lie beside the repository. Tests that need them skip without them, unless required. */
public final class ReferenceFolder {

    private ReferenceFolder() {}

    /** A file of the folder that {@code gatehouse.reference} names. */
    public static Path file(String name) {
        var file = Path.of(System.getProperty("gatehouse.reference", "../../shared"))
                .resolve(name);
        if (!Files.exists(file) && Boolean.getBoolean("gatehouse.reference.required")) {
            fail("Required, but missing: " + file);
        }
        assumeTrue(Files.exists(file), () -> "Skipped, because this reference file is missing: " + file);
        return file;
    }
}
