package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchParts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ColumnsTest {

    @Test
    void writesTextsAsPostgresReadsAnArray() throws IOException {
        var texts = List.of("source", "", "NULL", "a,b", "{c}", "it's \"d\"", "NORTHWIND\\e", " f ", "ünï");
        try (var parts = new WorkbenchParts().open()) {
            assertThat(parts.get(JdbcClient.class)
                            .sql("select :texts::text[] as texts")
                            .param("texts", Columns.array(texts))
                            .query((row, number) -> Columns.texts(row, "texts"))
                            .single())
                    .isEqualTo(texts);
        }
        assertThat(Columns.array(List.of())).isEqualTo("{}");
        assertThat(Columns.array(List.of("a\0"))).isEqualTo("{\"a\uFFFD\"}");
    }
}
