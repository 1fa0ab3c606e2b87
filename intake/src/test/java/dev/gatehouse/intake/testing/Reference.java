package dev.gatehouse.intake.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder with recorded answers of Microsoft. Tests that need it skip without it, unless it is required. */
public final class Reference {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Reference() {}

    /**
     * A file of that folder.
     *
     * @throws IllegalStateException when it is absent although {@code gatehouse.reference.required} is set
     */
    public static Path file(String name) {
        var file =
                Path.of(System.getProperty("gatehouse.reference", "../shared")).resolve(name);
        var isThere = Files.isRegularFile(file);
        if (!isThere && Boolean.getBoolean("gatehouse.reference.required")) {
            throw new IllegalStateException("The reference file %s is required and missing".formatted(name));
        }
        assumeTrue(isThere, () -> "The reference file %s is missing".formatted(name));
        return file;
    }

    public static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All JSON values of a file, whether it holds one or one a line. */
    public static List<JsonNode> values(String name) {
        if (!name.endsWith(".jsonl")) {
            return List.of(MAPPER.readTree(text(name)));
        }
        var values = new ArrayList<JsonNode>();
        text(name).lines().filter(line -> !line.isBlank()).forEach(line -> values.add(MAPPER.readTree(line)));
        return values;
    }
}
