package dev.gatehouse.stories.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.simulator.http.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of a customer on this machine that takes webhooks over HTTPS. */
public final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final CertificateAuthority authority = CertificateAuthority.create(Instant.now());
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpsServer server;
    private volatile int status = 204;

    /**
     * A request that it got.
     *
     * @param signature from the header; empty when there was none
     * @param body as it came
     * @param answered the HTTP status that it was answered with
     */
    public record Got(Optional<String> signature, String body, int answered) {

        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Receiver() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = status;
            got.add(new Got(
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Expel-Signature-256")), body, answer));
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    /** Answers so from now on. */
    public void answers(int httpStatus) {
        status = httpStatus;
    }

    /** What it has got so far of one event, the oldest first. */
    public List<Got> got(String event) {
        return got.stream()
                .filter(each -> each.json().path("event_name").asString().equals(event))
                .toList();
    }

    public String url() {
        return "https://localhost:%d/hook".formatted(server.getAddress().getPort());
    }

    /** What a client has to trust, as PEM text. */
    public String caCertificate() {
        return authority.certificatePem();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
