package dev.gatehouse.cli.program;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Finds ports on loopback that nobody listens on, and hands out none twice. */
public final class Ports {

    private static final int TRIES = 50;

    private final Set<Integer> handedOut = new HashSet<>();

    /**
     * This port, or the next free one above it.
     *
     * @throws Failure when there is none near it
     */
    public int freeFrom(int preferred) {
        for (var port = preferred; port < preferred + TRIES; port++) {
            if (isFree(port) && handedOut.add(port)) {
                return port;
            }
        }
        throw new Failure(
                ExitCode.NOT_STARTED, "The ports %d to %d are all in use.".formatted(preferred, preferred + TRIES - 1));
    }

    /** Whether something could listen there now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
