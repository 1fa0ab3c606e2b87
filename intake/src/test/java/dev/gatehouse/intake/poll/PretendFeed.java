package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome.Page;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A feed that changes between any two requests, and a reader that follows {@link Progress}. Rows share times, are updated
 * (and so leave the window) while they are read, are born, and become visible late. After each page the reader's claim is
 * checked: every row before the watermark is in its hands, except in windows that it said could not be read.
 */
final class PretendFeed {

    /** What comes first; nobody promises any of these. */
    enum Order {
        OLDEST_CHANGE_FIRST,
        NEWEST_CHANGE_FIRST,
        OLDEST_FIRST,
        NEWEST_FIRST,
        BY_ID,
        /** Shuffled for each page; where links carry a place, for each walk along them. */
        RANDOM,
        /** Oldest first, without links; rows do not change. */
        HUNTING
    }

    /** What a link carries. */
    enum Links {
        /** How many rows came before: rows slip from page to page while others move. */
        A_NUMBER,
        /** The row that came last. */
        A_PLACE
    }

    /** What {@code @odata.count} says. */
    enum Count {
        OF_ALL,
        OF_THE_PAGE,
        OF_TOO_MANY,
        ABSENT
    }

    /** How the feed lists. */
    record Manner(Order order, Links links, Count count, int pageSize, boolean hasShortPages) {

        static Manner random(Random random, Order order) {
            return new Manner(
                    order,
                    pick(random, Links.values()),
                    // A count that is too large is worth a test of its own.
                    pick(random, Count.OF_ALL, Count.OF_THE_PAGE, Count.ABSENT),
                    pick(random, 1, 2, 3, 50),
                    random.nextInt(3) == 0);
        }
    }

    private static final int OVERLAP = 30;
    private static final int MOST_REQUESTS = 20_000;

    private final long seed;
    private final Manner manner;
    private final Random random;
    private boolean isRestless;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, Set<Integer>> stored = new HashMap<>();
    private final List<Window> owed = new ArrayList<>();
    private long now = 1_000;
    private Instant watermark = at(0);
    private int requests;

    /** A row as it stands; {@code visible} is when the feed begins to show it. */
    record Row(int id, int version, long time, long visible) {

        boolean isLate() {
            return visible > time;
        }
    }

    /** A feed of random rows. */
    PretendFeed(long seed, Manner manner) {
        this(seed, manner, true);
        var times = 1 + random.nextInt(12);
        var count = random.nextInt(60);
        for (var id = 0; id < count; id++) {
            var time = 1_000L * random.nextInt(times) / times;
            rows.add(new Row(id, 1, time, time));
        }
    }

    private PretendFeed(long seed, Manner manner, boolean isRestless) {
        this.seed = seed;
        this.manner = manner;
        this.random = new Random(seed);
        this.isRestless = isRestless;
    }

    /** A feed of rows that stay as they are: the row with id n changed at the n-th of the times. */
    static PretendFeed of(Manner manner, long... times) {
        var feed = new PretendFeed(0, manner, false);
        for (var time : times) {
            feed.rows.add(new Row(feed.rows.size(), 1, time, time));
        }
        return feed;
    }

    /** Is read up to that second. */
    PretendFeed until(long second) {
        now = second;
        return this;
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    void readAndProveThatNothingIsLost() {
        for (var poll = 0; poll < 6; poll++) {
            pollOnce();
            now += 1 + random.nextInt(20);
        }
        isRestless = false;
        readWhatIsOwed();
    }

    /** Comes back to the windows that could not be read, now that nothing changes any more. */
    private void readWhatIsOwed() {
        var windows = List.copyOf(owed);
        windows.forEach(this::read);
        owed.subList(0, windows.size()).clear();
        assertThatAllIsStored(row -> at(row.time()).isBefore(watermark) && !row.isLate());
    }

    /** Reads up to now, once. */
    void pollOnce() {
        var started = now;
        var from = watermark.minusSeconds(OVERLAP);
        read(new Window(from.isBefore(at(0)) ? at(0) : from, at(started)));
        assertThat(watermark).as("%s: watermark after a poll", this).isEqualTo(at(started));
        assertThatAllIsStored(row -> row.time() < started && row.visible() <= started);
    }

    private void read(Window window) {
        var rest = Optional.of(Reading.of(window, manner.pageSize()));
        while (rest.isPresent()) {
            assertThat(++requests)
                    .as("%s: requests, when reading comes to an end", this)
                    .isLessThan(MOST_REQUESTS);
            var reading = rest.get();
            var page = page(reading);
            page.rows().forEach(row -> stored.computeIfAbsent(row.id(), id -> new HashSet<>())
                    .add(row.version()));
            var seen = page.rows().stream()
                    .map(row -> Seen.at(Integer.toString(row.id()), at(row.time())))
                    .toList();
            var progress = Progress.after(feed(), reading, page.page(), seen);
            assertThat(progress.completeUntil())
                    .as("%s: what is complete of %s", this, reading)
                    .isBetween(reading.window().from(), reading.window().to());
            reach(progress.completeUntil());
            rest = progress.rest();
            if (progress.impasse().isPresent()) {
                owed.add(reading.window());
                reach(reading.window().to());
                rest = restBehind(reading);
            }
            if (isRestless) {
                liveOn();
            }
        }
    }

    private Optional<Reading> restBehind(Reading reading) {
        var left = new Window(reading.window().to(), reading.until());
        return left.isEmpty() ? Optional.empty() : Optional.of(Reading.of(left, manner.pageSize()));
    }

    private void reach(Instant completeUntil) {
        watermark = completeUntil.isAfter(watermark) ? completeUntil : watermark;
        assertThatAllIsStored(row -> at(row.time()).isBefore(watermark) && !row.isLate());
    }

    int requests() {
        return requests;
    }

    /** How many rows are in nobody's hands. */
    long missing() {
        return rows.stream().filter(row -> !isStored(row)).count();
    }

    /** What could not be read. */
    List<Window> owed() {
        return List.copyOf(owed);
    }

    private boolean isStored(Row row) {
        return stored.getOrDefault(row.id(), Set.of()).contains(row.version());
    }

    private void assertThatAllIsStored(Predicate<Row> which) {
        assertThat(rows.stream()
                        .filter(which)
                        .filter(row -> owed.stream().noneMatch(window -> window.contains(at(row.time()))))
                        .filter(row -> !isStored(row)))
                .as("%s: rows that are said to be stored at %d and are not", this, now)
                .isEmpty();
    }

    /** What happens between two requests. */
    private void liveOn() {
        now++;
        if (manner.order() != Order.HUNTING && !rows.isEmpty() && random.nextInt(3) == 0) {
            var index = random.nextInt(rows.size());
            var old = rows.get(index);
            rows.set(index, new Row(old.id(), old.version() + 1, now, now));
        }
        if (rows.size() < 80 && random.nextInt(4) == 0) {
            var delay = random.nextBoolean() ? 0 : random.nextInt(OVERLAP);
            rows.add(new Row(rows.size(), 1, now, now + delay));
        }
    }

    private Feed feed() {
        return manner.order() == Order.HUNTING ? Feed.LOGON_EVENTS : Feed.ALERTS;
    }

    private record Listed(List<Row> rows, Page page) {}

    private Listed page(Reading reading) {
        var place = reading.link().map(Place::of).orElseGet(() -> new Place(0, -1, -1, random.nextInt(1_000), 0));
        var all = rows.stream()
                .filter(row -> row.visible() <= now)
                .filter(row -> reading.window().contains(at(row.time())))
                .sorted(comparator(manner.links() == Links.A_PLACE ? place.shuffle() : random.nextInt(1_000)))
                .toList();
        var behind = all.subList(start(place, all), all.size());
        var size = Math.min(behind.size(), reading.pageSize());
        var found = behind.subList(0, manner.hasShortPages() ? random.nextInt(size + 1) : size);
        var originals = Collections.nCopies(found.size(), Original.of("{}"));
        if (manner.order() == Order.HUNTING) {
            var isFull = size == reading.pageSize();
            return new Listed(
                    behind.subList(0, size),
                    new Page(
                            Collections.nCopies(size, Original.of("{}")),
                            Optional.empty(),
                            isFull,
                            OptionalLong.empty(),
                            ProgressTest.receipt()));
        }
        var next =
                found.size() < behind.size() ? Optional.of(place.behind(found).link()) : Optional.<NextLink>empty();
        return new Listed(
                found, new Page(originals, next, false, count(all.size(), found.size()), ProgressTest.receipt()));
    }

    private OptionalLong count(int all, int ofThePage) {
        return switch (manner.count()) {
            case OF_ALL -> OptionalLong.of(all);
            case OF_THE_PAGE -> OptionalLong.of(ofThePage);
            case OF_TOO_MANY -> OptionalLong.of(all + 1L);
            case ABSENT -> OptionalLong.empty();
        };
    }

    private int start(Place place, List<Row> all) {
        if (manner.links() == Links.A_NUMBER) {
            return Math.min(place.number(), all.size());
        }
        if (place.id() < 0) {
            return 0;
        }
        var last = new Row(place.id(), 0, place.time(), 0);
        var comparator = comparator(place.shuffle());
        return (int) all.stream()
                .takeWhile(row -> comparator.compare(row, last) <= 0)
                .count();
    }

    private Comparator<Row> comparator(int shuffle) {
        var byTime = Comparator.comparingLong(Row::time);
        // Ids are given as rows are born; which ones come first on a page of equals is nobody's business.
        return switch (manner.order()) {
            case OLDEST_CHANGE_FIRST, HUNTING -> byTime.thenComparingInt(Row::id);
            case NEWEST_CHANGE_FIRST -> byTime.reversed().thenComparingInt(Row::id);
            case OLDEST_FIRST -> Comparator.comparingInt(Row::id);
            case NEWEST_FIRST -> Comparator.comparingInt(Row::id).reversed();
            case BY_ID -> Comparator.comparing(row -> Integer.toString(row.id()));
            case RANDOM ->
                Comparator.<Row>comparingInt(row -> Objects.hash(row.id(), shuffle) * 0x9E3779B9)
                        .thenComparingInt(Row::id);
        };
    }

    /** What a link says: how many rows came, the last one, the shuffle, and a number that makes it a link of its own. */
    private record Place(int number, int id, long time, int shuffle, int step) {

        Place behind(List<Row> found) {
            return found.isEmpty()
                    ? new Place(number, id, time, shuffle, step + 1)
                    : new Place(
                            number + found.size(),
                            found.getLast().id(),
                            found.getLast().time(),
                            shuffle,
                            step + 1);
        }

        NextLink link() {
            var address = "%s/v1.0/x?$skiptoken=%d,%d,%d,%d,%d"
                    .formatted(Cloud.GLOBAL.graph(), number, id, time, shuffle, step);
            return NextLink.within(Cloud.GLOBAL, URI.create(address));
        }

        static Place of(NextLink link) {
            var parts = Arrays.stream(link.uri()
                            .getQuery()
                            .substring("$skiptoken=".length())
                            .split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new Place(parts[0], parts[1], parts[2], parts[3], parts[4]);
        }
    }

    @Override
    public String toString() {
        return "seed %d, %s".formatted(seed, manner);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
