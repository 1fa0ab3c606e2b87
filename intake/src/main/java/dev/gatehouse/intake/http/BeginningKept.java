package dev.gatehouse.intake.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps the first bytes that are read, to tell later what it was that could not be read. */
final class BeginningKept extends InputStream {

    private final InputStream body;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);

    BeginningKept(InputStream body, int most) {
        this.body = body;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        var came = body.read(into, from, length);
        if (came > 0) {
            kept.write(into, from, Math.min(came, most - kept.size()));
        }
        return came;
    }

    byte[] kept() {
        return kept.toByteArray();
    }
}
