package dev.gatehouse.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Attacks, one after the other, from a repertoire that is shuffled anew each time it has been played through. */
final class StorySeries implements EventSeries {

    private final Organization organization;
    private final SeededRandom random;
    private final String name;
    private final List<Story> repertoire;
    private final Pace pace;
    private final Instant until;
    private final Deque<Story> deck = new ArrayDeque<>();
    private Instant next;
    private int played;

    /**
     * @param name tells this series' incidents from those of others
     * @param until no story begins at or after it
     */
    StorySeries(
            Organization organization,
            SeededRandom random,
            String name,
            List<Story> repertoire,
            Pace pace,
            Instant begin,
            Instant until) {
        this.organization = organization;
        this.random = random;
        this.name = name;
        this.repertoire = List.copyOf(repertoire);
        this.pace = pace;
        this.next = begin;
        this.until = until;
    }

    /** The same series with that story before all others. */
    StorySeries openingWith(Story story) {
        deck.add(story);
        return this;
    }

    @Override
    public Optional<Instant> nextBegins() {
        return next.isBefore(until) ? Optional.of(next) : Optional.empty();
    }

    @Override
    public List<PortalChange> play() {
        var number = "%s %d".formatted(name, played++);
        var scene = new Scene(organization, random.forPurpose(number), next, pace, number);
        if (deck.isEmpty()) {
            deck.addAll(random.shuffle(repertoire));
        }
        deck.remove().play(scene);
        // The analyst's work goes on while the next attack begins.
        next = scene.lastAlertAt().plus(pause());
        return scene.moments();
    }

    private Duration pause() {
        var pause = pace.pauseBetweenStories();
        return random.between(pause.dividedBy(2), pause.multipliedBy(3).dividedBy(2));
    }
}
