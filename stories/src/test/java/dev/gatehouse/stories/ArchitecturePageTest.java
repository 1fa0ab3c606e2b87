package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds ARCHITECTURE.md against the code. */
class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void quotesTheConductorAsItIs() throws IOException {
        var code = Files.readString(
                ROOT.resolve("workbench/src/main/java/dev/gatehouse/workbench/collect/Collector.java"));
        var quoted = page().lines()
                .dropWhile(line -> !line.equals("```java"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(line -> line.isEmpty() ? line : "    " + line)
                .toList();

        assertThat(quoted).isNotEmpty();
        assertThat(code).contains(String.join("\n", quoted));
    }

    @Test
    void namesEveryRoom() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            var rooms = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> "| `%s` |".formatted(folder.getFileName()))
                    .toList();

            assertThat(page()).contains(rooms);
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("ARCHITECTURE.md"));
    }
}
