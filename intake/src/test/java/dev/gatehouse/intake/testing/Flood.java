package dev.gatehouse.intake.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Sends without end, and tells how much it got rid of before it was cut off. */
public final class Flood implements RawServer.Conduct {

    private static final long ENOUGH = 1024L * 1024 * 1024;

    private final byte[] head;
    private final byte[] piece;
    private final CompletableFuture<Long> sent = new CompletableFuture<>();

    public Flood(String head, byte[] piece) {
        this.head = head.getBytes(StandardCharsets.ISO_8859_1);
        this.piece = piece;
    }

    public Flood(String head, String piece) {
        this(head, piece.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void answer(OutputStream out) throws IOException {
        var count = 0L;
        try {
            out.write(head);
            while (count < ENOUGH) {
                out.write(piece);
                count += piece.length;
            }
        } finally {
            sent.complete(count);
        }
    }

    /** How many bytes of the endless part went out until the other side closed the connection; far too many if it did not. */
    public long sent() {
        return sent.join();
    }
}
