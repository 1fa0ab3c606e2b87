package dev.gatehouse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.terminal.Table.Column;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

    private final Table table = new Table(Column.text("TITLE"), Column.text("DEVICE"), Column.whole("ID"));

    TableTest() {
        table.add("Suspected DCSync attack (replication of directory services)", "Contoso", ID);
    }

    @Test
    void cutsTheWidestTextUntilARowFits() {
        assertThat(table.lines(OptionalInt.of(70)))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(70))
                .last()
                .isEqualTo("Suspected DCSync attac…  Contoso  " + ID);
    }

    @Test
    void neverCutsAnId() {
        assertThat(table.lines(OptionalInt.of(20)).getLast()).endsWith(ID);
    }

    @Test
    void cutsNothingWhereThereIsNoTerminal() {
        assertThat(table.lines(OptionalInt.empty()).getLast()).contains("(replication of directory services)");
    }
}
