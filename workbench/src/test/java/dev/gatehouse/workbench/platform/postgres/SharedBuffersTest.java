package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedBuffersTest {

    @ParameterizedTest
    @CsvSource({"0, 128MB", "1, 128MB", "2, 128MB", "4, 256MB", "24, 1536MB", "32, 2048MB", "1024, 2048MB"})
    void areASixteenthOfTheMemoryWithinBounds(long gibibytes, String setting) {
        assertThat(SharedBuffers.of(gibibytes << 30)).isEqualTo(setting);
    }
}
