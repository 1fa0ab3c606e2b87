package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.testing.Flood;
import dev.gatehouse.intake.testing.RawServer;
import dev.gatehouse.intake.testing.SettableClock;
import dev.gatehouse.model.Cloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What does not end, or is far too much, is cut off at once: the connection is closed, and nothing is drained. */
class HostileAnswersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MOST = 1024 * 1024;

    /** What the sockets of both sides hold of what nobody reads. */
    private static final long ON_THE_WAY = 16L * 1024 * 1024;

    private static final String PIECE = "x".repeat(64 * 1024);

    private final PageMemory memory = PageMemory.of(8 * MOST);
    private final CloudHttp http = new CloudHttp(
            new HttpSettings(LONG, LONG, LONG, MOST, 4),
            memory,
            new SettableClock(Instant.parse("2026-11-23T12:00:00Z")));

    @AfterEach
    void close() {
        assertThat(memory.used()).isZero();
        http.close();
    }

    @Test
    void anEndlessBody() throws Exception {
        assertThatItIsCutOff(new Flood(OK + "\r\n", PIECE), Breakage.TOO_BIG);
    }

    @Test
    void aBodyOfAHundredGigabytes() throws Exception {
        assertThatItIsCutOff(new Flood(OK + "Content-Length: 100000000000\r\n\r\n", PIECE), Breakage.TOO_BIG);
    }

    @Test
    void anEndlessRowOfChunks() throws Exception {
        assertThatItIsCutOff(
                new Flood(OK + "Transfer-Encoding: chunked\r\n\r\n", "10000\r\n" + PIECE + "\r\n"), Breakage.TOO_BIG);
    }

    @Test
    void aBodyThatUnpacksToThousandTimesItsSize() throws Exception {
        assertThatItIsCutOff(new Flood(OK + "Content-Encoding: gzip\r\n\r\n" + gzipHead(), bomb()), Breakage.TOO_BIG);
    }

    @Test
    void headersWithoutEnd() throws Exception {
        assertThatItIsCutOff(new Flood(OK, "X-More: x\r\n"), Breakage.ENDLESS_HEADERS);
    }

    @Test
    void aHeaderWithoutEnd() throws Exception {
        assertThatItIsCutOff(new Flood(OK + "X-Long: ", PIECE), Breakage.ENDLESS_HEADERS);
    }

    @Test
    void anErrorWhoseExplanationHasNoEndIsStillThatError() throws Exception {
        var flood = new Flood("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n", PIECE);
        try (var server = new RawServer(flood);
                var room = memory.open()) {
            var outcome = http.send(cloudAt(server), Request.get(server.address()), room, body -> {
                throw new IllegalStateException("No good answer came");
            });

            var answer = ((HttpOutcome.Answered) outcome).answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers().first("Retry-After")).contains("7");
            assertThat(answer.body()).hasSize(MOST);
            assertThat(flood.sent()).isLessThan(MOST + ON_THE_WAY);
        }
    }

    @Test
    void whatNobodyWantsToReadOn() throws Exception {
        var flood = new Flood(OK + "\r\n", PIECE);
        try (var server = new RawServer(flood);
                var room = memory.open()) {
            var outcome = http.send(cloudAt(server), Request.get(server.address()), room, body -> body.readNBytes(10));

            var answer = ((HttpOutcome.Answered) outcome).answer();
            assertThat(answer.text()).isEqualTo("x".repeat(10));
            assertThat(flood.sent()).isLessThan(ON_THE_WAY);
        }
    }

    @Test
    void whatFindsNoRoomBesideOthers() throws Exception {
        var small = new PageMemory(100_000, Duration.ZERO);
        var flood = new Flood(OK + "\r\n", PIECE);
        try (var impatient = new CloudHttp(HttpSettings.defaults(), small, Instant::now);
                var other = small.open();
                var server = new RawServer(flood)) {
            other.grow(90_000);

            var outcome = impatient.send(cloudAt(server), Request.get(server.address()));

            assertThat(((HttpOutcome.Broken) outcome).breakage()).isEqualTo(Breakage.NO_ROOM);
            assertThat(flood.sent()).isLessThan(ON_THE_WAY);
        }
    }

    private void assertThatItIsCutOff(Flood flood, Breakage breakage) throws Exception {
        try (var server = new RawServer(flood)) {
            var outcome = http.send(cloudAt(server), Request.get(server.address()));

            assertThat(outcome).isInstanceOf(HttpOutcome.Broken.class);
            assertThat(((HttpOutcome.Broken) outcome).breakage()).isEqualTo(breakage);
            assertThat(flood.sent()).isLessThan(MOST + ON_THE_WAY);
        }
    }

    private static Cloud cloudAt(RawServer server) {
        return new Cloud("pretend", server.address(), server.address(), Optional.empty());
    }

    private static String gzipHead() {
        return new String(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0}, StandardCharsets.ISO_8859_1);
    }

    /** A piece of a deflated stream of zeros, which may be repeated for ever. */
    private static byte[] bomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        var out = new DeflaterOutputStream(bytes, deflater, 64 * 1024, true);
        out.write(new byte[10 * MOST]);
        out.flush();
        deflater.end();
        return bytes.toByteArray();
    }
}
