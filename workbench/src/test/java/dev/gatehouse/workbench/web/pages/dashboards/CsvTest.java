package dev.gatehouse.workbench.web.pages.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void quotesWhatWouldEndACell() {
        assertThat(Csv.line(List.of("plain", "a,b", "say \"hi\"", "two\nlines", "")))
                .isEqualTo("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|calc", "=HYPERLINK(\"http://evil\")"})
    void makesATextOfWhatASpreadsheetWouldRun(String hostile) {
        assertThat(Csv.line(List.of(hostile)).replace("\"", "")).startsWith("'");
    }
}
