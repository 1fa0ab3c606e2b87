package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.NextLink;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Microsoft that holds records and gives them out as Graph does: those of the window, a page at a time, with their number
 * and a link that counts. It can be told to list in another order, to link in a circle, to fail, or to answer something
 * else for once.
 */
public final class FakePoller implements Poller {

    private final SettableClock clock;
    private final Map<Feed, List<Held>> records = new EnumMap<>(Feed.class);
    private final Map<Feed, Deque<Answer>> scripted = new EnumMap<>(Feed.class);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<Feed, List<Instant>> spoiltRecords = new EnumMap<>(Feed.class);
    private final Map<Feed, List<Window>> spoiltWindows = new EnumMap<>(Feed.class);
    private final Map<Feed, Diagnosis> away = new EnumMap<>(Feed.class);
    private final Map<Feed, List<String>> spoiltIds = new EnumMap<>(Feed.class);
    private final Map<Feed, Integer> mostAtOnce = new EnumMap<>(Feed.class);
    private final Map<Feed, Diagnosis> tooMany = new EnumMap<>(Feed.class);
    private final Map<Feed, Duration> longestWindow = new EnumMap<>(Feed.class);
    private final Map<Feed, Diagnosis> tooLong = new EnumMap<>(Feed.class);
    private final List<Feed> inACircle = new CopyOnWriteArrayList<>();
    private volatile boolean isShuffling;
    private final Map<Feed, Diagnosis> behindLinks = new EnumMap<>(Feed.class);
    private final Map<Reading, Integer> failedBehindLink = new ConcurrentHashMap<>();
    private volatile int failuresBehindLink;
    private volatile Optional<Duration> wish = Optional.empty();
    private volatile Order order = Order.OLDEST_FIRST;
    private volatile Duration ahead = Duration.ZERO;

    /** What somebody asked for. */
    public record Asked(Connection connection, Feed feed, Reading reading) {}

    private record Held(Instant time, String json) {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        /** What its kind is known by. */
        String id() {
            var record = JSON.readTree(json);
            return record.path("id").asString(record.path("ReportId").asString(""));
        }

        Instant created() {
            return Instant.parse(JSON.readTree(json).path("createdDateTime").asString());
        }
    }

    /** Something to answer in place of a page. */
    @FunctionalInterface
    public interface Answer {
        PollOutcome to(Reading reading) throws InterruptedException;
    }

    public FakePoller(SettableClock clock) {
        this.clock = clock;
        for (var feed : Feed.values()) {
            records.put(feed, new CopyOnWriteArrayList<>());
            scripted.put(feed, new ConcurrentLinkedDeque<>());
        }
    }

    /** Adds a record, or another version of one, under the time that it is ordered by. */
    public FakePoller holds(Feed feed, Instant time, String json) {
        held(feed).add(new Held(time, json));
        return this;
    }

    /** Shows a record no more, in any of its versions. */
    public FakePoller forgets(Feed feed, String id) {
        held(feed).removeIf(record -> record.id().equals(id));
        return this;
    }

    /** Answers the feed's next request with a failure. */
    public FakePoller failsOnce(Feed feed, Diagnosis diagnosis) {
        return answersOnce(feed, reading -> new PollOutcome.Failed(diagnosis, receipt(0)));
    }

    /** Answers the feed's next request with something else. */
    public FakePoller answersOnce(Feed feed, Answer answer) {
        script(feed).add(answer);
        return this;
    }

    /** Fails with error 500 for every page that the records of that time would be on. */
    public FakePoller spoils(Feed feed, Instant time) {
        spoiltRecords.computeIfAbsent(feed, key -> new CopyOnWriteArrayList<>()).add(time);
        return this;
    }

    /** Fails with error 500 for every page that this record would be on, whatever else there is of its time. */
    public FakePoller spoilsRecord(Feed feed, String id) {
        spoiltIds.computeIfAbsent(feed, key -> new CopyOnWriteArrayList<>()).add(id);
        return this;
    }

    /** Gives the rows of a hunting table that share one time in another order every time, as a cluster does. */
    public FakePoller shufflesTies() {
        isShuffling = true;
        return this;
    }

    /** Fails in this way for every page of more than so many records. */
    public FakePoller breaksOffAbove(Feed feed, int most, Diagnosis diagnosis) {
        mostAtOnce.put(feed, most);
        tooMany.put(feed, diagnosis);
        return this;
    }

    /** Refuses in this way whatever window is longer. */
    public FakePoller refusesLongerThan(Feed feed, Duration longest, Diagnosis diagnosis) {
        longestWindow.put(feed, longest);
        tooLong.put(feed, diagnosis);
        return this;
    }

    /** Times out for every question about a window that shares time with this one. */
    public FakePoller spoils(Feed feed, Window window) {
        spoiltWindows.computeIfAbsent(feed, key -> new CopyOnWriteArrayList<>()).add(window);
        return this;
    }

    /** Fails whatever the feed is asked for. */
    public FakePoller goesAway(Feed feed, Diagnosis diagnosis) {
        away.put(feed, diagnosis);
        return this;
    }

    /** Answers everything again. */
    public void recovers() {
        behindLinks.clear();
        spoiltRecords.clear();
        spoiltIds.clear();
        mostAtOnce.clear();
        longestWindow.clear();
        spoiltWindows.clear();
        away.clear();
        inACircle.clear();
    }

    /** What comes first in a list. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST,
        /** By a hash of the id. */
        SHUFFLED
    }

    /** Lists in another order from now on. */
    public FakePoller lists(Order other) {
        order = other;
        return this;
    }

    /** Links from the last page of a list back to its first one. */
    public FakePoller linksInACircle(Feed feed) {
        inACircle.add(feed);
        return this;
    }

    /** Fails so often in a row with each page behind a link before it comes. */
    public FakePoller failsBehindLinks(Feed feed, int times, Diagnosis diagnosis) {
        behindLinks.put(feed, diagnosis);
        failuresBehindLink = times;
        return this;
    }

    /** Asks to wait so long with every error from now on. */
    public FakePoller asksToWait(Duration pause) {
        wish = Optional.of(pause);
        return this;
    }

    /** Microsoft's error 500, which may be about the size. */
    public static Diagnosis error500() {
        return new Diagnosis(
                Trouble.MICROSOFT_ERROR,
                "Microsoft Graph answered with error 500.",
                "Wait.",
                Optional.of("UnknownError"),
                OptionalInt.of(500),
                Optional.of("request-500"),
                Optional.empty());
    }

    /** Sets how far Microsoft's clock is ahead of ours. */
    public void setAhead(Duration duration) {
        ahead = duration;
    }

    /** Everything that a feed was asked for, in order. */
    public List<Reading> readings(Feed feed) {
        return asked.stream()
                .filter(question -> question.feed() == feed)
                .map(Asked::reading)
                .toList();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public PollOutcome poll(Connection connection, Feed feed, Reading reading, PageMemory.Room room)
            throws InterruptedException {
        asked.add(new Asked(connection, feed, reading));
        var answer = script(feed).poll();
        return answer == null ? answer(feed, reading) : answer.to(reading);
    }

    private PollOutcome answer(Feed feed, Reading reading) {
        var outage = Optional.ofNullable(away.get(feed));
        if (outage.isPresent()) {
            return new PollOutcome.Failed(outage.get(), receipt(0));
        }
        var behindLink = Optional.ofNullable(behindLinks.get(feed))
                .filter(diagnosis -> reading.link().isPresent()
                        && failedBehindLink.merge(reading, 1, Integer::sum) <= failuresBehindLink);
        if (behindLink.isPresent()) {
            return new PollOutcome.Failed(behindLink.get(), receipt(0));
        }
        var isSlow = spoiltWindows.getOrDefault(feed, List.of()).stream()
                .anyMatch(window -> window.from().isBefore(reading.window().to())
                        && reading.window().from().isBefore(window.to()));
        if (isSlow) {
            return new PollOutcome.Failed(
                    Diagnosis.of(Trouble.TIMED_OUT, "It took too long.", "Nothing to do."), receipt(0));
        }
        if (reading.window().length().compareTo(longestWindow.getOrDefault(feed, Duration.ofDays(10_000))) > 0) {
            return new PollOutcome.Failed(tooLong.getOrDefault(feed, error500()), receipt(0));
        }
        var page = onPage(changed(feed, reading), reading);
        if (page.size() > mostAtOnce.getOrDefault(feed, Integer.MAX_VALUE)) {
            return new PollOutcome.Failed(tooMany.getOrDefault(feed, error500()), receipt(0));
        }
        var spoilt = spoiltRecords.getOrDefault(feed, List.of());
        var spoiltByName = spoiltIds.getOrDefault(feed, List.of());
        return page.stream().anyMatch(record -> spoilt.contains(record.time()) || spoiltByName.contains(record.id()))
                ? new PollOutcome.Failed(
                        wish.map(error500()::withRetryAfter).orElseGet(FakePoller::error500), receipt(0))
                : page(feed, reading);
    }

    /** The page that Graph would give. */
    public PollOutcome.Page page(Feed feed, Reading reading) {
        return switch (reading.lookup()) {
            case Lookup.Changed(), Lookup.Behind(var _) -> part(feed, reading, changed(feed, reading));
            case Lookup.Created() -> part(feed, reading, ordered(current(feed), reading.window(), Held::created));
            case Lookup.One(var id) ->
                whole(current(feed).stream()
                        .filter(record -> record.id().equals(id))
                        .map(Held::json)
                        .toList());
            case Lookup.HourlyCounts() -> whole(hourlyCounts(feed, reading.window()));
        };
    }

    /** Oldest first; of one time, by the id when that was asked for. */
    private List<Held> changed(Feed feed, Reading reading) {
        var found = ordered(held(feed), reading.window(), Held::time);
        if (!feed.isHuntingTable() || order != Order.OLDEST_FIRST) {
            return found;
        }
        var oldestFirst = Comparator.comparing(Held::time);
        if (reading.lookup() instanceof Lookup.Behind) {
            return found.stream().sorted(oldestFirst.thenComparing(Held::id)).toList();
        }
        return isShuffling
                ? found.stream()
                        .sorted(oldestFirst.thenComparingInt(
                                record -> (record.id() + asked.size()).hashCode() * 0x9E3779B9))
                        .toList()
                : found;
    }

    private List<Held> ordered(List<Held> held, Window window, Function<Held, Instant> time) {
        return held.stream()
                .filter(record -> window.contains(time.apply(record)))
                .sorted(comparator(time))
                .toList();
    }

    private Comparator<Held> comparator(Function<Held, Instant> time) {
        var oldestFirst = Comparator.comparing(time);
        return switch (order) {
            case OLDEST_FIRST -> oldestFirst;
            case NEWEST_FIRST -> oldestFirst.reversed();
            case SHUFFLED -> Comparator.comparingInt(record -> record.json().hashCode() * 0x9E3779B9);
        };
    }

    /** The latest version of each record. */
    private List<Held> current(Feed feed) {
        var latest = new LinkedHashMap<String, Held>();
        held(feed).stream().sorted(Comparator.comparing(Held::time)).forEach(record -> latest.put(record.id(), record));
        return List.copyOf(latest.values());
    }

    private List<String> hourlyCounts(Feed feed, Window window) {
        return ordered(held(feed), window, Held::time).stream()
                .collect(Collectors.groupingBy(
                        record -> record.time().truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(hour -> "{\"Hour\":\"%s\",\"Rows\":%d}".formatted(hour.getKey(), hour.getValue()))
                .toList();
    }

    private PollOutcome.Page whole(List<String> records) {
        return new PollOutcome.Page(
                records.stream().map(Original::of).toList(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                receipt(records.size()));
    }

    private PollOutcome.Page part(Feed feed, Reading reading, List<Held> window) {
        var held = onPage(window, reading);
        var page = held.stream().map(record -> Original.of(record.json())).toList();
        var end = start(reading) + page.size();
        var isFull = feed.isHuntingTable() && page.size() == reading.pageSize();
        if (feed.isHuntingTable()) {
            return new PollOutcome.Page(page, Optional.empty(), isFull, OptionalLong.empty(), receipt(page.size()));
        }
        var next = end < window.size()
                ? Optional.of(link(end))
                : Optional.of(link(0)).filter(first -> inACircle.contains(feed) && window.size() > page.size());
        return new PollOutcome.Page(page, next, false, OptionalLong.of(window.size()), receipt(page.size()));
    }

    private static NextLink link(int position) {
        return new NextLink(URI.create(Cloud.GLOBAL.graph() + "/next?at=" + position));
    }

    private static List<Held> onPage(List<Held> window, Reading reading) {
        var start = Math.min(start(reading), window.size());
        return window.subList(start, Math.min(window.size(), start + reading.pageSize()));
    }

    private static int start(Reading reading) {
        return reading.lookup() instanceof Lookup.Behind(var skipped)
                ? skipped
                : reading.link().map(FakePoller::position).orElse(0);
    }

    /** What an answer costs here, now. */
    public Receipt receipt(long bytes) {
        return new Receipt(
                Optional.of("request-" + asked.size()),
                bytes,
                Duration.ofMillis(5),
                clock.instant(),
                Optional.of(clock.instant().plus(ahead)),
                "");
    }

    private static int position(NextLink link) {
        return Integer.parseInt(link.uri().getQuery().substring("at=".length()));
    }

    private List<Held> held(Feed feed) {
        return records.getOrDefault(feed, List.of());
    }

    private Deque<Answer> script(Feed feed) {
        return scripted.getOrDefault(feed, new ConcurrentLinkedDeque<>());
    }
}
