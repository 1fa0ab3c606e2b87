package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Original;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private static final Original HALF = new Original(new byte[Portions.MOST_BYTES / 2]);
    private static final Original LARGE = new Original(new byte[Portions.MOST_BYTES + 1]);
    private static final Original SMALL = Original.of("{}");

    @Test
    void keepTheOrderAndAreNotTooLarge() {
        assertThat(of(List.of(HALF, HALF, SMALL, LARGE, SMALL, HALF)))
                .containsExactly(List.of(HALF, HALF), List.of(SMALL), List.of(LARGE), List.of(SMALL, HALF));
    }

    @Test
    void haveNotTooManyRecords() {
        assertThat(of(Collections.nCopies(2 * Portions.MOST_RECORDS + 1, SMALL)))
                .extracting(List::size)
                .containsExactly(Portions.MOST_RECORDS, Portions.MOST_RECORDS, 1);
    }

    @Test
    void areNoneOfNothing() {
        assertThat(of(List.of())).isEmpty();
    }

    private static List<List<Original>> of(List<Original> records) {
        return Portions.of(records, Function.identity());
    }
}
