package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A list of the numbers from 1 to 20, in which those that a divisor divides are looked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearSearchTest {

    private static final String NEAR = """
            with near as materialized (select n from generate_series(1, 20) as s (n) order by n limit :looked),
                 found as (select n, row_number() over (order by n) as place from near where n %% %d = 0)
            """ + NearSearch.ENDING;

    private static final List<Integer> EVERYWHERE = List.of(-1);

    private final WorkbenchDatabase database = WorkbenchDatabase.create();

    @AfterAll
    void close() {
        database.close();
    }

    private List<Integer> find(NearSearch search, int divisor) {
        return search.find(
                database.look().sql(NEAR.formatted(divisor)), (row, number) -> row.getInt("n"), () -> EVERYWHERE);
    }

    @Test
    void whatIsCommonIsFoundNear() {
        assertThat(find(new NearSearch(10, 0, 3), 2)).containsExactly(2, 4, 6);
        assertThat(find(new NearSearch(10, 2, 3), 2)).containsExactly(6, 8, 10);
    }

    @Test
    void everywhereIsAskedWhenTooFewAreNear() {
        assertThat(find(new NearSearch(10, 0, 3), 5)).isEqualTo(EVERYWHERE);
        assertThat(find(new NearSearch(10, 4, 3), 2)).isEqualTo(EVERYWHERE);
        assertThat(find(new NearSearch(10, 0, 3), 19)).isEqualTo(EVERYWHERE);
    }

    @Test
    void nothingElseIsAskedWhenTheWholeListWasNear() {
        assertThat(find(new NearSearch(21, 0, 3), 15)).containsExactly(15);
        assertThat(find(new NearSearch(21, 0, 3), 100)).isEmpty();
    }
}
