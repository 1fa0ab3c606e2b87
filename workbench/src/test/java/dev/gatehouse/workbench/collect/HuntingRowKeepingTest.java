package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.records.HuntingRowMonths;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** It is 23 November 2026. */
class HuntingRowKeepingTest {

    private final WorkbenchParts parts = new WorkbenchParts().with(HuntingRowMonths.class, HuntingRowKeeping.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private List<String> monthsAfter(Duration time) {
        var keeping = parts.open().get(HuntingRowKeeping.class);
        keeping.run();
        parts.clock().advance(time);
        keeping.run();
        return parts.database()
                .look()
                .sql("select name from hunting_row_part order by name")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void dropsWhatTheSettingKeepsNoLonger() {
        parts.with("retention.hunting-rows", "31d");

        assertThat(monthsAfter(Duration.ofDays(40)))
                .containsExactly(
                        "hunting_row_2026_12", "hunting_row_2027_01", "hunting_row_2027_02", "hunting_row_2027_03");
    }

    @Test
    void dropsNothingWithoutTheSetting() {
        assertThat(monthsAfter(Duration.ofDays(40))).hasSize(6).first().isEqualTo("hunting_row_2026_10");
    }
}
