package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {

    private static final Address LIST = Address.of("/alerts").with("text", "a");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // The list's order now, where a click leads, and what the heading says.
                "newest, most_severe, none",
                "most_severe, least_severe, descending",
                "least_severe, most_severe, ascending"
            })
    void turnsTheListWithEachClick(String now, String next, String direction) {
        var column = Column.of("severity", "Severity").sorting(LIST, now, "most_severe", true, "least_severe");

        assertThat(column.address()).hasToString("Optional[/alerts?text=a&sort=%s]".formatted(next));
        assertThat(column.direction()).isEqualTo(direction);
    }

    @Test
    void goesUpFirstWhereThatIsWhatPeopleWant() {
        assertThat(Column.of("title", "Title")
                        .sorting(LIST, "title", "title", false, "title_reversed")
                        .direction())
                .isEqualTo("ascending");
    }
}
