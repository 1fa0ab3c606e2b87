package dev.gatehouse.cli.program;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.program.Programs.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Java program that runs beside this one and ends with it: its standard input is a pipe from here, and when that
 * closes, because this process stops it or is itself gone, the program ends.
 */
public final class ChildProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name for messages, e.g. {@code Workbench}
     * @param log takes what it prints; begun anew
     * @throws Failure when it does not even start
     */
    public static ChildProcess start(String name, Program program, List<String> arguments, Path log) {
        // Settings of a real Workbench, its database for example, must not reach a demo's.
        return start(name, program, arguments, log, variable -> !variable.startsWith("GATEHOUSE_"));
    }

    /**
     * Starts it like {@link #start}, with the settings of a real Workbench that are in this process's environment.
     *
     * @throws Failure when it does not even start
     */
    public static ChildProcess startWithSettings(String name, Program program, List<String> arguments, Path log) {
        return start(name, program, arguments, log, variable -> true);
    }

    private static ChildProcess start(
            String name, Program program, List<String> arguments, Path log, Predicate<String> inherited) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        // Half of a program, whose other half ran out of memory, is worse than none.
        command.add("-XX:+ExitOnOutOfMemoryError");
        // As ./gatehouse starts one.
        command.add("-XX:FreqInlineSize=120");
        command.add("-XX:InlineSmallCode=1200");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(String.join(File.pathSeparator, program.classPath()));
        command.add(program.mainClass());
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(inherited.negate());
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.NOT_STARTED, "The %s could not be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Why it ended, with the last lines it printed; only for one that has. */
    public Failure ended() {
        return new Failure(
                ExitCode.NOT_STARTED,
                "The %s ended by itself with exit code %d. Its last words, all of them are in %s: %s"
                        .formatted(name, process.exitValue(), log, lastWords()));
    }

    /** Tells it to end and waits until it has. Does nothing when it has already. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or will be told by the signal below.
        }
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(not readable)";
        }
    }
}
