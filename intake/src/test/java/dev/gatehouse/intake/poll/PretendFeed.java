package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome.Page;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A feed that changes between any two requests, and a reader that follows {@link Progress}. Rows share times, are updated
 * (and so move to the end) while they are read, are born, and become visible late. After each page the reader's claim is
 * checked: every row before the watermark is in its hands.
 *
 * <p>Links continue behind a row, not at a number. Links that count would lose rows inside one tie while rows move; against
 * that only the overlap and the second look help.
 */
final class PretendFeed {

    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST,
        /** Oldest first, without links; rows do not change. */
        HUNTING
    }

    private static final int OVERLAP = 30;
    private static final int MOST_REQUESTS = 5_000;

    private final long seed;
    private final Random random;
    private final Order order;
    private final boolean isOldestFirstClaimed;
    private final int pageSize;
    private final List<Row> rows = new ArrayList<>();
    private final Set<Seen> stored = new HashSet<>();
    private long now = 1_000;
    private long watermark;
    private int requests;

    /** A row as it stands; {@code visible} is when the feed begins to show it. */
    private record Row(int id, int version, long time, long visible) {

        boolean isLate() {
            return visible > time;
        }
    }

    private record Seen(int id, int version) {}

    PretendFeed(long seed, Order order, boolean isOldestFirstClaimed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.order = order;
        this.isOldestFirstClaimed = isOldestFirstClaimed;
        this.pageSize = 1 + random.nextInt(6);
        var times = 1 + random.nextInt(12);
        var count = random.nextInt(40);
        for (var id = 0; id < count; id++) {
            var time = 1_000L * random.nextInt(times) / times;
            rows.add(new Row(id, 1, time, time));
        }
    }

    void readAndProveThatNothingIsLost() {
        for (var poll = 0; poll < 6; poll++) {
            pollOnce();
            now += 1 + random.nextInt(20);
        }
    }

    private void pollOnce() {
        var started = now;
        var window = new Window(at(Math.max(0, watermark - OVERLAP)), at(started));
        var rest = Optional.of(Reading.of(window, pageSize));
        while (rest.isPresent()) {
            assertThat(++requests)
                    .as("seed %d: requests, when reading comes to an end", seed)
                    .isLessThan(MOST_REQUESTS);
            var reading = rest.get();
            var found = rowsFor(reading);
            found.forEach(row -> stored.add(new Seen(row.id(), row.version())));
            var times = found.stream().map(row -> at(row.time())).toList();
            var progress = Progress.after(reading, pageOf(reading, found), times);
            assertThat(progress.completeUntil())
                    .as("seed %d: what is complete of %s", seed, reading)
                    .isBetween(reading.window().from(), reading.window().to());
            watermark = Math.max(watermark, progress.completeUntil().getEpochSecond());
            assertThatAllIsStored(row -> row.time() < watermark && !row.isLate());
            rest = progress.rest();
            liveOn();
        }
        assertThat(watermark).as("seed %d: watermark after a poll", seed).isEqualTo(started);
        assertThatAllIsStored(row -> row.time() < started && row.visible() <= started);
    }

    private void assertThatAllIsStored(Predicate<Row> which) {
        var wanted = rows.stream().filter(which).map(row -> new Seen(row.id(), row.version()));
        assertThat(stored).as("seed %d: rows stored at %d", seed, now).containsAll(wanted.toList());
    }

    /** What happens between two requests. */
    private void liveOn() {
        now++;
        if (order != Order.HUNTING && !rows.isEmpty() && random.nextInt(3) == 0) {
            var index = random.nextInt(rows.size());
            var old = rows.get(index);
            rows.set(index, new Row(old.id(), old.version() + 1, now, now));
        }
        if (rows.size() < 60 && random.nextInt(4) == 0) {
            var delay = random.nextBoolean() ? 0 : random.nextInt(OVERLAP);
            rows.add(new Row(rows.size(), 1, now, now + delay));
        }
    }

    private List<Row> rowsFor(Reading reading) {
        return behindLink(reading).limit(reading.pageSize()).toList();
    }

    private Page pageOf(Reading reading, List<Row> found) {
        var hasMore = behindLink(reading).count() > found.size();
        var originals = Collections.nCopies(found.size(), Original.of("{}"));
        if (order == Order.HUNTING) {
            return new Page(
                    originals, Optional.empty(), found.size() == reading.pageSize(), true, ProgressTest.receipt());
        }
        var next = hasMore ? Optional.of(linkBehind(found.getLast())) : Optional.<NextLink>empty();
        return new Page(originals, next, false, isOldestFirstClaimed, ProgressTest.receipt());
    }

    private Stream<Row> behindLink(Reading reading) {
        var sorted = rows.stream()
                .filter(row -> row.visible() <= now)
                .filter(row -> reading.window().contains(at(row.time())))
                .sorted(comparator());
        return reading.link().isEmpty()
                ? sorted
                : sorted.filter(
                        row -> comparator().compare(row, rowOf(reading.link().get())) > 0);
    }

    private Comparator<Row> comparator() {
        var byTime = Comparator.comparingLong(Row::time);
        return (order == Order.NEWEST_FIRST ? byTime.reversed() : byTime).thenComparingInt(Row::id);
    }

    private static NextLink linkBehind(Row row) {
        var address = "%s/v1.0/x?$skiptoken=%d,%d".formatted(Cloud.GLOBAL.graph(), row.time(), row.id());
        return NextLink.within(Cloud.GLOBAL, URI.create(address));
    }

    private static Row rowOf(NextLink link) {
        var token = link.uri().getQuery().substring("$skiptoken=".length()).split(",", 2);
        return new Row(Integer.parseInt(token[1]), 0, Long.parseLong(token[0]), 0);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
