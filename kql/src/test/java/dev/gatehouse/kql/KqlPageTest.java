package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/simulator-kql.md says what the language has, and nothing else. */
class KqlPageTest {

    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9_-]*)`");

    private static String section(String title) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "simulator-kql.md"));
        int start = page.indexOf("\n## " + title + "\n");
        assertThat(start).as("section " + title).isNotNegative();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static Set<String> namesIn(String text) {
        return new TreeSet<>(
                NAME.matcher(text).results().map(match -> match.group(1)).toList());
    }

    @Test
    void namesTheScalarFunctions() throws IOException {
        String tables = section("Scalar functions").replaceAll("(?m)^[^|].*$", "");

        assertThat(namesIn(tables)).containsExactlyElementsOf(new TreeSet<>(Functions.names()));
    }

    @Test
    void namesTheAggregateFunctions() throws IOException {
        assertThat(namesIn(section("Aggregate functions"))).containsExactlyElementsOf(Aggregates.names());
    }

    @Test
    void namesTheOperators() throws IOException {
        Set<String> inTheTable = new TreeSet<>();
        section("Operators")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)).replace(" by`", "`"))
                .forEach(cell -> inTheTable.addAll(namesIn(cell)));

        assertThat(inTheTable).containsExactlyElementsOf(new TreeSet<>(Parser.OPERATORS));
    }
}
