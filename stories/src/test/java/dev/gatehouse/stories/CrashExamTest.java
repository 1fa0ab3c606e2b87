package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.faults.Endpoint;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.faults.Faults;
import dev.gatehouse.simulator.faults.RetryAfter;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.Holdings;
import dev.gatehouse.stories.stage.PatientDefender;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product is killed or paused again and again at random moments, while Microsoft throttles, fails, answers slowly,
 * cuts its answers off, lists in any order, links in circles, cannot read a record of its own, pre-empts queries, warns,
 * and goes on changing. At the end every version of every alert and incident and every hunting row that could be read is
 * in the store, once, and nothing else.
 *
 * <p>Repeat a run, or make it longer:
 *
 * <pre>./gatehouse test -pl stories -am -Dtest=CrashExamTest -Dexam.seed=7 -Dexam.rounds=100 -Dexam.tenants=50</pre>
 *
 * <p>The seed decides what happens in the tenants, which faults are thrown and when the product is killed or paused. How
 * far the product has come by then depends on the machine, so that a repeated run is the same exam and not the same film.
 * What it says stands at once in {@code target/crash-exam.log}, too, since Maven shows it at the end.
 */
class CrashExamTest {

    /** By so much the pretend cloud's time moves, twice a round. It stands still otherwise. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private static final Duration HISTORY = Duration.ofDays(3);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int LONGEST_HALF_LIFE_MILLIS = 2_000;

    /** Rounds from one complete comparison to the next. */
    private static final int COMPARED_EVERY = 10;

    /** Of so many rounds one ends with a pause, and the others with a kill. */
    private static final int PAUSED_EVERY = 3;

    private static final Path SAID = Path.of("target", "crash-exam.log");

    private final long seed = Long.getLong("exam.seed", System.nanoTime());
    private final int rounds = Integer.getInteger("exam.rounds", 4);
    private final int tenants = Integer.getInteger("exam.tenants", 6);

    private final Random random = new Random(seed);
    private final Map<UUID, PatientDefender> defenders = new HashMap<>();
    private final List<Product> started = new ArrayList<>();
    private long compared;

    /** A failed exam leaves none behind, least of all one that is paused and would never end by itself. */
    @AfterEach
    void endWhatIsLeft() {
        started.stream().filter(Product::isAlive).forEach(Product::kill);
    }

    @Test
    void losesNothingAndRepeatsNothingHoweverOftenItIsKilledOrPaused(@TempDir Path directory)
            throws InterruptedException, IOException {
        Files.deleteIfExists(SAID);
        say("-Dexam.seed=%d -Dexam.rounds=%d -Dexam.tenants=%d".formatted(seed, rounds, tenants));
        var begun = Instant.now();
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                .withSeed(seed)
                .withTenants(tenants)
                .withClock(new StandingClock(begun))
                // Counted by a clock that stands still, a limit a minute would never be lifted.
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(this::defender))) {
            show(simulator);
            var product = start(directory, simulator);
            for (var tenant : simulator.tenants()) {
                product.connect(tenant);
            }
            disorder(simulator);
            trouble(simulator);
            for (var round = 1; round <= rounds; round++) {
                troubleOneTenant(simulator);
                awaitThatItWorks(product);
                live(random.nextInt(LONGEST_HALF_LIFE_MILLIS));
                show(simulator);
                live(random.nextInt(LONGEST_HALF_LIFE_MILLIS));
                if (round % PAUSED_EVERY == 0) {
                    pause(product, directory, simulator);
                } else {
                    product.kill();
                    show(simulator);
                    product = start(directory, simulator);
                }
                if (round % COMPARED_EVERY == 0) {
                    awaitThatStoreAndTruthAreEqual(new Store(directory), simulator, round);
                    say("after round %d, %s: %d versions and rows compared".formatted(round, since(begun), compared));
                }
            }
            simulator.faults().clear();
            awaitThatStoreAndTruthAreEqual(new Store(directory), simulator, rounds);
            product.close();
            say("%d rounds, %d tenants, %d versions and rows equal, %s"
                    .formatted(rounds, tenants, compared, since(begun)));
        }
    }

    /**
     * Another process, with the same database, takes over while this one stands still, and both work for a moment when
     * it goes on. The other one is killed then.
     */
    private void pause(Product product, Path directory, Simulator simulator) throws InterruptedException, IOException {
        var paused = Instant.now();
        product.pause();
        show(simulator);
        var beside = directory.resolve("beside");
        Product.shareKeys(directory, beside);
        var other = start(beside, simulator, Store.flags(directory));
        awaitThatItWorks(other);
        say("another one has taken over after " + since(paused));
        live(random.nextInt(LONGEST_HALF_LIFE_MILLIS));
        product.goOn();
        show(simulator);
        live(random.nextInt(LONGEST_HALF_LIFE_MILLIS));
        other.kill();
    }

    /** A kill proves nothing of a process that still waits for the leases of the one before. */
    private void awaitThatItWorks(Product product) {
        await().atMost(PATIENCE).until(() -> product.held() == tenants);
    }

    private PatientDefender defender(TenantDirectory tenant, long tenantSeed, Instant start) {
        var company = DefenderSource.companies(Pace.DEMO).defenderOf(tenant, tenantSeed, start);
        var defender = new PatientDefender(company, start.minus(HISTORY));
        defenders.put(tenant.id(), defender);
        return defender;
    }

    private Product start(Path directory, Simulator simulator, String... further) {
        var flags = new ArrayList<>(List.of(further));
        flags.addAll(List.of(
                Product.SHORT_LEASE,
                "--gatehouse.http.read-timeout=5s",
                "--gatehouse.poll.interval=2s",
                "--gatehouse.poll.hunting-interval=4s",
                "--gatehouse.poll.overlap=5m",
                "--gatehouse.poll.first-look-back=4d",
                "--gatehouse.poll.quarantine-retry=5s",
                // Small pages, so that there are many moments between two of them.
                "--gatehouse.poll.page-size.alerts=20",
                "--gatehouse.poll.page-size.incidents=10",
                "--gatehouse.poll.page-size.hunting-rows=100",
                "--gatehouse.replay.requests-per-minute=10000",
                "--gatehouse.replay.hunting-requests-per-minute=10000",
                // Comparing heals. Polling and backfill have to be complete without it.
                "--gatehouse.reconcile.first-after=30d",
                "--gatehouse.reconcile.again-after=30d"));
        var product = Product.start(directory, simulator, flags.toArray(String[]::new));
        started.add(product);
        return product;
    }

    /** Seeded, everywhere and for the whole exam. */
    private static void trouble(Simulator simulator) {
        var faults = simulator.faults().at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING);
        faults.sometimes(0.03, new Fault.Throttled(new RetryAfter.Seconds(1)));
        faults.sometimes(0.03, new Fault.ServerError(500, new RetryAfter.Absent()));
        faults.sometimes(0.03, new Fault.ServerError(504, new RetryAfter.Absent()));
        faults.sometimes(0.02, new Fault.CutOff());
        faults.sometimes(0.02, new Fault.Reset());
        faults.sometimes(0.02, new Fault.NotJson());
        faults.sometimes(0.02, new Fault.BrokenGzip());
        faults.sometimes(0.02, new Fault.Incomplete());
        faults.sometimes(0.05, new Fault.LinkExpired());
        faults.sometimes(0.02, new Fault.Dripping(4, Duration.ofMillis(200)));
        faults.sometimes(0.03, new Fault.BreaksOffAbove(30_000, false));
        faults.sometimes(0.03, new Fault.BreaksOffAbove(30_000, true));
        faults.sometimes(0.02, new Fault.Warned(199, "One provider did not answer"));
        faults.sometimes(0.02, new Fault.Warned(299, "This property will be removed"));
        var lists = simulator.faults().at(Endpoint.ALERTS, Endpoint.INCIDENTS);
        lists.sometimes(0.02, new Fault.EmptyPage());
        lists.sometimes(0.05, new Fault.LinksInACircle());
        simulator.faults().at(Endpoint.HUNTING).sometimes(0.05, new Fault.Preempted(Duration.ofHours(6)));
    }

    /** Each tenant's lists come in an order of their own, by links of their own kind. */
    private void disorder(Simulator simulator) {
        for (var tenant : simulator.tenants()) {
            var listing = any(GraphBehaviour.Listing.values());
            var paging = any(GraphBehaviour.Paging.values());
            simulator.behave(tenant.tenantId(), behaviour -> behaviour
                    .with(GraphBehaviour.Ordering.IGNORED)
                    .with(listing)
                    .with(paging));
        }
    }

    /** One tenant, another one each time, has a trouble that lasts until the cloud's time has moved on. */
    private void troubleOneTenant(Simulator simulator) {
        var tenant = simulator.tenants().get(random.nextInt(tenants));
        var faults = simulator.faults().in(tenant.tenantId());
        var everything = faults.at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING);
        var lasting = STEP.plus(STEP);
        switch (random.nextInt(5)) {
            case 0 -> everything.during(lasting, new Fault.ServerError(504, new RetryAfter.Absent()));
            case 1 -> everything.during(lasting, new Fault.BreaksOffAbove(12_000, random.nextBoolean()));
            case 2 -> faults.at(Endpoint.HUNTING).during(lasting, new Fault.Preempted(Duration.ofMinutes(10)));
            case 3 -> faults.at(Endpoint.ALERTS, Endpoint.INCIDENTS).during(lasting, new Fault.LinksInACircle());
            default -> spoil(tenant, simulator, everything, lasting);
        }
    }

    /** Some records of the tenant, wherever they lie, make each answer fail that would hold them. */
    private void spoil(SimulatedTenant tenant, Simulator simulator, Faults.Aim where, Duration lasting) {
        var alerts = tenant.defender().alerts(simulator.clock().instant());
        for (var spoilt = 0; spoilt < 3 && !alerts.isEmpty(); spoilt++) {
            var one = alerts.get(random.nextInt(alerts.size()));
            where.during(lasting, new Fault.SpoiltId(one.path("id").asString(), 500));
        }
        tenant.defender()
                .table("IdentityLogonEvents", simulator.clock().instant())
                .filter(table -> !table.rows().isEmpty())
                .map(table -> table.rows().get(random.nextInt(table.rows().size())))
                .ifPresent(row -> where.during(lasting, new Fault.SpoiltId(String.valueOf(row.get("ReportId")), 500)));
    }

    private <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private void show(Simulator simulator) {
        simulator.clock().advance(STEP);
        var now = simulator.clock().instant();
        defenders.values().forEach(defender -> defender.show(now));
    }

    /** Random moments are what this exam is about; nothing is concluded from how long this takes. */
    private static void live(int millis) throws InterruptedException {
        var never = new CountDownLatch(1);
        assertThat(never.await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    private void awaitThatStoreAndTruthAreEqual(Store store, Simulator simulator, int round) {
        compared = 0;
        for (var tenant : simulator.tenants()) {
            var owed = Holdings.shownBy(tenant, simulator.clock().instant());
            try {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> Holdings.storedOf(
                                tenant, store)
                        .assertSameAs(owed, "%s after round %d, seed %d".formatted(tenant.name(), round, seed)));
            } catch (ConditionTimeoutException e) {
                say("the feeds of %s:%n%s".formatted(tenant.name(), store.stateOf(tenant.tenantId())));
                throw e;
            }
            compared += owed.size();
        }
        defenders.values().forEach(PatientDefender::settle);
    }

    private void say(String what) {
        var line = "Crash exam %d: %s%n".formatted(seed, what);
        System.out.print(line);
        try {
            Files.writeString(SAID, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String since(Instant begun) {
        return "%d s".formatted(Duration.between(begun, Instant.now()).toSeconds());
    }

    /** A source of time that stands still; the simulator's own clock adds the moves. */
    private record StandingClock(Instant instant) implements InstantSource {}
}
