package dev.gatehouse.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One connection: requests come in, answers go out, one after the other, until a side hangs up. */
final class ClientConnection {

    private static final int LONGEST_LINE = 32 * 1024;
    private static final int MOST_FIELDS = 200;
    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    private final Socket socket;
    private final URI base;
    private final Handler handler;
    private final InstantSource clock;

    ClientConnection(Socket socket, URI base, Handler handler, InstantSource clock) {
        this.socket = socket;
        this.base = base;
        this.handler = handler;
        this.clock = clock;
    }

    /** What cannot be read as HTTP/1.1. */
    private static final class NotHttp extends IOException {
        private static final long serialVersionUID = 1;

        NotHttp(String message) {
            super(message);
        }
    }

    void hold() throws IOException {
        socket.setTcpNoDelay(true);
        var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        var out = socket.getOutputStream();
        var goesOn = true;
        while (goesOn) {
            try {
                var request = read(in, out);
                goesOn = request.isPresent() && send(request.get(), out);
            } catch (NotHttp notHttp) {
                write(
                        Answer.text(400, "text/plain; charset=utf-8", "Bad Request: " + notHttp.getMessage()),
                        false,
                        true,
                        out);
                goesOn = false;
            }
        }
    }

    private Optional<Request> read(InputStream in, OutputStream out) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var words = first.get().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new NotHttp("the first line must be METHOD target HTTP/1.1");
        }
        var headers = headers(in);
        if (headers.mentions("Expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        var body = new String(body(in, headers), StandardCharsets.UTF_8);
        try {
            var target = URI.create(words[1]);
            var query = target.getRawQuery();
            return Optional.of(new Request(
                    words[0].toUpperCase(Locale.ROOT),
                    base,
                    decodedPath(target),
                    Parameters.parse(query == null ? "" : query),
                    headers,
                    body));
        } catch (IllegalArgumentException exception) {
            throw new NotHttp("the target cannot be read");
        }
    }

    private static String decodedPath(URI target) {
        var path = target.getRawPath();
        // URLDecoder is made for forms, where a plus is a blank. In a path it is a plus.
        return path == null ? "/" : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Headers headers(InputStream in) throws IOException {
        var fields = new ArrayList<Headers.Field>();
        while (true) {
            var line = line(in).orElseThrow(() -> new EOFException("The client left in the middle of its header"));
            if (line.isEmpty()) {
                return new Headers(fields);
            }
            var colon = line.indexOf(':');
            if (colon < 1 || fields.size() >= MOST_FIELDS) {
                throw new NotHttp("a header field must look like Name: value, and there may be 200 at most");
            }
            fields.add(new Headers.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    private static byte[] body(InputStream in, Headers headers) throws IOException {
        if (headers.mentions("Transfer-Encoding", "chunked")) {
            return chunks(in);
        }
        var length = headers.first("Content-Length").orElse("0");
        if (!length.matches("\\d{1,9}") || Integer.parseInt(length) > LARGEST_BODY) {
            throw new NotHttp("Content-Length must be a number of at most " + LARGEST_BODY);
        }
        return exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = line(in).orElse("").split(";", -1)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}") || body.size() + Integer.parseInt(size, 16) > LARGEST_BODY) {
                throw new NotHttp("a chunk must begin with its size, and a body may have " + LARGEST_BODY + " bytes");
            }
            var length = Integer.parseInt(size, 16);
            if (length == 0) {
                headers(in);
                return body.toByteArray();
            }
            body.write(exactly(in, length));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The client left in the middle of its body");
        }
        return bytes;
    }

    /** One line without its end; empty when the client has hung up before it. */
    private static Optional<String> line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (bytes.size() >= LONGEST_LINE) {
                throw new NotHttp("a line may have %d bytes".formatted(LONGEST_LINE));
            }
            bytes.write(next);
        }
        var line = bytes.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    /** Sends the answer; false when the connection must end after it. */
    private boolean send(Request request, OutputStream out) throws IOException {
        var answer = answerTo(request);
        if (answer.delivery() instanceof Delivery.Held(var until)) {
            await(until);
            answer = answer.withDelivery(new Delivery.Whole());
        }
        var goesOn = !request.headers().mentions("Connection", "close")
                && (answer.delivery() instanceof Delivery.Whole || answer.delivery() instanceof Delivery.Dripping);
        if (answer.delivery() instanceof Delivery.Reset) {
            // Lingering for zero seconds turns the close into a TCP reset.
            socket.setSoLinger(true, 0);
            socket.close();
            return false;
        }
        var takesGzip = request.headers().mentions("Accept-Encoding", "gzip");
        write(answer, takesGzip, !request.method().equals("HEAD"), out);
        if (answer.delivery() instanceof Delivery.ResetMidway) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        return goesOn;
    }

    /** A fault of ours must not look like a network failure: it is answered, and told on standard error. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private Answer answerTo(Request request) {
        try {
            return handler.answer(request);
        } catch (RuntimeException exception) {
            exception.printStackTrace();
            return Answer.text(500, "text/plain; charset=utf-8", "The simulator itself is at fault: " + exception);
        }
    }

    private void write(Answer answer, boolean takesGzip, boolean withBody, OutputStream out) throws IOException {
        var body = answer.bytes();
        var headers = answer.headers();
        if (answer.delivery() instanceof Delivery.BrokenGzip) {
            body = brokenInTheMiddle(gzip(body));
            headers = headers.with("Content-Encoding", "gzip");
        } else if (takesGzip && body.length > 0) {
            body = gzip(body);
            headers = headers.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
        }
        var head = head(answer.status(), headers, body.length);
        switch (answer.delivery()) {
            case Delivery.Whole(), Delivery.BrokenGzip() -> out.write(join(head, withBody ? body : new byte[0]));
            case Delivery.CutOff(), Delivery.ResetMidway() ->
                out.write(join(head, Arrays.copyOf(body, body.length / 2)));
            case Delivery.Dripping(var pieces, var pause) -> drip(join(head, body), pieces, pause, out);
            case Delivery.Reset(), Delivery.Held(var _) ->
                throw new IllegalStateException("Nothing is written while %s".formatted(answer.delivery()));
        }
        out.flush();
    }

    private static void await(CountDownLatch until) throws IOException {
        try {
            // Whether it was opened or the minute is over, the answer goes out: nothing may hang for ever.
            var _ = until.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while holding an answer back", exception);
        }
    }

    private byte[] head(int status, Headers headers, int length) {
        var head = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(Reasons.of(status))
                .append("\r\n");
        if (headers.first("Date").isEmpty()) {
            append(head, "Date", HttpDate.format(clock.instant()));
        }
        headers.fields().forEach(field -> append(head, field.name(), field.value()));
        if (status != 204 && status != 304) {
            append(head, "Content-Length", Integer.toString(length));
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder head, String name, String value) {
        // An echoed request field must not be able to start a field of its own.
        head.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n");
    }

    private static void drip(byte[] bytes, int pieces, Duration pause, OutputStream out) throws IOException {
        var size = Math.max(1, (bytes.length + pieces - 1) / pieces);
        for (int from = 0; from < bytes.length; from += size) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while dripping", exception);
            }
            out.write(bytes, from, Math.min(size, bytes.length - from));
            out.flush();
        }
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(bytes, 8 * 1024) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            gzip.write(plain);
        } catch (IOException exception) {
            throw new UncheckedIOException("Memory cannot fail to be written", exception);
        }
        return bytes.toByteArray();
    }

    private static byte[] brokenInTheMiddle(byte[] gzip) {
        Arrays.fill(gzip, gzip.length / 2, gzip.length, (byte) 0xFF);
        return gzip;
    }

    private static byte[] join(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The words after a status code. */
    private enum Reasons {
        ;

        private static final List<String> KNOWN = List.of(
                "200 OK",
                "201 Created",
                "204 No Content",
                "206 Partial Content",
                "400 Bad Request",
                "401 Unauthorized",
                "403 Forbidden",
                "404 Not Found",
                "405 Method Not Allowed",
                "409 Conflict",
                "429 Too Many Requests",
                "500 Internal Server Error",
                "502 Bad Gateway",
                "503 Service Unavailable",
                "504 Gateway Timeout");

        static String of(int status) {
            return KNOWN.stream()
                    .filter(known -> known.startsWith(status + " "))
                    .map(known -> known.substring(4))
                    .findFirst()
                    .orElse("Status");
        }
    }
}
