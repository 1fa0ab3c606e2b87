package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void includesItsStartAndNotItsEnd() {
        var window = new Window(NINE, TEN);

        assertThat(window.contains(NINE)).isTrue();
        assertThat(window.contains(TEN.minusNanos(100))).isTrue();
        assertThat(window.contains(TEN)).isFalse();
    }

    @Test
    void cannotEndBeforeItStarts() {
        assertThatThrownBy(() -> new Window(TEN, NINE)).isInstanceOf(IllegalArgumentException.class);
    }
}
