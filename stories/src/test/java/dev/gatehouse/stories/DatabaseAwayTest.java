package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.OutsidePostgres;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Truth;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is away, dies or has no room left: nothing is lost, and nobody has to do anything to Gatehouse. */
class DatabaseAwayTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration STEP = Duration.ofMinutes(2);

    /** Enough for PostgreSQL's programs and a new cluster, and for some ballast. */
    private static final long SMALL_DISK = 512L << 20;

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .withTenants(3)
            .withClock(new Truth.StandingClock(Instant.now()))
            .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
            .withDefenders(DefenderSource.companies(Pace.DEMO)));
    private final Truth truth = new Truth();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void goesOnByItselfWhenTheOperatorsServerComesBack() throws IOException {
        truth.note(simulator);
        try (var postgres = OutsidePostgres.start(directory.resolve("postgres"));
                var gatehouse = Product.start(directory.resolve("product"), simulator, postgres.flags())) {
            simulator.tenants().forEach(gatehouse::connect);
            awaitThatEverythingIsStoredOnce(postgres.store());

            postgres.takeAway();
            somethingHappens();
            await().atMost(PATIENCE).until(() -> gatehouse.printed().contains("The database does not answer"));
            assertThat(gatehouse.health()).isEqualTo("DOWN");
            postgres.bringBack();

            awaitThatEverythingIsStoredOnce(postgres.store());
            await().atMost(PATIENCE).until(() -> gatehouse.health().equals("UP"));
            assertThat(gatehouse.printed())
                    .containsOnlyOnce("The database does not answer")
                    .doesNotContain("should not happen", "OutOfMemory");
        }
    }

    @Test
    void goesOnByItselfWhenItsOwnServerIsKilled() throws IOException {
        truth.note(simulator);
        try (var gatehouse = Product.start(directory, simulator)) {
            simulator.tenants().forEach(gatehouse::connect);
            var store = new Store(directory);
            awaitThatEverythingIsStoredOnce(store);

            for (var time = 0; time < 3; time++) {
                killServer(directory);
                somethingHappens();
                awaitThatEverythingIsStoredOnce(store);
            }

            await().atMost(PATIENCE).until(() -> gatehouse.health().equals("UP"));
            assertThat(gatehouse.printed()).doesNotContain("should not happen", "OutOfMemory");
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnByItselfWhenThereIsRoomAgain() throws IOException {
        truth.note(simulator);
        try (var disk = SmallDisk.mount(directory.resolve("disk"));
                var gatehouse = Product.start(disk.folder(), simulator)) {
            simulator.tenants().forEach(gatehouse::connect);
            var store = new Store(disk.folder());
            awaitThatEverythingIsStoredOnce(store);

            disk.fill();
            // Only once: a version that is overtaken while nothing can be stored is gone, whoever collects.
            somethingHappens();
            await().atMost(PATIENCE).untilAsserted(() -> {
                var details = gatehouse.get("/actuator/health").at("/components/storage/details");
                assertThat(details.path("cause").asString()).contains("disk of the database is full");
                assertThat(details.path("cure").asString()).contains("Make room");
            });
            disk.makeRoom();

            awaitThatEverythingIsStoredOnce(store);
            await().atMost(PATIENCE).until(() -> gatehouse.health().equals("UP"));
            assertThat(gatehouse.printed()).doesNotContain("should not happen", "OutOfMemory");
        }
    }

    private void somethingHappens() {
        simulator.clock().advance(STEP);
        truth.note(simulator);
    }

    private static void killServer(Path directory) throws IOException {
        var lock = directory.resolve("postgres").resolve("data-18").resolve("postmaster.pid");
        var pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void awaitThatEverythingIsStoredOnce(Store store) {
        for (var tenant : simulator.tenants()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreException(IllegalStateException.class)
                    .untilAsserted(() -> {
                        assertThat(store.alertVersions(tenant.tenantId()))
                                .as(tenant.name())
                                .containsExactlyInAnyOrderElementsOf(truth.of(tenant));
                        assertThat(store.alertVersionCount(tenant.tenantId()))
                                .as(tenant.name())
                                .isEqualTo(truth.of(tenant).size());
                    });
        }
    }

    /** A disk of its own, in memory; needs root. */
    private record SmallDisk(Path folder) implements AutoCloseable {

        static SmallDisk mount(Path folder) throws IOException {
            assumeThat(System.getProperty("user.name"))
                    .as("a small disk can only be made by root")
                    .isEqualTo("root");
            Files.createDirectories(folder);
            OutsidePostgres.letServersThrough(folder.resolveSibling(""));
            assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK, "tmpfs", folder.toString()))
                    .as("this machine does not let root mount a small disk")
                    .isZero();
            return new SmallDisk(folder);
        }

        private static int run(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .directory(new File("/"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        }

        /** Takes all the room there is. */
        void fill() throws IOException {
            var block = new byte[1 << 16];
            try (var ballast = new RandomAccessFile(ballast().toFile(), "rw")) {
                while (Files.getFileStore(folder).getUsableSpace() > 0) {
                    ballast.write(block, 0, (int)
                            Math.min(block.length, Files.getFileStore(folder).getUsableSpace()));
                }
            }
        }

        void makeRoom() throws IOException {
            Files.delete(ballast());
        }

        private Path ballast() {
            return folder.resolve("ballast");
        }

        @Override
        public void close() throws IOException {
            run("umount", folder.toString());
        }
    }
}
