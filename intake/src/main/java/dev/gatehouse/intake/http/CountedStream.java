package dev.gatehouse.intake.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A body whose bytes are counted as they come, into a room and against a limit. Closing it does nothing: what is left of a
 * body is cut off with its connection and never read.
 */
final class CountedStream extends InputStream {

    private final InputStream body;
    private final PageMemory.Room room;
    private final int most;
    private long count;
    private boolean isAtEnd;

    CountedStream(InputStream body, PageMemory.Room room, int most) {
        this.body = body;
        this.room = room;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (isAtEnd) {
            return -1;
        }
        var came = body.read(into, from, length);
        if (came < 0) {
            isAtEnd = true;
            return -1;
        }
        count += came;
        if (count > most) {
            throw new TooBig(most);
        }
        try {
            room.grow(came);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("Stopped while waiting for memory").initCause(e);
        }
        return came;
    }

    long count() {
        return count;
    }

    /** Whether the end was seen. */
    boolean isAtEnd() {
        return isAtEnd;
    }
}
