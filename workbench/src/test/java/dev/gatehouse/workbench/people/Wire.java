package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** HTTP as it stands on the wire, from any address of loopback and with any header: no tidy client would send it. */
record Wire(int port, String from, String host, String headers) {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    /** From the usual address, in a host's name. */
    static Wire to(int port, String host) {
        return new Wire(port, "127.0.0.1", host, "");
    }

    Wire from(String address) {
        return new Wire(port, address, host, headers);
    }

    Wire with(String name, String value) {
        return new Wire(port, from, host, headers + name + ": " + value + "\r\n");
    }

    Answer get(String path) throws IOException {
        return send("GET %s HTTP/1.1".formatted(path), "", "");
    }

    /** Fills in the sign-in page, in the session that some page before has begun. */
    Answer signIn(String email, String password, Optional<String> session) throws IOException {
        var page = session.isPresent() ? with("Cookie", session.get()).get("/login") : get("/login");
        var token = CSRF.matcher(page.text());
        assertThat(token.find()).as(page.text()).isTrue();
        var form = "_csrf=%s&email=%s&password=%s".formatted(token.group(1), encoded(email), encoded(password));
        return send(
                "POST /login HTTP/1.1",
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nCookie: %s\r\n"
                        .formatted(form.length(), session.orElseGet(page::session)),
                form);
    }

    Answer signIn(String email, String password) throws IOException {
        return signIn(email, password, Optional.empty());
    }

    /** A request whose first line is given. */
    Answer send(String line, String more, String body) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(from), 0)) {
            var named = host.isEmpty() ? "" : "Host: " + host + "\r\n";
            socket.getOutputStream()
                    .write("%s\r\n%s%s%sConnection: close\r\n\r\n%s"
                            .formatted(line, named, headers, more, body)
                            .getBytes(StandardCharsets.UTF_8));
            return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What came back, as it came. */
    record Answer(String text) {

        int status() {
            return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
        }

        Optional<String> header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        /** The cookie that names the session, as a browser sends it back. */
        String session() {
            return header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        }
    }
}
