package dev.gatehouse.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a tenant's time is made of: thirty days that lie behind its start, and a present that goes on for ever. */
final class History {

    private static final Duration LOOK_BACK = Duration.ofDays(30);

    /** No script takes longer at {@link Pace#REAL}, the analyst's work included. */
    static final Duration LONGEST_STORY = Duration.ofHours(6);

    private static final Pace PAST_ATTACKS =
            new Pace(Duration.ofMinutes(1), Duration.ofDays(3), Duration.ofMinutes(20), Pace.REAL.lateBy());

    private static final Pace PAST_NEIGHBOURS =
            new Pace(Duration.ofMinutes(1), Duration.ofHours(90), Duration.ofMinutes(20), Pace.REAL.lateBy());

    private History() {}

    static List<EventSeries> andPresentOf(TenantPlan plan, Organization organization) {
        var random = SeededRandom.of(plan.seed(), "timeline of " + plan.name());
        var start = plan.start();
        var past = start.minus(LOOK_BACK).plus(Duration.ofHours(2));
        var pace = plan.pace();
        var running = new StorySeries(
                organization,
                random.forPurpose("present"),
                "present",
                StoryCatalogue.ATTACKS,
                pace,
                start,
                Instant.MAX);
        return List.of(
                new Inventory(organization, random.forPurpose("inventory"), past),
                new OrdinaryActivity(
                        organization, random.forPurpose("past routine"), PAST_ATTACKS.routineEvery(), past, start),
                new StorySeries(
                        organization,
                        random.forPurpose("past"),
                        "past",
                        StoryCatalogue.ATTACKS,
                        PAST_ATTACKS,
                        past,
                        start.minus(LONGEST_STORY)),
                new StorySeries(
                        organization,
                        random.forPurpose("past neighbours"),
                        "past neighbours",
                        StoryCatalogue.NEIGHBOURS,
                        PAST_NEIGHBOURS,
                        past.plus(Duration.ofHours(30)),
                        start.minus(LONGEST_STORY)),
                new OrdinaryActivity(
                        organization, random.forPurpose("routine"), pace.routineEvery(), start, Instant.MAX),
                plan.opensWithDirectoryTheft() ? running.openingWith(StoryCatalogue.DIRECTORY_THEFT) : running,
                new StorySeries(
                        organization,
                        random.forPurpose("neighbours"),
                        "neighbours",
                        StoryCatalogue.NEIGHBOURS,
                        neighboursOf(pace),
                        start.plus(pace.minutes(4)),
                        Instant.MAX));
    }

    /** Other products speak up about once for every two attacks. */
    private static Pace neighboursOf(Pace pace) {
        return new Pace(
                pace.storyMinute(),
                pace.pauseBetweenStories().multipliedBy(2).plus(pace.minutes(30)),
                pace.routineEvery(),
                pace.lateBy());
    }
}
