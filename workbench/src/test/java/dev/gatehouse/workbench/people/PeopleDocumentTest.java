package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/people.md} against that of the code: copy it from this test's message when it changed. */
class PeopleDocumentTest {

    @Test
    void theTableOfRightsIsThatOfTheCode() throws IOException {
        var head = "| may | %s |"
                .formatted(Arrays.stream(Role.values()).map(Role::title).collect(Collectors.joining(" | ")));
        var rows = Arrays.stream(Right.values()).map(PeopleDocumentTest::row).collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("..", "docs", "people.md")))
                .contains("\n%s\n|---|---|---|---|---|---|\n%s\n\n".formatted(head, rows));
    }

    private static String row(Right right) {
        return "| %s | %s |"
                .formatted(
                        right.title(),
                        Arrays.stream(Role.values())
                                .map(role -> cell(role, right))
                                .collect(Collectors.joining(" | ")));
    }

    private static String cell(Role role, Right right) {
        if (!role.rights().contains(right)) {
            return "–";
        }
        return right.isOfProvider() && role.mayBelongToOrganization() ? "at the provider" : "yes";
    }
}
