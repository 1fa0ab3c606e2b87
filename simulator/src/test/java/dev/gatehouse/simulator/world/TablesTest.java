package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.csdl.ReferenceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IdentityLogonEvents",
                "IdentityQueryEvents",
                "IdentityDirectoryEvents",
                "IdentityInfo",
                "AlertInfo",
                "AlertEvidence"
            })
    void hasTheColumnsOfTheContract(String table) throws IOException {
        var line = Files.readString(ReferenceFolder.file("graph/CONTRACT.md"))
                .lines()
                .filter(candidate -> candidate.startsWith("**" + table + "**"))
                .findFirst()
                .orElseThrow();
        var columns = line.substring(line.indexOf(": ") + 2)
                .replaceFirst("\\. .*", "")
                .replaceAll("\\.$", "")
                .replaceAll(" \\([^)]*\\)", "");

        assertThat(Tables.columns(table).stream().map(TablesTest::asInTheContract))
                .containsExactlyElementsOf(Arrays.asList(columns.split(", ", -1)));
    }

    private static String asInTheContract(Table.Column column) {
        return switch (column.type()) {
            case STRING -> column.name();
            case DATETIME -> column.name() + " datetime";
            case INT -> column.name() + " int";
            case LONG -> column.name() + " long";
            case BOOL -> column.name() + " boolean";
            case DYNAMIC -> column.name() + " dynamic";
            case REAL, TIMESPAN -> throw new AssertionError(column + " is of no type that the contract knows");
        };
    }
}
