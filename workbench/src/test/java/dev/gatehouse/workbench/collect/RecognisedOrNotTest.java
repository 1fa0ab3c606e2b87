package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.NoSleep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two Workbenches read the same Microsoft, of which one remembers what it has read and the other remembers nothing. What they
 * store, count and say is the same, and they ask the same of their databases.
 */
class RecognisedOrNotTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<Feed> FEEDS = List.of(Feed.ALERTS, Feed.INCIDENTS, Feed.LOGON_EVENTS);

    private final Side remembering = new Side(10_000);
    private final Side forgetful = new Side(0);

    @AfterEach
    void close() throws IOException {
        remembering.parts.close();
        forgetful.parts.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothStoreCountAndSayTheSame(long seed) throws InterruptedException {
        var random = new Random(seed);
        var ids = new ArrayList<String>();
        for (var turn = 0; turn < 60; turn++) {
            var what = "seed %d, turn %d".formatted(seed, turn);
            var at = remembering.parts.clock().instant().minusSeconds(random.nextInt(600));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    ids.add("a" + turn);
                    holds(Feed.ALERTS, at, alert("a" + turn, at, random));
                }
                case 3 -> holds(Feed.INCIDENTS, at, incident("i" + random.nextInt(5), at, random));
                case 4 -> holds(Feed.LOGON_EVENTS, at, logon(at, turn));
                case 5 -> holds(Feed.ALERTS, at, "{\"id\":\"broken" + turn + "\"}");
                case 6 -> {
                    if (!ids.isEmpty()) {
                        holds(Feed.ALERTS, at, alert(ids.get(random.nextInt(ids.size())), at, random));
                    }
                }
                case 7 -> {
                    if (!ids.isEmpty()) {
                        var id = ids.get(random.nextInt(ids.size()));
                        both(side -> side.forgetInTheDatabase(id));
                    }
                }
                case 8 -> {
                    if (turn > 40) {
                        both(Side::addXdrOnce);
                    }
                }
                default -> both(side -> side.microsoft.failsOnce(Feed.ALERTS, FakePoller.error500()));
            }
            var feed = random.nextBoolean() ? Feed.ALERTS : FEEDS.get(random.nextInt(3));
            assertThat(remembering.poll(feed))
                    .as("%s: what is asked of the database", what)
                    .isEqualTo(forgetful.poll(feed));
            if (turn % 15 == 14) {
                both(side -> side.parts.clock().advance(Duration.ofMinutes(55)));
                assertThat(remembering.lookBack()).as(what).isEqualTo(forgetful.lookBack());
            }
            both(side -> side.parts.clock().advance(MINUTE));
        }

        assertThat(remembering.stored()).isEqualTo(forgetful.stored());
        assertThat(remembering.counted()).isEqualTo(forgetful.counted());
        assertThat(remembering.said()).isEqualTo(forgetful.said());
        assertThat(remembering.recognised()).isGreaterThan(50);
        assertThat(forgetful.recognised()).isZero();
    }

    private void both(Consumer<Side> act) {
        act.accept(remembering);
        act.accept(forgetful);
    }

    private void holds(Feed feed, Instant at, String json) {
        both(side -> side.microsoft.holds(feed, at, json));
    }

    private static String alert(String id, Instant at, Random random) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"%s","serviceSource":"%s","evidence":[\
                {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"192.0.2.%d"}]}""".formatted(
                        id,
                        at,
                        at.minusSeconds(5),
                        random.nextBoolean() ? "new" : "resolved",
                        id.hashCode() % 3 == 0 ? "microsoftDefenderForEndpoint" : "microsoftDefenderForIdentity",
                        random.nextInt(200));
    }

    private static String incident(String id, Instant at, Random random) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","displayName":"Credential theft",\
                "severity":"high","status":"%s"}""".formatted(id, at, at.minusSeconds(5), random.nextBoolean() ? "active" : "resolved");
    }

    private static String logon(Instant at, int number) {
        return """
                {"Timestamp":"%s","ActionType":"LogonSuccess","AccountName":"alice","ReportId":"%d"}""".formatted(at, number);
    }

    /** A Workbench with its Microsoft. */
    private static final class Side {

        private final WorkbenchParts parts = new WorkbenchParts();
        private final FakePoller microsoft = new FakePoller(parts.clock());
        private final SecurityDevice contoso;
        private final LookBackLoop lookingBack;
        private boolean hasXdr;

        Side(int remembered) {
            parts.with("poll.page-size.alerts", "8")
                    .with(
                            Poller.class,
                            () -> (connection, feed, reading, room) -> microsoft.poll(connection, feed, reading, room));
            CollectorParts.remembering(parts, remembered).open();
            contoso = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
            lookingBack = new LookBackLoop(contoso.directory(), surroundings(), refusal(), new NoSleep());
        }

        /** What was asked of the database for it. */
        List<String> poll(Feed feed) throws InterruptedException {
            try (var statements = Statements.listen()) {
                new FeedLoop(contoso.directory(), feed, surroundings(), refusal(), new NoSleep()).attempt();
                return statements.heard();
            }
        }

        List<String> lookBack() throws InterruptedException {
            try (var statements = Statements.listen()) {
                var pause = Optional.of(Duration.ZERO);
                while (pause.filter(Duration::isZero).isPresent()) {
                    pause = lookingBack.attempt();
                }
                return statements.heard();
            }
        }

        /** As a failover does that loses what came last. */
        void forgetInTheDatabase(String id) {
            for (var sql : List.of(
                    "delete from undecided_vendor_alert where id = :id",
                    "delete from vendor_alert_entities where alert_id = :id",
                    "delete from vendor_alert_version where id = :id",
                    "delete from vendor_alert where id = :id")) {
                parts.database().look().sql(sql).param("id", id).update();
            }
        }

        void addXdrOnce() {
            if (!hasXdr) {
                hasXdr = true;
                parts.get(DeviceEditing.class)
                        .add(
                                Scope.everything(),
                                WorkbenchParts.draft("Contoso XDR")
                                        .with(DeviceField.KIND, DeviceKind.DEFENDER_XDR.key())
                                        .with(
                                                DeviceField.DIRECTORY_ID,
                                                contoso.directory().toString()),
                                "tester");
            }
        }

        /** All rows but for what is drawn for each database. */
        List<String> stored() {
            return List.of(
                            "vendor_alert",
                            "vendor_alert_version",
                            "vendor_alert_entities",
                            "undecided_vendor_alert",
                            "left_out_vendor_alert",
                            "vendor_incident",
                            "vendor_incident_version",
                            "hunting_row",
                            "unreadable_record",
                            "record_day",
                            "feed",
                            "poll_window")
                    .stream()
                    .flatMap(table -> parts
                            .database()
                            .look()
                            .sql("""
                                    select '{table} ' || (case when '{table}' in ('unreadable_record', 'poll_window')
                                        then to_jsonb(t) - 'id' else to_jsonb(t) end
                                        - 'tenant_id' - 'organization_id' - 'keys')::text
                                    from {table} t order by 1
                                    """.replace("{table}", table))
                            .query((row, number) -> row.getString(1))
                            .list()
                            .stream())
                    .toList();
        }

        /** What monitoring sees. */
        Map<String, Double> counted() {
            var counted = new TreeMap<String, Double>();
            for (var meter : parts.get(MeterRegistry.class).getMeters()) {
                if (meter instanceof Counter counter && !isOfRecognised(counter)) {
                    counted.put(counter.getId().toString(), counter.count());
                }
            }
            return counted;
        }

        double recognised() {
            return parts.get(MeterRegistry.class).getMeters().stream()
                    .filter(meter -> meter instanceof Counter counter && isOfRecognised(counter))
                    .mapToDouble(meter -> ((Counter) meter).count())
                    .sum();
        }

        private static boolean isOfRecognised(Counter counter) {
            return counter.getId().getName().equals("gatehouse.records.recognised");
        }

        List<String> said() {
            return parts.events().stream()
                    .map(event -> event.toString().replace(contoso.directory().toString(), "Contoso"))
                    .filter(event -> event.startsWith("Page") || event.startsWith("Feed"))
                    .toList();
        }

        private FeedLoop.Surroundings surroundings() {
            return CollectorParts.surroundings(parts);
        }

        private SignInRefusal refusal() {
            return new SignInRefusal(new BackOff(MINUTE, new Steady()), parts.clock());
        }
    }
}
