package dev.gatehouse.simulator.kql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator does, as examples: a query's text in, rows out. */
class KqlTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private static final String LOGONS = """
            let Logons = datatable(Timestamp:datetime, AccountName:string, Port:int, ActionType:string) [
                datetime(2026-03-10 10:05), "anna", 389, "LogonSuccess",
                datetime(2026-03-10 10:40), "bob", 445, "LogonFailed",
                datetime(2026-03-10 11:10), "anna", int(null), "LogonFailed",
                datetime(2026-03-10 11:50), "carl", 88, "LogonSuccess"];
            let People = datatable(AccountName:string, Department:string) [
                "anna", "Finance", "bob", "IT", "bob", "Operations", "dora", "Law"];
            """;

    /** Runs over the two tables above; rows joined by {@code ;}, cells by {@code ,}. */
    private static String rows(String query) {
        Table result = Kql.run(LOGONS + query, _ -> Optional.empty(), NOW, KqlLimits.microsofts());
        return result.rows().stream()
                .map(row -> result.columns().stream()
                        .map(column -> shown(row.get(column.name())))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "null" : Values.text(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Logons | where ActionType == "LogonFailed" | project AccountName => bob;anna
            Logons | where Timestamp > ago(1h) | project AccountName         => anna;carl
            Logons | where Port != 88 | project AccountName                  => anna;bob;anna
            Logons | order by Port | project AccountName, Port               => bob,445;anna,389;carl,88;anna,null
            Logons | sort by Port asc | project Port                         => null;88;389;445
            Logons | top 2 by Timestamp | project AccountName                => carl;anna
            Logons | take 1 | project AccountName                            => anna
            Logons | count                                                   => 4
            Logons | summarize count() by AccountName                        => anna,2;bob,1;carl,1
            Logons | summarize n = count() by bin(Timestamp, 1h) | project n => 2;2
            """)
    void answersTheEverydayQueries(String query, String expected) {
        assertThat(rows(query.strip())).isEqualTo(expected.strip());
    }
}
