package dev.gatehouse.benchmarks;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Somebody who asks, a person with a session or a program with a token. Nothing is unpacked but what is read. */
final class Visitor implements AutoCloseable {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String EVENT = "event:";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI workbench;
    private final Optional<String> token;
    private final HttpClient http;

    private Visitor(URI workbench, Optional<String> token) {
        this.workbench = workbench;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** A program. */
    static Visitor program(URI workbench, String token) {
        return new Visitor(workbench, Optional.of(token));
    }

    /**
     * A person who signs in.
     *
     * @throws IOException when they may not come in
     */
    static Visitor person(URI workbench, String email, String password) throws IOException, InterruptedException {
        var visitor = new Visitor(workbench, Optional.empty());
        var csrf = CSRF.matcher(visitor.ask("/login").text());
        if (!csrf.find()) {
            throw new IOException("The page for signing in has no form");
        }
        var form = "email=%s&password=%s&_csrf=%s".formatted(encoded(email), encoded(password), encoded(csrf.group(1)));
        var answer = visitor.http.send(
                HttpRequest.newBuilder(workbench.resolve("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
        if (answer.headers().firstValue("Location").orElse("?").contains("?")) {
            throw new IOException("%s may not come in".formatted(email));
        }
        return visitor;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What came back.
     *
     * @param status of the answer
     * @param nanos from sending the request to the last byte
     * @param body as it was on the wire
     * @param isGzip whether that is packed
     * @param tag what names this state of it, if anything does
     */
    record Answer(int status, long nanos, WireBody body, boolean isGzip, Optional<String> tag) {

        /** The page itself. */
        String text() throws IOException {
            if (!isGzip) {
                return new String(body.bytes(), StandardCharsets.UTF_8);
            }
            try (var in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** Bytes of an answer. */
    static final class WireBody {

        private final byte[] bytes;

        WireBody(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return bytes.length;
        }
    }

    /** What is done with what a stream tells. */
    interface Ear {

        /** Hears of an event by its name. */
        void hear(String event) throws IOException, InterruptedException;
    }

    /** Listens to a stream of events until it ends. */
    void listen(String address, Ear ear) throws IOException, InterruptedException {
        var answer =
                http.send(HttpRequest.newBuilder(workbench.resolve(address)).build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT)) {
                    ear.hear(line.substring(EVENT.length()).strip());
                }
            }
        }
    }

    /** Gets an address. */
    Answer ask(String address) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(workbench.resolve(address)));
    }

    /** Gets a region of a page, unless it is as we have it. */
    Answer askAgain(String address, String region, Optional<String> tag) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(workbench.resolve(address))
                .header("HX-Request", "true")
                .header("Gatehouse-Region", region);
        tag.ifPresent(each -> request.header("If-None-Match", each));
        return ask(request);
    }

    private Answer ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.timeout(PATIENCE).header("Accept-Encoding", "gzip");
        token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
        var begin = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        var nanos = System.nanoTime() - begin;
        return new Answer(
                answer.statusCode(),
                nanos,
                new WireBody(answer.body()),
                answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip"),
                answer.headers().firstValue("ETag"));
    }

    /**
     * Sends a document of the interface for programs.
     *
     * @throws IOException when it is not taken
     */
    String post(String address, String document) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(workbench.resolve(address))
                .timeout(PATIENCE)
                .header("Content-Type", "application/vnd.api+json")
                .POST(BodyPublishers.ofString(document));
        token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s answered %d: %s".formatted(address, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
