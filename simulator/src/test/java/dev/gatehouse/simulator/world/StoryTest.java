package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoryTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

    private static final int SEEDS = 6;

    private final Organization organization = Organization.of("Contoso", 1, null);

    static Stream<Story> stories() {
        return Stream.concat(StoryCatalogue.ATTACKS.stream(), StoryCatalogue.NEIGHBOURS.stream());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isOverBeforeTheLongestStoryIsAllowedToBe(Story story) {
        for (var seed = 0; seed < SEEDS; seed++) {
            assertThat(play(story, seed).moments())
                    .allMatch(moment -> !moment.shownAt().isBefore(BEGIN)
                            && moment.shownAt().isBefore(BEGIN.plus(History.LONGEST_STORY)));
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsAsOneResolvedIncidentWithAllItsAlerts(Story story) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var portal = new Portal(organization.domain(), 1, Set.of(), false);
            var moments = play(story, seed).moments().stream()
                    .sorted((one, other) -> one.shownAt().compareTo(other.shownAt()))
                    .toList();

            moments.forEach(moment -> moment.effect().accept(portal));

            assertThat(portal.alerts()).isNotEmpty().allSatisfy(alert -> {
                assertThat(alert.path("incidentId").asString()).isEqualTo("1");
                assertThat(alert.path("status").asString()).isEqualTo("resolved");
                assertThat(alert.path("description").asString()).isNotBlank().doesNotContain("%");
            });
            assertThat(portal.incidents().getFirst().path("status").asString()).isEqualTo("resolved");
        }
    }

    private Scene play(Story story, long seed) {
        var scene = new Scene(organization, SeededRandom.of(seed, "a story"), BEGIN, Pace.REAL, "story");
        story.play(scene);
        return scene;
    }
}
