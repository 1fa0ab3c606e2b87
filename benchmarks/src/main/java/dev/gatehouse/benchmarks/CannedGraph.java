package dev.gatehouse.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A stand-in for Entra and Graph that costs as little as it can, as a process of its own: alerts lie packed, and a page is put
 * together from them. It answers what Gatehouse and Microsoft's library ask for, and checks nothing.
 */
public final class CannedGraph {

    private static final String READY = "ready at ";

    private static final Pattern WINDOW = Pattern.compile("DateTime ge (\\S+) and \\S+ lt ([^&\\s]+)");
    private static final Pattern TOP = Pattern.compile("\\$top=(\\d+)");
    private static final Pattern SKIP = Pattern.compile("\\$skip=(\\d+)");
    private static final Pattern COUNT = Pattern.compile("count=(\\d+)");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final Packed COMMA = packed(",");
    private static final int ALL = 1_000;
    private static final Duration BEFOREHAND = Duration.ofSeconds(20);

    private final List<CannedTenant> tenants = new ArrayList<>();
    private final Duration latency;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final ServerSocket socket;
    private volatile int perSecond;

    private CannedGraph(int count, int backlog, Duration latency) throws IOException {
        this.latency = latency;
        this.socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        for (var number = 0; number < count; number++) {
            tenants.add(new CannedTenant(CannedTenant.id(number)));
        }
        // From 25 days ago to an hour ago, at times that look like chance.
        var random = new Random(7);
        var end = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(1));
        var span = Duration.ofDays(25).toMillis();
        for (var tenant : tenants) {
            for (var moment : random.longs(backlog, 0, span).sorted().toArray()) {
                tenant.add(end.minusMillis(span).plusMillis(moment));
            }
        }
    }

    /** Arguments: how many tenants, how many alerts of the past each has, and after how many ms it answers. */
    public static void main(String[] arguments) throws IOException {
        var graph = new CannedGraph(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofMillis(Long.parseLong(arguments[2])));
        Thread.ofVirtual().start(graph::trickle);
        System.out.println(READY + "http://127.0.0.1:" + graph.socket.getLocalPort());
        graph.serve();
    }

    private void serve() throws IOException {
        while (!socket.isClosed()) {
            var client = socket.accept();
            Thread.ofVirtual().start(() -> talk(client));
        }
    }

    private void talk(Socket client) {
        try (client;
                var in = new BufferedInputStream(client.getInputStream());
                var out = new BufferedOutputStream(client.getOutputStream(), 64 * 1024)) {
            client.setTcpNoDelay(true);
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                answer(line, in, out);
                out.flush();
            }
        } catch (IOException e) {
            // Whoever asked has gone.
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String request, InputStream in, OutputStream out) throws IOException {
        var length = 0;
        var tenant = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (name.equals("authorization")) {
                tenant = tenantOf(header.substring(header.indexOf("Bearer ") + 7));
            }
        }
        in.skipNBytes(length);
        var address = request.split(" ", 3)[1];
        if (address.startsWith("/control/")) {
            control(address, out);
            return;
        }
        requests.incrementAndGet();
        if (address.contains("/oauth2/")) {
            send(out, List.of(packed(token(address))));
            return;
        }
        pause();
        if (address.startsWith("/v1.0/security/alerts_v2?") || address.equals("/v1.0/security/alerts_v2")) {
            list(tenants.get(tenant), address, out);
        } else if (address.startsWith("/v1.0/security/runHuntingQuery")) {
            send(out, List.of(packed("{\"schema\":[],\"results\":[]}")));
        } else {
            send(out, List.of(packed("{\"@odata.count\":0,\"value\":[]}")));
        }
    }

    private void pause() {
        if (latency.isZero()) {
            return;
        }
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(CannedTenant tenant, String address, OutputStream out) throws IOException {
        var query = URLDecoder.decode(address, StandardCharsets.UTF_8);
        var window = WINDOW.matcher(query);
        var isWindow = window.find();
        var from = isWindow ? Instant.parse(window.group(1)) : Instant.EPOCH;
        var now = Instant.now();
        var asked = isWindow ? Instant.parse(window.group(2)) : now;
        var to = asked.isBefore(now) ? asked : now;
        var top = number(TOP, query, ALL);
        var skip = number(SKIP, query, 0);
        var page = tenant.page(from, to, skip, top);
        var pieces = new ArrayList<Packed>(2 * page.alerts().size() + 2);
        pieces.add(packed("{\"@odata.context\":\"$metadata#security/alerts_v2\",\"@odata.count\":%d,\"value\":["
                .formatted(page.count())));
        for (var alert : page.alerts()) {
            if (pieces.size() > 1) {
                pieces.add(COMMA);
            }
            pieces.add(alert);
        }
        var behind = skip + page.alerts().size();
        pieces.add(
                packed(behind < page.count() ? "],\"@odata.nextLink\":\"%s\"}".formatted(link(query, behind)) : "]}"));
        send(out, pieces);
    }

    private String link(String query, int skip) {
        var filter = Pattern.compile("\\$filter=([^&]*)").matcher(query);
        return "http://127.0.0.1:%d/v1.0/security/alerts_v2?%s$top=%d&$count=true&$skip=%d"
                .formatted(
                        socket.getLocalPort(),
                        filter.find()
                                ? "$filter=" + URLEncoder.encode(filter.group(1), StandardCharsets.UTF_8) + "&"
                                : "",
                        number(TOP, query, ALL),
                        skip);
    }

    private static int number(Pattern pattern, String query, int otherwise) {
        var found = pattern.matcher(query);
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }

    private static String token(String address) {
        var tenant = address.split("/", 3)[1];
        var claims =
                "{\"tid\":\"%s\",\"roles\":[\"SecurityAlert.Read.All\",\"SecurityIncident.Read.All\",\"ThreatHunting.Read.All\"]}"
                        .formatted(tenant);
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "{\"token_type\":\"Bearer\",\"expires_in\":86399,\"ext_expires_in\":86399,\"access_token\":\"%s.%s.%s\"}"
                .formatted(
                        encoder.encodeToString("{\"typ\":\"JWT\",\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)),
                        encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)),
                        tenant);
    }

    /** Its last part is the tenant. */
    private static int tenantOf(String token) {
        var id = UUID.fromString(token.substring(token.lastIndexOf('.') + 1).strip());
        return (int) id.getLeastSignificantBits();
    }

    private void control(String address, OutputStream out) throws IOException {
        var count = number(COUNT, address, 0);
        var said = "";
        if (address.startsWith("/control/requests")) {
            said = Long.toString(requests.get());
        } else if (address.startsWith("/control/release")) {
            // Packing them takes a while, so that they are made beforehand and seen when their time comes.
            var then = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(BEFOREHAND);
            for (var tenant : tenants) {
                for (var number = 0; number < count; number++) {
                    tenant.add(then);
                }
            }
            said = Long.toString(then.toEpochMilli());
        } else if (address.startsWith("/control/trickle")) {
            perSecond = count;
            said = Long.toString(added.get());
        }
        var body = said.getBytes(StandardCharsets.US_ASCII);
        out.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    /** Adds alerts to one tenant after the other. */
    private void trickle() {
        var next = 0;
        try {
            while (!socket.isClosed()) {
                Thread.sleep(100);
                for (var count = 0; count < perSecond / 10; count++) {
                    tenants.get(next).add(Instant.now().truncatedTo(ChronoUnit.MILLIS));
                    added.incrementAndGet();
                    next = (next + 7) % tenants.size();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(OutputStream out, List<Packed> pieces) throws IOException {
        var body = Packed.gzip(pieces);
        out.write("""
                HTTP/1.1 200 OK\r
                Date: %s\r
                Content-Type: application/json\r
                Content-Encoding: gzip\r
                request-id: %s\r
                Content-Length: %d\r
                \r
                """.formatted(HTTP_DATE.format(Instant.now()), UUID.randomUUID(), body.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private static Packed packed(String text) {
        return Packed.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder(120);
        for (var next = in.read(); next != -1 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }
}
