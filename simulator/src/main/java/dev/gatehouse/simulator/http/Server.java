package dev.gatehouse.simulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback with one virtual thread per connection.
 *
 * <p>Why not the JDK's: it sets the {@code Date} field itself, by the machine's clock. Clients read Microsoft's time from
 * that field, and the simulator's time can be set. Writing the bytes ourselves also lets an answer break in every way in
 * which real ones do ({@link Delivery}).
 */
public final class Server implements AutoCloseable {

    private final ServerSocket socket;
    private final URI base;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Server(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.base = URI.create("%s://localhost:%d".formatted(scheme, socket.getLocalPort()));
    }

    /**
     * Takes a port. Nobody is answered before {@link #serve}.
     *
     * @param port 0 for any free one
     * @param tls with it the server speaks HTTPS
     * @throws UncheckedIOException when the port is taken
     */
    public static Server bind(int port, Optional<SSLContext> tls) {
        ServerSocket socket = null;
        try {
            socket = tls.isPresent() ? tls.get().getServerSocketFactory().createServerSocket() : new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}), port),
                    1024);
            return new Server(socket, tls.isPresent() ? "https" : "http");
        } catch (IOException exception) {
            closeQuietly(socket);
            throw new UncheckedIOException(
                    "Tried to listen on port %d of loopback, but: %s".formatted(port, exception.getMessage()),
                    exception);
        }
    }

    /** Starts to answer. */
    public Server serve(Handler handler, InstantSource clock) {
        Thread.ofPlatform().name("simulator-" + socket.getLocalPort()).daemon().start(() -> accept(handler, clock));
        return this;
    }

    private void accept(Handler handler, InstantSource clock) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        new ClientConnection(client, base, handler, clock).hold();
                    } catch (IOException _) {
                        // The client went away, or we were told to hang up. Neither is news for a pretend cloud.
                    } finally {
                        open.remove(client);
                    }
                });
            } catch (IOException _) {
                // Closed while waiting, or a client that left during its own accept: look again.
            }
        }
    }

    /** Scheme, host and port, e.g. {@code https://localhost:9443}. */
    public URI base() {
        return base;
    }

    /** Stops listening and hangs up on everyone. */
    @Override
    public void close() {
        closeQuietly(socket);
        open.forEach(Server::closeQuietly);
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception _) {
            // Going away anyway.
        }
    }
}
