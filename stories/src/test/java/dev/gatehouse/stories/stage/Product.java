package dev.gatehouse.stories.stage;

import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gatehouse as a user runs it: a process of its own with its own data directory and its own PostgreSQL. It can be killed
 * at any moment and started again on the same directory.
 */
public final class Product implements AutoCloseable {

    /** How the pretend cloud is called in the product's configuration. */
    public static final String CLOUD = "simulator";

    /** For products that are killed: whoever is started next waits until the leases of the killed one have ended. */
    public static final String SHORT_LEASE = "--gatehouse.lease.duration=3s";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");

    private final Process process;
    private final Path dataDirectory;
    private final URI url;
    private final Queue<String> output;
    private final HttpClient client = HttpClient.newHttpClient();

    private Product(Process process, Path dataDirectory, URI url, Queue<String> output) {
        this.process = process;
        this.dataDirectory = dataDirectory;
        this.url = url;
        this.output = output;
    }

    /**
     * Starts Gatehouse and waits until it says that it is ready.
     *
     * @param dataDirectory where it keeps everything; an empty one for a first start
     * @param simulator the cloud that it knows by the name {@link #CLOUD}
     * @param flags further settings, or other values than the usual, e.g. {@code --gatehouse.poll.interval=5s}
     * @throws IllegalStateException when it ends before it is ready; the message holds what it printed
     */
    public static Product start(Path dataDirectory, Simulator simulator, String... flags) {
        return startWithHeap("512m", dataDirectory, simulator, flags);
    }

    /**
     * Lets a process that works elsewhere open what one in the first directory has sealed, and be asked with its token, as
     * docs/operating.md says of two that share a database.
     */
    public static void shareKeys(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : List.of("secret.key", "api-token")) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Starts Gatehouse with so much memory for its objects, as Java's {@code -Xmx} takes it.
     *
     * @see #start
     */
    public static Product startWithHeap(String heap, Path dataDirectory, Simulator simulator, String... flags) {
        try {
            var certificate = Files.writeString(
                    Files.createDirectories(dataDirectory).resolve("simulator-ca.pem"), simulator.caCertificate());
            if (Stream.of(flags).noneMatch(flag -> nameOf(flag).equals("--gatehouse.database.url"))) {
                FirstStart.prepare(dataDirectory, Product::startOnce);
            }
            var settings = new ArrayList<>(List.of(
                    // Nobody has a telephone here.
                    "--gatehouse.sign-in.second-factor=optional",
                    "--gatehouse.poll.interval=1s",
                    "--gatehouse.poll.hunting-interval=2s",
                    // As fast as the simulated Microsoft allows; what it does not, it refuses.
                    "--gatehouse.budget.requests-per-minute=10000",
                    "--gatehouse.budget.hunting-queries-per-minute=10000",
                    "--gatehouse.replay.requests-per-minute=150",
                    "--gatehouse.replay.hunting-requests-per-minute=45",
                    "--gatehouse.clouds.simulator.authority=" + simulator.authority(),
                    "--gatehouse.clouds.simulator.graph=" + simulator.graph(),
                    "--gatehouse.clouds.simulator.ca-certificate=" + certificate));
            // A setting that is given twice would be both values at once.
            settings.removeIf(
                    usual -> Stream.of(flags).anyMatch(flag -> nameOf(flag).equals(nameOf(usual))));
            settings.addAll(List.of(flags));
            return awaitReady(launch(heap, FirstStart.flags(), dataDirectory, settings), dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A start with nothing configured, until it is ready. */
    static void startOnce(Path dataDirectory, List<String> flags) {
        try {
            awaitReady(launch("512m", flags, dataDirectory, List.of()), dataDirectory)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(String heap, List<String> flags, Path dataDirectory, List<String> settings)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                // A short life: start fast rather than run fast.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                FirstStart.classPath(),
                "dev.gatehouse.workbench.Workbench",
                "--gatehouse.data-directory=" + dataDirectory,
                "--gatehouse.server.port=0"));
        command.addAll(settings);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String nameOf(String flag) {
        return flag.split("=", 2)[0];
    }

    private static Product awaitReady(Process process, Path dataDirectory) throws IOException {
        var output = new ConcurrentLinkedQueue<String>();
        var reader = process.inputReader();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            output.add(line);
            var ready = READY.matcher(line);
            if (ready.find()) {
                // Somebody has to go on reading, or the product would stop at a full pipe.
                Thread.ofVirtual().start(() -> drain(reader, output));
                return new Product(process, dataDirectory, URI.create(ready.group(1)), output);
            }
        }
        throw new IllegalStateException("Gatehouse ended before it was ready:\n" + String.join("\n", output));
    }

    private static void drain(BufferedReader reader, Queue<String> output) {
        try {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
            }
        } catch (IOException _) {
            // The process was killed, which closes the pipe.
            output.add("(killed)");
        }
    }

    public URI url() {
        return url;
    }

    /** Everything printed so far. */
    public String printed() {
        return String.join("\n", output);
    }

    /** The e-mail address of the generated first administrator. */
    public String administrator() {
        return fromFirstAdministrator("e-mail: ");
    }

    /** The generated password of the first administrator. */
    public String password() {
        return fromFirstAdministrator("password: ");
    }

    private String fromFirstAdministrator(String label) {
        try {
            return Files.readAllLines(dataDirectory.resolve("first-administrator")).stream()
                    .filter(line -> line.startsWith(label))
                    .map(line -> line.substring(label.length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the API. */
    public JsonNode get(String path) {
        return call("GET", path, "").body();
    }

    /** What the API tells of one feed of a device, e.g. of {@code alerts}. */
    public JsonNode feed(String device, String key) {
        return get("/api/v2/security_devices/" + device)
                .at("/data/attributes/feeds")
                .valueStream()
                .filter(feed -> feed.path("feed").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** How many tenants this process reads, as it says itself. */
    public int held() {
        // Those that were killed before are on the list, too, and come first.
        return get("/api/v2/processes?page%5Blimit%5D=200")
                .path("data")
                .valueStream()
                .filter(process -> process.at("/attributes/answering").asBoolean())
                .mapToInt(process -> process.at("/attributes/tenants").asInt())
                .sum();
    }

    /** Connects a tenant of the pretend cloud through the API, and gives the device's id. */
    public String connect(SimulatedTenant tenant) {
        return connect(tenant, "");
    }

    /** Connects a tenant of an organization; a blank one is the only one that there is. */
    public String connect(SimulatedTenant tenant, String organization) {
        var document = (ObjectNode) JSON.readTree(device(tenant, tenant.clientSecret()));
        document.withObject("/data/attributes").put("organization", organization);
        var answer = call("POST", "/api/v2/security_devices", document.toString());
        if (answer.status() != 201) {
            throw new IllegalStateException("Could not add %s: %s".formatted(tenant.name(), answer.body()));
        }
        return answer.body().at("/data/id").asString();
    }

    /** The JSON:API document that adds a tenant with a secret. */
    public static String device(SimulatedTenant tenant, String secret) {
        return JSON.writeValueAsString(Map.of(
                "data",
                Map.of(
                        "type",
                        "security_devices",
                        "attributes",
                        Map.of(
                                "name",
                                tenant.name() + " Microsoft Defender for Identity",
                                "location",
                                "cloud",
                                "directory_id",
                                tenant.tenantId().toString(),
                                "application_id",
                                tenant.applicationId().toString(),
                                "client_secret",
                                secret,
                                "cloud",
                                CLOUD))));
    }

    /** Calls the API as the local command line does. */
    public Answer call(String method, String path, String body) {
        try {
            var token = Files.readString(dataDirectory.resolve("api-token")).strip();
            var request = HttpRequest.newBuilder(url.resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/vnd.api+json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            var text = response.body();
            return new Answer(response.statusCode(), JSON.readTree(text.isBlank() ? "{}" : text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the API answered.
     *
     * @param status HTTP status
     * @param body an empty object when there was none
     */
    public record Answer(int status, JsonNode body) {}

    /** Whether monitoring is told that all is well: {@code UP} or {@code DOWN}. Asked without a token, as monitoring does. */
    public String health() {
        try {
            var request =
                    HttpRequest.newBuilder(url.resolve("/actuator/health")).build();
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
                    .path("status")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the process where it stands, as a long collection of garbage or a moving virtual machine would. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** Lets a paused process go on. */
    public void goOn() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    /** Whether the process has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as a power cut would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
        client.close();
    }

    /** Asks the process to end and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        client.close();
    }
}
