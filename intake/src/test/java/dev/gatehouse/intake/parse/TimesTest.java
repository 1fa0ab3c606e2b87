package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1Z,2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.1234567Z,2026-01-02T03:04:05.123456700Z",
        "2026-01-02T05:04:05.1234567+02:00,2026-01-02T03:04:05.123456700Z",
        "2026-01-02T03:04:05.1234567,2026-01-02T03:04:05.123456700Z",
        "2026-01-02 03:04:05Z,2026-01-02T03:04:05Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z,9999-12-31T23:59:59.999999900Z",
    })
    void readsEveryFormThatMicrosoftWrites(String text, Instant instant) {
        assertThat(Times.read(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today", "2026-13-01T00:00:00Z", "1767322800", "-0001-01-01T00:00:00Z"})
    void givesUpOnTheRest(String text) {
        assertThat(Times.read(text)).isEmpty();
    }

    @Test
    void givesUpOnYearsThatADatabaseCannotHold() {
        assertThat(Times.read("+294277-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void readsWhatIsUsualAsJavaDoes() {
        var random = new Random(1);
        for (var round = 0; round < 10_000; round++) {
            var text = new StringBuilder("%04d-%02d-%02dT%02d:%02d:%02d"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62)));
            if (random.nextBoolean()) {
                text.append('.');
                random.ints(random.nextInt(11), 0, 10).forEach(text::append);
            }
            text.append('Z');
            if (random.nextInt(4) == 0) {
                text.setCharAt(random.nextInt(text.length()), "0:-.TZ+".charAt(random.nextInt(7)));
            }

            assertThat(Times.read(text.toString())).as(text.toString()).isEqualTo(byJava(text.toString()));
        }
    }

    private static Optional<Instant> byJava(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(instant -> instant.isAfter(Instant.parse("0000-12-31T23:59:59.999999999Z")));
        } catch (DateTimeException e) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException withoutOffset) {
                return Optional.empty();
            }
        }
    }
}
