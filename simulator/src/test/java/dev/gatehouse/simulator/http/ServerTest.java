package dev.gatehouse.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks to the server byte by byte, for what no HTTP client would send. */
class ServerTest {

    private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");

    private final Server server = Server.bind(0, Optional.empty()).serve(ServerTest::echo, InstantSource.fixed(NOW));

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer echo(Request request) {
        var query = request.query().names().stream()
                .map(name -> name + "=" + request.query().first(name).orElse(""))
                .collect(Collectors.joining("&"));
        return Answer.text(
                200,
                "text/plain",
                "%s %s ? %s : %s".formatted(request.method(), request.path(), query, request.body()));
    }

    /** Sends the text and hears everything until the server hangs up. */
    private String answerTo(String text) throws Exception {
        try (var socket = new Socket(server.base().getHost(), server.base().getPort())) {
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersWithItsOwnIdeaOfTheTime() throws Exception {
        assertThat(answerTo("GET /a%20b+c/d?x=1+2&%24y=%C3%A4&z HTTP/1.1\nHost: x\n\n"))
                .isEqualTo("""
                        HTTP/1.1 200 OK\r
                        Date: Tue, 03 Nov 2026 12:00:00 GMT\r
                        Content-Type: text/plain\r
                        Content-Length: 32\r
                        \r
                        GET /a b+c/d ? x=1 2&$y=ä&z= :\s""");
    }

    @Test
    void readsBodiesOfEveryKindAndAnswersOneAfterTheOther() throws Exception {
        assertThat(answerTo("""
                        POST /1 HTTP/1.1
                        Content-Length: 5

                        firstPOST /2 HTTP/1.1
                        Transfer-Encoding: chunked

                        3
                        sec
                        3;extension=1
                        ond
                        0

                        GET /3 HTTP/1.1

                        """)).containsSubsequence("POST /1 ?  : first", "POST /2 ?  : second", "GET /3 ?  : ");
    }

    @Test
    void invitesBodiesThatWaitForIt() throws Exception {
        assertThat(answerTo("POST / HTTP/1.1\nExpect: 100-continue\nContent-Length: 4\n\nbody"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
                .endsWith("POST / ?  : body");
    }

    @Test
    void hangsUpWhenAskedTo() throws Exception {
        assertThat(answerTo("GET /1 HTTP/1.1\nConnection: close\n\nGET /2 HTTP/1.1\n\n"))
                .contains("GET /1")
                .doesNotContain("GET /2");
    }

    @Test
    void leavesTheBodyOutWhenOnlyTheHeadIsWanted() throws Exception {
        assertThat(answerTo("HEAD / HTTP/1.1\n\n"))
                .contains("Content-Length: 12")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\n\n",
                "GET / SPDY/3\n\n",
                "GET / HTTP/1.1\nno colon\n\n",
                "GET /%zz HTTP/1.1\n\n",
                "GET /?x=%zz HTTP/1.1\n\n",
                "POST / HTTP/1.1\nContent-Length: many\n\n",
                "POST / HTTP/1.1\nContent-Length: 999999999\n\n",
                "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nxyz\n",
            })
    void refusesWhatIsNotHttp(String text) throws Exception {
        assertThat(answerTo(text)).startsWith("HTTP/1.1 400 Bad Request");
    }

    @Test
    void refusesEndlessLines() throws Exception {
        assertThat(answerTo("GET /" + "x".repeat(40_000) + " HTTP/1.1\n\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void saysNothingToAClientThatLeavesInTheMiddle() throws Exception {
        assertThat(answerTo("POST / HTTP/1.1\nContent-Length: 10\n\nhalf")).isEmpty();
        assertThat(answerTo("GET / HTTP/1.1\nHost:")).isEmpty();
        assertThat(answerTo("")).isEmpty();
    }

    @Test
    void anEchoedFieldCannotStartAFieldOfItsOwn() throws Exception {
        try (var careless = Server.bind(0, Optional.empty())
                .serve(_ -> Answer.empty(200).with("Echo", "a\r\nSet-Cookie: b"), InstantSource.fixed(NOW))) {
            try (var socket =
                    new Socket(careless.base().getHost(), careless.base().getPort())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("Echo: a  Set-Cookie: b\r\n");
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        var port = server.base().getPort();

        assertThatThrownBy(() -> Server.bind(port, Optional.empty()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Tried to listen on port %d of loopback".formatted(port));
    }
}
