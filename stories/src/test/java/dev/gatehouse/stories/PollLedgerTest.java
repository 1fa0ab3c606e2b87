package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.faults.Endpoint;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.faults.RetryAfter;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Defender;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Terminal;
import dev.gatehouse.stories.stage.Visitor;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The ledger says the same wherever it is read, whatever happened, and shows whether an hour is complete. */
class PollLedgerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ALERTS = "/api/v2/poll_windows?filter[feed]=alerts&page[limit]=200";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern ROW = Pattern.compile(
            "<tr data-test=\"window-alerts-(\\w+)\" data-outcome=\"(\\w+)\"[^>]*>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("datetime=\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("<td class=\"number\">(\\d+)</td>");

    /** A row as all four say it. */
    private record Line(
            String purpose, String outcome, Instant from, int pages, int fresh, int changed, int same, int unreadable) {

        Line {
            // The API gives milliseconds.
            from = from.truncatedTo(ChronoUnit.MILLIS);
        }

        static Line of(JsonNode window) {
            return new Line(
                    window.path("purpose").asString(),
                    window.path("outcome").asString(),
                    Instant.parse(window.path("from").asString()),
                    window.path("pages").asInt(),
                    window.path("new_records").asInt(),
                    window.path("new_versions").asInt(),
                    window.path("same").asInt(),
                    window.path("unreadable").asInt());
        }
    }

    @Test
    void saysTheSameEverywhereAfterFailuresAKillAndAReplay(@TempDir Path directory) throws SQLException {
        var defender = new StallingDefender();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        IntStream.range(0, 60)
                .forEach(i -> defender.inner.putAlert(
                        Written.alert("alert-" + i, now.minusSeconds(60 + i), now.minusSeconds(60 + i))));
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(List.of("Contoso"))
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(DefenderSource.scripted(defender)))) {
            simulator.faults().at(Endpoint.ALERTS).next(2, new Fault.ServerError(503, new RetryAfter.Absent()));
            var first = start(directory, simulator);
            var device = first.connect(simulator.tenants().getFirst());
            await().atMost(PATIENCE).until(() -> outcomes(first).containsAll(List.of("failed", "complete")));

            // Nobody but polling reads now: the history is there.
            await().atMost(PATIENCE).until(() -> allReplaysOfAlertsAreDone(first));
            // The first page is stored, and the second one never comes.
            defender.stallBehindTheNextPage();
            await().atMost(PATIENCE)
                    .until(() -> defender.isStalling() && outcomes(first).contains("reading"));
            first.kill();
            defender.goOn();

            try (var second = start(directory, simulator);
                    var visitor = Visitor.signedIn(second)) {
                await().atMost(PATIENCE).until(() -> outcomes(second).contains("interrupted"));
                replayYesterday(second, device);
                second.call("PATCH", "/api/v2/security_devices/" + device, """
                        {"data": {"type": "security_devices", "id": "%s", "attributes": {"enabled": false}}}""".formatted(device));
                var lines = awaitThatNothingIsAdded(second, directory);

                assertThat(lines)
                        .extracting(Line::outcome)
                        .contains("complete", "failed", "interrupted")
                        .doesNotContain("reading");
                assertThat(lines).extracting(Line::purpose).contains("poll", "replay");
                assertThat(fromTheApi(second)).containsExactlyInAnyOrderElementsOf(lines);
                assertThat(fromTheCommandLine(second, directory)).containsExactlyInAnyOrderElementsOf(lines);
                assertThat(fromThePages(visitor)).containsExactlyInAnyOrderElementsOf(lines);

                assertThatThisHourIsComplete(
                        second, now.minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS));
                makeFailuresOld(directory);
            }
            try (var third = start(directory, simulator)) {
                await().atMost(PATIENCE).until(() -> !outcomes(third).contains("failed"));
                assertThat(outcomes(third)).contains("complete");
            }
        }
    }

    private static Product start(Path directory, Simulator simulator) {
        return Product.start(
                directory,
                simulator,
                Product.SHORT_LEASE,
                "--gatehouse.poll.page-size.alerts=20",
                "--gatehouse.poll.first-look-back=1h",
                "--gatehouse.reconcile.first-after=30d",
                "--gatehouse.reconcile.again-after=30d");
    }

    private static void replayYesterday(Product gatehouse, String device) {
        var now = Instant.now();
        var replay = gatehouse
                .call("POST", "/api/v2/replays", """
                        {"data": {"type": "replays", "attributes":
                            {"device_id": "%s", "feed": "alerts", "from": "%s", "to": "%s"}}}""".formatted(device, now.minus(Duration.ofDays(1)), now))
                .body()
                .at("/data/id")
                .asString();
        await().atMost(PATIENCE).until(() -> gatehouse
                .get("/api/v2/replays/" + replay)
                .at("/data/attributes/state")
                .asString()
                .equals("done"));
    }

    private static boolean allReplaysOfAlertsAreDone(Product gatehouse) {
        var states = gatehouse
                .get("/api/v2/replays")
                .path("data")
                .valueStream()
                .map(replay -> replay.path("attributes"))
                .filter(replay -> replay.path("feed").asString().equals("alerts"))
                .map(replay -> replay.path("state").asString())
                .toList();
        return !states.isEmpty() && states.stream().allMatch("done"::equals);
    }

    private static List<String> outcomes(Product gatehouse) {
        return gatehouse
                .get(ALERTS)
                .path("data")
                .valueStream()
                .map(window -> window.at("/attributes/outcome").asString())
                .toList();
    }

    private static List<Line> awaitThatNothingIsAdded(Product gatehouse, Path directory) {
        var last = new ArrayList<Line>();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            var lines = fromTheView(directory);
            var isQuiet = lines.equals(last) && !outcomes(gatehouse).contains("reading");
            last.clear();
            last.addAll(lines);
            return isQuiet;
        });
        return last;
    }

    private static List<Line> fromTheView(Path directory) throws SQLException {
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement();
                var rows = statement.executeQuery("""
                        select purpose, outcome, window_from, pages, new_records, new_versions, same, unreadable
                        from report.poll_windows where feed = 'alerts' order by polled_at, poll_window_id
                        """)) {
            var lines = new ArrayList<Line>();
            while (rows.next()) {
                lines.add(new Line(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getTimestamp(3).toInstant(),
                        rows.getInt(4),
                        rows.getInt(5),
                        rows.getInt(6),
                        rows.getInt(7),
                        rows.getInt(8)));
            }
            return lines;
        }
    }

    private static List<Line> fromTheApi(Product gatehouse) {
        var lines = new ArrayList<Line>();
        var next = Optional.of(ALERTS);
        while (next.isPresent()) {
            var page = gatehouse.get(next.get());
            page.path("data").forEach(window -> lines.add(Line.of(window.path("attributes"))));
            next = Optional.of(page.at("/links/next").asString("")).filter(link -> !link.isEmpty());
        }
        return lines;
    }

    private static List<Line> fromTheCommandLine(Product gatehouse, Path directory) {
        var printed = new Terminal(gatehouse, directory).run("ledger", "--feed", "alerts", "--limit", "5000", "--json");
        return JSON.readTree(printed).valueStream().map(Line::of).toList();
    }

    private static List<Line> fromThePages(Visitor visitor) {
        var lines = new ArrayList<Line>();
        for (var page = 1; ; page++) {
            var rows = ROW.matcher(visitor.read("/settings/collection/ledger?feed=alerts&page=" + page))
                    .results()
                    .toList();
            if (rows.isEmpty()) {
                return lines;
            }
            for (var row : rows) {
                // The first time is that of the last answer.
                var from =
                        TIME.matcher(row.group(3)).results().skip(1).findFirst().orElseThrow();
                var numbers = NUMBER.matcher(row.group(3))
                        .results()
                        .map(number -> Integer.parseInt(number.group(1)))
                        .toList();
                lines.add(new Line(
                        row.group(1),
                        row.group(2),
                        Instant.parse(from.group(1)),
                        numbers.get(0),
                        numbers.get(1),
                        numbers.get(2),
                        numbers.get(3),
                        numbers.get(4)));
            }
        }
    }

    /** The windows that were read to their end leave no gap in it. */
    private static void assertThatThisHourIsComplete(Product gatehouse, Instant hour) {
        var end = hour.plus(Duration.ofHours(1));
        var windows = gatehouse
                .get(ALERTS + "&filter[outcome]=complete&filter[from]=%s&filter[to]=%s".formatted(hour, end))
                .path("data")
                .valueStream()
                .map(window -> window.path("attributes"))
                .sorted(Comparator.comparing(
                        window -> Instant.parse(window.path("from").asString())))
                .toList();
        var readUpTo = hour;
        for (var window : windows) {
            if (Instant.parse(window.path("from").asString()).isAfter(readUpTo)) {
                break;
            }
            var to = Instant.parse(window.path("to").asString());
            readUpTo = to.isAfter(readUpTo) ? to : readUpTo;
        }
        assertThat(readUpTo).as("how far the hour from %s is read", hour).isAfterOrEqualTo(end);
    }

    private static void makeFailuresOld(Path directory) throws SQLException {
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement()) {
            assertThat(statement.executeUpdate(
                            "update poll_window set ended_at = ended_at - interval '8 days' where outcome = 'failed'"))
                    .isPositive();
        }
    }

    /** Can be told to give one more page of alerts and then no other. */
    private static final class StallingDefender implements Defender {

        private final ScriptedDefender inner = new ScriptedDefender();
        private CountDownLatch gate = new CountDownLatch(0);
        private int pagesLeft = Integer.MAX_VALUE;
        private boolean stalling;

        synchronized void stallBehindTheNextPage() {
            gate = new CountDownLatch(1);
            pagesLeft = 1;
        }

        synchronized boolean isStalling() {
            return stalling;
        }

        synchronized void goOn() {
            pagesLeft = Integer.MAX_VALUE;
            gate.countDown();
        }

        private synchronized Optional<CountDownLatch> gateBeforeThisPage() {
            if (pagesLeft > 0) {
                pagesLeft--;
                return Optional.empty();
            }
            stalling = true;
            return Optional.of(gate);
        }

        @Override
        public List<ObjectNode> alerts(Instant now) {
            gateBeforeThisPage().ifPresent(closed -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            return inner.alerts(now);
        }

        @Override
        public List<ObjectNode> incidents(Instant now) {
            return inner.incidents(now);
        }

        @Override
        public Optional<Table> table(String name, Instant now) {
            return inner.table(name, now);
        }
    }
}
