package dev.gatehouse.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Workbench of our own on a data directory. */
final class StartedWorkbench implements AutoCloseable {

    private static final String READY = "Gatehouse Workbench is ready at ";

    private final Process process;
    private final URI address;

    private StartedWorkbench(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @param home the top of the repository
     * @param data its data directory
     * @throws IOException when it is not built, or ends before it is ready
     */
    static StartedWorkbench start(Path home, Path data) throws IOException {
        return start(home, data, List.of(), List.of());
    }

    /**
     * Starts it.
     *
     * @param home the top of the repository
     * @param data its data directory
     * @param ofJava what Java is told, such as the size of its heap
     * @param settings further ones, each as an argument
     * @throws IOException when it is not built, or ends before it is ready
     */
    static StartedWorkbench start(Path home, Path data, List<String> ofJava, List<String> settings) throws IOException {
        var target = home.resolve("workbench").resolve("target");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                // As ./gatehouse starts one.
                "-XX:FreqInlineSize=120",
                "-XX:InlineSmallCode=1200",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(ofJava);
        command.addAll(List.of(
                "-cp",
                jar(target) + ":" + target.resolve("lib").resolve("*"),
                "dev.gatehouse.workbench.Workbench",
                "--data-directory=" + data.toAbsolutePath(),
                "--gatehouse.sign-in.second-factor=optional",
                "--server.port=0"));
        command.addAll(settings);
        return ready(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until a process that was started says that it is ready. */
    static StartedWorkbench ready(Process process) throws IOException {
        StartedGraph.endingWithUs(process);
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                // What it says from now on has to go somewhere.
                StartedGraph.drain(lines);
                return new StartedWorkbench(process, URI.create(line.substring(READY.length())));
            }
            said = line;
        }
        throw new IOException("The Workbench ended before it was ready: " + said);
    }

    private static Path jar(Path target) throws IOException {
        try (var jars = Files.newDirectoryStream(target, "gatehouse-workbench-*.jar")) {
            for (var jar : jars) {
                return jar;
            }
        }
        throw new IOException("The Workbench is not built in %s".formatted(target));
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
