package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    @Test
    void theMiddleAndTheSlowestAreTimesThatOccurred() {
        var nanos = LongStream.rangeClosed(1, 100)
                .map(ms -> (101 - ms) * 1_000_000)
                .boxed()
                .toList();

        var figures = Figures.of("SOC", "alerts", nanos, 1_000);

        assertThat(figures).isEqualTo(new Figures("SOC", "alerts", 50, 95, 100, 1_000));
    }

    @Test
    void oneRequestIsAllOfThem() {
        assertThat(Figures.of("SOC", "alerts", List.of(7_000_000L), 10))
                .isEqualTo(new Figures("SOC", "alerts", 7, 7, 7, 10));
    }

    @Test
    void whatIsWrittenDownIsReadAgain(@TempDir Path directory) throws IOException {
        var file = directory.resolve("screens.csv");
        var one = new Figures("SOC, all", "alerts, search for a host", 12.5, 40, 41.2, 14_600);
        var other = new Figures("customer", "home", 1, 2, 3, 4);

        assertThat(Figures.read(file)).isEmpty();
        Figures.write(file, List.of(one, other));

        assertThat(Figures.read(file).values()).containsExactly(one, other);
        assertThat(Figures.read(file)).containsKey("SOC, all: alerts, search for a host");
    }
}
