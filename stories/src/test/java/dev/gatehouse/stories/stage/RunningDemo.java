package dev.gatehouse.stories.stage;

import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.program.ProgramRunner;
import dev.gatehouse.cli.program.Programs;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import picocli.CommandLine;

/** {@code gatehouse demo} as a user runs it: a pretend cloud and a Workbench, until it is closed. */
public final class RunningDemo implements AutoCloseable {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final URI url;
    private final Thread thread;

    private RunningDemo(Path dataDirectory, int port) {
        this.url = URI.create("http://127.0.0.1:" + port);
        var context = new CommandContext(
                Map.of(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Optional.empty(),
                OptionalInt.empty(),
                System.getProperty("user.name", ""),
                dataDirectory,
                new OfTheClassPath());
        this.thread = Thread.ofPlatform().start(() -> new CommandLine(new Demo(context))
                .execute(
                        "--data-directory=" + dataDirectory,
                        "--port=" + port,
                        "--gatehouse.poll.interval=1s",
                        "--gatehouse.poll.hunting-interval=1m"));
    }

    /** Starts it, and waits until it has said all that it has to say. */
    public static RunningDemo start(Path dataDirectory) {
        try {
            FirstStart.prepare(dataDirectory, Product::startOnce);
            var demo = new RunningDemo(dataDirectory, freePort());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> demo.err.toString().contains("vendor alerts") || !demo.thread.isAlive());
            if (!demo.thread.isAlive()) {
                throw new IllegalStateException("The demo ended: " + demo.err);
            }
            return demo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The address of its Workbench. */
    public URI url() {
        return url;
    }

    /** What follows a label in what it printed, e.g. the id after {@code Directory ID}; the first one of several. */
    public String printed(String label) {
        return printed(label, 0);
    }

    /** The same of a later one. */
    public String printed(String label, int skipped) {
        return Pattern.compile(Pattern.quote(label) + " +(\\S+)")
                .matcher(out.toString())
                .results()
                .skip(skipped)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No %s in: %s".formatted(label, out)))
                .group(1);
    }

    /** The last word of the line that begins with the title of a role, and that before it: e-mail and password. */
    public Map.Entry<String, String> signIn(String role) {
        var words = out.toString()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(role + "  "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody is a %s in: %s".formatted(role, out)))
                .split(" +", -1);
        return Map.entry(words[words.length - 2], words[words.length - 1]);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rooms as this build compiled them, with no jars made yet. */
    private record OfTheClassPath() implements Programs {

        @Override
        public Program simulator() {
            return new Program(classPath(), ProgramRunner.SIMULATOR);
        }

        @Override
        public Program workbench() {
            return new Program(classPath(), ProgramRunner.WORKBENCH);
        }

        private static List<String> classPath() {
            return List.of(FirstStart.classPath().split(File.pathSeparator, -1));
        }
    }
}
