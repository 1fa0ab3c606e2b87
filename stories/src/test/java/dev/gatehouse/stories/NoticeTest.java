package dev.gatehouse.stories;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds NOTICE against the bill of materials that the build writes: every library that is shipped, under its licence. */
class NoticeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path BILL = ROOT.resolve("target/bom.json");
    private static final String HEADING = "Libraries\n---------\n";

    @Test
    void namesEveryLibraryThatIsShippedUnderItsLicence() throws IOException {
        assumeThat(billIsCurrent())
                .as("%s is not there, not of all rooms, or older than a pom.xml; ./mvnw verify writes it first", BILL)
                .isTrue();
        var notice = Files.readString(ROOT.resolve("NOTICE"));
        var expected = libraries();

        var corrected = notice.substring(0, notice.indexOf(HEADING) + HEADING.length()) + "\n" + expected;
        var proposal = Files.writeString(Path.of("target", "NOTICE"), corrected);

        assertThat(notice)
                .as("NOTICE as it is, and as it should be; read what is new, then: cp stories/%s NOTICE", proposal)
                .isEqualTo(corrected);
    }

    private static boolean billIsCurrent() throws IOException {
        if (!Files.exists(BILL)) {
            return false;
        }
        var written = Files.getLastModifiedTime(BILL).toMillis();
        try (Stream<Path> folders = Files.list(ROOT)) {
            var rooms = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
            var shipped = rooms.stream()
                    .filter(room -> Files.exists(room.resolve("src/main")))
                    .map(room -> "gatehouse-" + room.getFileName())
                    .toList();
            return components()
                            .map(component -> component.path("name").asString())
                            .toList()
                            .containsAll(shipped)
                    && Stream.concat(Stream.of(ROOT), rooms.stream())
                            .allMatch(
                                    folder -> folder.resolve("pom.xml").toFile().lastModified() <= written);
        }
    }

    private static Stream<JsonNode> components() {
        return JsonMapper.shared().readTree(BILL.toFile()).path("components").valueStream();
    }

    private static String libraries() {
        return components()
                .filter(component -> !component.path("group").asString().equals("dev.gatehouse"))
                .collect(groupingBy(
                        NoticeTest::licence,
                        TreeMap::new,
                        Collectors.mapping(
                                component -> "  %s:%s\n"
                                        .formatted(
                                                component.path("group").asString(),
                                                component.path("name").asString()),
                                Collectors.toCollection(TreeSet::new))))
                .entrySet()
                .stream()
                .map(licence -> licence.getKey() + "\n" + String.join("", licence.getValue()))
                .collect(joining("\n"));
    }

    private static String licence(JsonNode component) {
        var licences = component
                .path("licenses")
                .valueStream()
                .map(entry -> entry.has("expression")
                        ? entry.path("expression").asString()
                        : entry.path("license")
                                .path("id")
                                .asString(entry.path("license").path("name").asString("")))
                .sorted()
                .collect(joining(" or "));
        assertThat(licences).as("the licence of %s", component.path("purl")).isNotBlank();
        return licences;
    }
}
