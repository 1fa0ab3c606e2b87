package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2021-04-27T12:19:27.7211305Z, 2021-04-27T12:19:27.7211305Z",
        "2021-04-27T12:19:27.1160000Z, 2021-04-27T12:19:27.116Z",
        "2021-04-27T12:19:27Z, 2021-04-27T12:19:27Z",
        "2021-04-27T12:19:00Z, 2021-04-27T12:19:00Z",
    })
    void writesUpToSevenDigitsWithoutZerosAtTheEnd(Instant instant, String text) {
        assertThat(Timestamps.text(instant)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2021-04-27T12:19:27.2750000Z, 2021-04-27T12:19:27.2766667Z",
        "2021-04-27T12:19:27.2766667Z, 2021-04-27T12:19:27.28Z",
        "2021-04-27T12:19:27.2800000Z, 2021-04-27T12:19:27.28Z",
        "2021-04-27T12:19:27Z, 2021-04-27T12:19:27Z",
        "2021-04-27T12:19:59.9980000Z, 2021-04-27T12:20:00Z",
    })
    void movesUpToTheNextTimeThatTheStoreCanHold(Instant instant, Instant stored) {
        assertThat(Timestamps.storeTime(instant)).isEqualTo(stored);
    }
}
