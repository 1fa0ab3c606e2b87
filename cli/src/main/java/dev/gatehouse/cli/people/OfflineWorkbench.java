package dev.gatehouse.cli.people;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.program.ChildProcess;
import dev.gatehouse.cli.program.ProgramRunner;
import dev.gatehouse.cli.program.Programs.Program;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Workbench that runs for as long as one command and does nothing but answer it. It leaves its address and its token, in
 * two lines, in a file of the data directory.
 */
final class OfflineWorkbench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ChildProcess child;
    private final URI address;
    private final String token;

    private OfflineWorkbench(ChildProcess child, URI address, String token) {
        this.child = child;
        this.address = address;
        this.token = token;
    }

    /**
     * Starts it.
     *
     * @throws Failure when there is no data directory, a Workbench runs on it, or it does not start
     */
    static OfflineWorkbench start(CommandContext context, DataDirectory directory) {
        requireNobodyThere(directory);
        context.note("Starting the database of %s …".formatted(directory.path()));
        var maintenanceFile = directory.path().resolve("maintenance");
        var program = context.programs().workbench();
        var classPath = new ArrayList<>(program.classPath());
        // For ProgramRunner, which ends it together with this process.
        classPath.add(System.getProperty("java.class.path", ""));
        try {
            // One that was left by a process that was killed.
            Files.deleteIfExists(maintenanceFile);
        } catch (IOException e) {
            throw new Failure(ExitCode.NOT_STARTED, "%s cannot be deleted (%s).".formatted(maintenanceFile, e), e);
        }
        var child = ChildProcess.startWithSettings(
                "Workbench",
                new Program(classPath, ProgramRunner.class.getName()),
                List.of(
                        program.mainClass().replaceFirst("\\.Workbench$", ".Maintenance"),
                        "--gatehouse.data-directory=" + directory.path()),
                directory.path().resolve("logs").resolve("maintenance.log"));
        try {
            return awaited(child, maintenanceFile);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static void requireNobodyThere(DataDirectory directory) {
        var lock = directory.path().resolve("lock");
        if (!Files.exists(lock)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "%s is not the data directory of a Workbench: it has no file named 'lock'. Name the one that ./gatehouse serve works in."
                            .formatted(directory.path()));
        }
        if (isHeld(lock)) {
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "A Workbench runs on %s. Ask it: use --url with its address and --token-file %s in place of --data-dir, or stop it first."
                            .formatted(directory.path(), directory.tokenFile()));
        }
    }

    private static boolean isHeld(Path lock) {
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var held = channel.tryLock()) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "%s cannot be opened (%s). Run this as the user that the Workbench runs as.".formatted(lock, e),
                    e);
        }
    }

    private static OfflineWorkbench awaited(ChildProcess child, Path maintenanceFile) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var lines = lines(maintenanceFile);
            if (lines.isPresent()) {
                return new OfflineWorkbench(
                        child, URI.create(lines.get().getFirst()), lines.get().getLast());
            }
            if (!child.isAlive()) {
                throw child.ended();
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure(ExitCode.NOT_STARTED, "Interrupted while the database was starting.", e);
            }
        }
        throw new Failure(
                ExitCode.NOT_STARTED, "The database was not ready after %d minutes.".formatted(PATIENCE.toMinutes()));
    }

    private static Optional<List<String>> lines(Path maintenanceFile) {
        return DataDirectory.textOf(maintenanceFile)
                .map(text -> text.lines().toList())
                .filter(lines -> lines.size() == 2);
    }

    WorkbenchClient connect() {
        return new WorkbenchClient(address, token);
    }

    @Override
    public void close() {
        child.close();
    }
}
