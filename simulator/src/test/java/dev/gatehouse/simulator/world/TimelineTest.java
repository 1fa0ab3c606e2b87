package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEverythingInOrderAcrossSeries() {
        var timeline = new Timeline(List.of(new Told("a", 1, 4, 9), new Told("b", 2, 3, 8)));

        tellUntil(timeline, 10);

        assertThat(told).containsExactly("a1", "b2", "b3", "a4", "b8", "a9");
    }

    @Test
    void tellsNothingBeforeItsTime() {
        var timeline = new Timeline(List.of(new Told("a", 1, 4, 9)));

        tellUntil(timeline, 4);

        assertThat(told).containsExactly("a1", "a4");
    }

    @Test
    void tellsWhatComesAtTheSameInstantInTheOrderOfTheSeries() {
        var atOnce = new Timeline(List.of(new Told("a", 5, 5), new Told("b", 1, 5)));
        var bitByBit = new Timeline(List.of(new Told("a", 5, 5), new Told("b", 1, 5)));

        tellUntil(atOnce, 9);
        var first = List.copyOf(told);
        told.clear();
        for (var second = 0; second < 9; second++) {
            tellUntil(bitByBit, second);
        }

        assertThat(first).containsExactly("b1", "a5", "a5", "b5");
        assertThat(told).isEqualTo(first);
    }

    private void tellUntil(Timeline timeline, long second) {
        var now = Instant.ofEpochSecond(second);
        var portal = new Portal(Organization.of("Contoso", 1, null).domain(), 1, Set.of(), false);
        for (var moment = timeline.nextUntil(now); moment.isPresent(); moment = timeline.nextUntil(now)) {
            moment.get().effect().accept(portal);
        }
    }

    /** A series that says its name and the second. */
    private final class Told implements EventSeries {
        private final String name;
        private final Deque<Integer> seconds;

        Told(String name, Integer... seconds) {
            this.name = name;
            this.seconds = new ArrayDeque<>(Arrays.asList(seconds));
        }

        @Override
        public Optional<Instant> nextBegins() {
            return Optional.ofNullable(seconds.peek()).map(Instant::ofEpochSecond);
        }

        @Override
        public List<PortalChange> play() {
            var second = seconds.remove();
            return List.of(new PortalChange(Instant.ofEpochSecond(second), _ -> told.add(name + second)));
        }
    }
}
