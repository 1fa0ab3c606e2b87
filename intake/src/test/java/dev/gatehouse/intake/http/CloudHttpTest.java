package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.RawServer;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.intake.testing.SettableClock;
import dev.gatehouse.model.Cloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudHttpTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final HttpSettings PATIENT = new HttpSettings(LONG, LONG, LONG, 10_000, 4);
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private CloudHttp http = new CloudHttp(PATIENT, new SettableClock(NOW));

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void givesStatusHeadersAndBodyOfAnyAnswer() throws Exception {
        try (var microsoft = new PretendMicrosoft()) {
            microsoft.onRead(Reply.json(418, "{\"a\":\"ü\"}").with("Request-Id", "r1"));

            var answer = answered(
                    http.send(microsoft.cloud(), Request.get(microsoft.address().resolve("/x?y=%20z"))));

            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.text()).isEqualTo("{\"a\":\"ü\"}");
            assertThat(answer.headers().first("request-id")).contains("r1");
            assertThat(answer.receivedAt()).isEqualTo(NOW);
            assertThat(microsoft.reads().getFirst().uri()).hasToString("/x?y=%20z");
            assertThat(microsoft.reads().getFirst().header("Accept-Encoding")).contains("gzip");
        }
    }

    @Test
    void sendsAPostOnce() throws Exception {
        try (var microsoft = new PretendMicrosoft()) {
            microsoft.onRead(Reply.json(503, ""));

            var answer = answered(http.send(
                    microsoft.cloud(), Request.post(microsoft.address().resolve("/x"), "text/plain", "grüße")));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEmpty();
            assertThat(microsoft.reads()).singleElement().satisfies(asked -> {
                assertThat(asked.body()).isEqualTo("grüße");
                assertThat(asked.header("Content-Type")).isEqualTo("text/plain");
            });
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (var microsoft = new PretendMicrosoft()) {
            microsoft.onRead(Reply.json(302, "").with("Location", "/elsewhere"));

            assertThat(answered(http.send(
                                    microsoft.cloud(),
                                    Request.get(microsoft.address().resolve("/x"))))
                            .status())
                    .isEqualTo(302);
            assertThat(microsoft.reads()).hasSize(1);
        }
    }

    @Test
    void unpacksGzipAlsoWhenItComesInSeveralMembers() throws Exception {
        var packed = new ByteArrayOutputStream();
        packed.write(gzip("one "));
        packed.write(gzip("two"));

        try (var server = RawServer.sending(gzipAnswer(packed.toByteArray()))) {
            assertThat(answered(send(server)).text()).isEqualTo("one two");
        }
    }

    @Test
    void noticesGzipThatBreaksOff() throws Exception {
        var packed = gzip("some text that is long enough to be cut");

        try (var server = RawServer.sending(gzipAnswer(Arrays.copyOf(packed, packed.length - 10)))) {
            assertThat(broken(send(server))).isEqualTo(Breakage.BROKEN_OFF);
        }
    }

    @Test
    void noticesGzipThatIsDamagedOrNone() throws Exception {
        try (var server = RawServer.sending(gzipAnswer("not gzip at all".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(broken(send(server))).isEqualTo(Breakage.GARBLED);
        }
    }

    @Test
    void noticesABodyShorterThanPromised() throws Exception {
        try (var server = RawServer.sending(HEAD + "Content-Length: 100\r\n\r\n{\"value\":[")) {
            assertThat(broken(send(server))).isEqualTo(Breakage.BROKEN_OFF);
        }
    }

    @Test
    void noticesChunksThatBreakOff() throws Exception {
        try (var server = RawServer.sending(HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n10\r\nab")) {
            assertThat(broken(send(server))).isEqualTo(Breakage.BROKEN_OFF);
        }
    }

    @Test
    void noticesAConnectionThatClosesWithoutAnAnswer() throws Exception {
        try (var server = RawServer.sending("")) {
            assertThat(broken(send(server))).isEqualTo(Breakage.BROKEN_OFF);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\":[",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n10\r\nab"
            })
    void anAnswerBreaksOffWhenItsConnectionIsReset(String beginning) throws Exception {
        try (var server = RawServer.resettingBehind(beginning)) {
            assertThat(broken(send(server))).isEqualTo(Breakage.BROKEN_OFF);
        }
    }

    @Test
    void anAnswerBreaksOffWhenItsTlsEndsWithoutAGoodbye(@TempDir Path directory) throws Exception {
        var store = keyStoreFor("localhost", directory);
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = URI.create("https://localhost:%d".formatted(socket.getLocalPort()));
            var server = Thread.ofVirtual().start(() -> breakOff(socket, store));

            assertThat(broken(http.send(cloudAt(address, Optional.of(pem(store))), Request.get(address))))
                    .isEqualTo(Breakage.BROKEN_OFF);
            server.join();
        }
    }

    private static void breakOff(ServerSocket socket, KeyStore store) {
        try (var plain = socket.accept()) {
            var connection = (SSLSocket)
                    contextOf(store).getSocketFactory().createSocket(plain, "localhost", plain.getPort(), false);
            connection.setUseClientMode(false);
            var head = new byte[1_000];
            assertThat(connection.getInputStream().read(head)).isPositive();
            connection
                    .getOutputStream()
                    .write((HEAD + "Content-Length: 100\r\n\r\nab").getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
        } catch (Exception e) {
            throw new IllegalStateException("The pretend server could not answer", e);
        }
    }

    @Test
    void noticesAnAnswerThatIsNotHttp() throws Exception {
        try (var server = RawServer.sending("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThat(broken(send(server))).isIn(Breakage.GARBLED, Breakage.BROKEN_OFF);
        }
    }

    @Test
    void takesNoMoreThanAllowed() throws Exception {
        try (var server = RawServer.sending(HEAD + "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000))) {
            assertThat(broken(send(server))).isEqualTo(Breakage.TOO_BIG);
        }
    }

    @Test
    void countsWhatComesOutOfGzipAndNotWhatGoesIn() throws Exception {
        try (var server = RawServer.sending(gzipAnswer(gzip("x".repeat(20_000))))) {
            assertThat(broken(send(server))).isEqualTo(Breakage.TOO_BIG);
        }
    }

    @Test
    void takesExactlyWhatIsAllowed() throws Exception {
        try (var server = RawServer.sending(HEAD + "Content-Length: 10000\r\n\r\n" + "x".repeat(10_000))) {
            assertThat(answered(send(server)).body()).hasSize(10_000);
        }
    }

    @Test
    void givesUpOnSilence() throws Exception {
        useSettings(new HttpSettings(LONG, Duration.ofMillis(100), LONG, 10_000, 4));

        try (var server = RawServer.silent()) {
            assertThat(broken(send(server))).isEqualTo(Breakage.TIMED_OUT);
        }
    }

    @Test
    void givesUpOnAnAnswerThatDrips() throws Exception {
        useSettings(new HttpSettings(LONG, LONG, Duration.ofMillis(300), 10_000_000, 4));

        try (var server = new RawServer(out -> {
            out.write((HEAD + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var never = new CountDownLatch(1);
            while (!never.await(5, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        })) {
            assertThat(broken(send(server))).isEqualTo(Breakage.TIMED_OUT);
        }
    }

    @Test
    void saysThatAllConnectionsAreInUse() throws Exception {
        useSettings(new HttpSettings(LONG, Duration.ofMillis(500), LONG, 10_000_000, 1));
        var enough = new CountDownLatch(1);

        // The first answer drips, so that its connection stays in use however long the second one waits.
        try (var server = new RawServer(out -> {
            out.write((HEAD + "\r\n").getBytes(StandardCharsets.US_ASCII));
            while (!enough.await(5, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        })) {
            var first = new CompletableFuture<HttpOutcome>();
            Thread.ofVirtual().start(() -> {
                try {
                    first.complete(send(server));
                } catch (InterruptedException e) {
                    first.completeExceptionally(e);
                }
            });
            server.awaitRequest();

            assertThat(broken(send(server))).isEqualTo(Breakage.NO_CONNECTION_FREE);
            enough.countDown();
            assertThat(answered(first.get()).status()).isEqualTo(200);
        }
    }

    @Test
    void noticesThatNobodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var address = URI.create("http://localhost:%d".formatted(port));

        assertThat(broken(http.send(cloudAt(address, Optional.empty()), Request.get(address))))
                .isEqualTo(Breakage.REFUSED);
    }

    @Test
    void noticesANameWithoutAnAddress() throws Exception {
        var address = URI.create("https://gatehouse-test.invalid");

        assertThat(broken(http.send(cloudAt(address, Optional.empty()), Request.get(address))))
                .isEqualTo(Breakage.UNKNOWN_HOST);
    }

    @Test
    void noticesThatTheOtherSideDoesNotSpeakTls() throws Exception {
        try (var server = RawServer.blurtingOut("220 mail.example ESMTP\r\n")) {
            var address = URI.create(server.address().toString().replace("http:", "https:"));

            assertThat(broken(http.send(cloudAt(address, Optional.empty()), Request.get(address))))
                    .isIn(Breakage.TLS_FAILED, Breakage.BROKEN_OFF, Breakage.UNREACHABLE);
        }
    }

    @Test
    void trustsACloudsOwnCertificateOnlyWhenItIsNamed(@TempDir Path directory) throws Exception {
        var store = keyStoreFor("localhost", directory);
        var server = httpsServer(store);
        try {
            var address = URI.create(
                    "https://localhost:%d".formatted(server.getAddress().getPort()));

            var strange = http.send(cloudAt(address, Optional.empty()), Request.get(address));
            var known = http.send(cloudAt(address, Optional.of(pem(store))), Request.get(address));

            assertThat(broken(strange)).isEqualTo(Breakage.UNTRUSTED);
            assertThat(answered(known).status()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void doesNotTrustACertificateForAnotherName(@TempDir Path directory) throws Exception {
        var store = keyStoreFor("elsewhere.example", directory);
        var server = httpsServer(store);
        try {
            var address = URI.create(
                    "https://localhost:%d".formatted(server.getAddress().getPort()));

            assertThat(broken(http.send(cloudAt(address, Optional.of(pem(store))), Request.get(address))))
                    .isEqualTo(Breakage.UNTRUSTED);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhichCloudHasAnUnreadableCertificate() {
        var address = URI.create("https://localhost:1");

        assertThatThrownBy(() -> http.send(cloudAt(address, Optional.of("no PEM")), Request.get(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cloud pretend");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        try (var server = RawServer.silent()) {
            var ended = new CompletableFuture<String>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    ended.complete(send(server).toString());
                } catch (InterruptedException e) {
                    ended.complete("interrupted");
                }
            });
            server.awaitRequest();

            thread.interrupt();

            assertThat(ended.get()).isEqualTo("interrupted");
        }
    }

    @Test
    void printsNeitherTokensNorBodies() {
        var request = Request.post(URI.create("https://h/p"), "text/plain", "client_secret=abc")
                .with("Authorization", "Bearer abc");

        assertThat(request.toString()).isEqualTo("POST https://h/p");
    }

    private void useSettings(HttpSettings settings) {
        http.close();
        http = new CloudHttp(settings, new SettableClock(NOW));
    }

    private HttpOutcome send(RawServer server) throws InterruptedException {
        return http.send(cloudAt(server.address(), Optional.empty()), Request.get(server.address()));
    }

    private static Cloud cloudAt(URI address, Optional<String> certificates) {
        return new Cloud("pretend", address, address, certificates);
    }

    private static Answer answered(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOf(HttpOutcome.Answered.class);
        return ((HttpOutcome.Answered) outcome).answer();
    }

    private static Breakage broken(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOf(HttpOutcome.Broken.class);
        return ((HttpOutcome.Broken) outcome).breakage();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzipAnswer(byte[] packed) throws IOException {
        var answer = new ByteArrayOutputStream();
        answer.write((HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.write(packed);
        return answer.toByteArray();
    }

    private static KeyStore keyStoreFor(String host, Path directory) throws Exception {
        var file = directory.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static SSLContext contextOf(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static HttpsServer httpsServer(KeyStore store) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(contextOf(store)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String pem(KeyStore store) throws Exception {
        var encoded = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("server").getEncoded());
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(encoded);
    }
}
