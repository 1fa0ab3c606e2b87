package dev.gatehouse.intake.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A token endpoint and a Graph on one loopback port that answer what they are told to, in order; the last answer repeats.
 * Without being told, sign-ins succeed with all permissions and reads give an empty page.
 */
public final class PretendMicrosoft implements AutoCloseable {

    public static final TenantId CONTOSO = TenantId.parse("b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c");
    public static final ApplicationId APPLICATION = ApplicationId.parse("1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    public static final String SECRET = "Ab8Q~topsecret";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> signIns = new CopyOnWriteArrayList<>();
    private final List<Asked> reads = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Reply> signInReplies = asked -> Reply.token(
            "first",
            "SecurityAlert.Read.All",
            "SecurityEvents.Read.All",
            "ThreatHunting.Read.All",
            "SecurityIncident.Read.All");
    private volatile Function<Asked, Reply> readReplies =
            asked -> asked.uri().getPath().endsWith("runHuntingQuery") ? Reply.rows() : Reply.page();

    public PretendMicrosoft() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = read(exchange);
            var isSignIn = asked.uri().getPath().endsWith("/oauth2/v2.0/token");
            (isSignIn ? signIns : reads).add(asked);
            var reply = (isSignIn ? signInReplies : readReplies).apply(asked);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Asked(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    public void onSignIn(Reply... replies) {
        signInReplies = inOrder(replies);
    }

    public void onSignIn(Function<Asked, Reply> reply) {
        signInReplies = reply;
    }

    public void onRead(Reply... replies) {
        readReplies = inOrder(replies);
    }

    public void onRead(Function<Asked, Reply> reply) {
        readReplies = reply;
    }

    private static Function<Asked, Reply> inOrder(Reply... replies) {
        Deque<Reply> left = new ArrayDeque<>(List.of(replies));
        return asked -> {
            synchronized (left) {
                return left.size() > 1 ? left.removeFirst() : left.getFirst();
            }
        };
    }

    public List<Asked> signIns() {
        return signIns;
    }

    public List<Asked> reads() {
        return reads;
    }

    public URI address() {
        return URI.create("http://localhost:%d".formatted(server.getAddress().getPort()));
    }

    public Cloud cloud() {
        return new Cloud("pretend", address(), address(), Optional.empty());
    }

    public Connection connection() {
        return connection(SECRET);
    }

    public Connection connection(String secret) {
        return new Connection(CONTOSO, APPLICATION, new ClientSecret(secret), cloud());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
