package dev.gatehouse.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A {@link CannedGraph} in a process of its own, so that what it takes is counted apart. */
final class StartedGraph implements AutoCloseable {

    private static final String READY = "ready at ";

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private StartedGraph(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @param tenants how many
     * @param backlog how many alerts of the past each has
     * @param latency after how long it answers
     */
    static StartedGraph start(int tenants, int backlog, Duration latency) throws IOException {
        var process = java(List.of(
                CannedGraph.class.getName(),
                Integer.toString(tenants),
                Integer.toString(backlog),
                Long.toString(latency.toMillis())));
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                drain(lines);
                return new StartedGraph(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IOException("The pretend Graph ended before it was ready");
    }

    /** Starts a program of this room. */
    static Process java(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", "")));
        command.addAll(arguments);
        return endingWithUs(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads on, because what a process says has to go somewhere. */
    static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> {
            try {
                var line = lines.readLine();
                while (line != null) {
                    line = lines.readLine();
                }
            } catch (IOException e) {
                // It has been ended.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Sees to it that somebody who breaks a run off leaves nothing behind. */
    static Process endingWithUs(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    URI address() {
        return address;
    }

    Duration processorTime() throws IOException {
        return ProcessTime.of(process.pid());
    }

    /** How often it was asked, for whatever. */
    long requests() throws IOException, InterruptedException {
        return Long.parseLong(control("requests"));
    }

    /** Gives each tenant so many more alerts, all at one time soon; says when. */
    Instant release(int count) throws IOException, InterruptedException {
        return Instant.ofEpochMilli(Long.parseLong(control("release?count=" + count)));
    }

    /** Adds so many alerts a second from now on, one tenant after the other; says how many that were so far. */
    long trickle(int perSecond) throws IOException, InterruptedException {
        return Long.parseLong(control("trickle?count=" + perSecond));
    }

    private String control(String what) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(address.resolve("/control/" + what))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
    }
}
