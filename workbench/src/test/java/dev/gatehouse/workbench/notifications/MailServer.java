package dev.gatehouse.workbench.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that knows as much of SMTP as one message takes. */
final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> got = new CopyOnWriteArrayList<>();
    private volatile String toRecipients = "250 OK";

    MailServer() {
        try {
            socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What it answers to the recipients of messages, e.g. {@code 550 No such mailbox}. */
    void answersToRecipients(String answer) {
        toRecipients = answer;
    }

    /** The messages that it got, as they came. */
    List<String> got() {
        return List.copyOf(got);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The test is over, or the client has left.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 ready");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.length() < 4 ? line : line.substring(0, 4)) {
                case "RCPT" -> say(client, toRecipients);
                case "DATA" -> {
                    say(client, "354 go on");
                    var message = new StringBuilder();
                    for (var part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
                        message.append(part).append('\n');
                    }
                    got.add(message.toString());
                    say(client, "250 taken");
                }
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                default -> say(client, "250 OK");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
