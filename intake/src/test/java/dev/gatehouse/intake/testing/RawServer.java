package dev.gatehouse.intake.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server on loopback that may do to each connection whatever breaks HTTP. */
public final class RawServer implements AutoCloseable {

    /** What it does after the request's head has come; the connection is closed behind it. */
    public interface Conduct {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Conduct conduct;
    private final boolean isPolite;
    private volatile boolean isResetting;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Thread thread;

    public RawServer(Conduct conduct) {
        this(conduct, true);
    }

    private RawServer(Conduct conduct, boolean isPolite) {
        this.conduct = conduct;
        this.isPolite = isPolite;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofVirtual().start(this::serve);
    }

    public static RawServer sending(String text) {
        return sending(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static RawServer sending(byte[] bytes) {
        return new RawServer(out -> out.write(bytes));
    }

    /** A server that does not wait for the request, like one that speaks another protocol. */
    public static RawServer blurtingOut(String text) {
        return new RawServer(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)), false);
    }

    /** A server that begins to answer and then resets the connection. */
    public static RawServer resettingBehind(String text) {
        var server = sending(text);
        server.isResetting = true;
        return server;
    }

    /** A server that takes the request and then says nothing. */
    public static RawServer silent() {
        return new RawServer(out -> new CountDownLatch(1).await());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                if (isPolite) {
                    readHead(connection);
                }
                asked.countDown();
                conduct.answer(connection.getOutputStream());
                if (isResetting) {
                    // Lingering for no time turns the close into a reset.
                    connection.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // The other side has gone, or we have been closed; the loop's condition tells.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void readHead(Socket connection) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            // Only the end of the head matters.
        }
    }

    /** Waits until somebody has asked. */
    public void awaitRequest() throws InterruptedException {
        asked.await();
    }

    public URI address() {
        return URI.create("http://localhost:%d".formatted(socket.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.interrupt();
    }
}
