package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.http.BodyTaker.RecordTooBig;
import dev.gatehouse.model.Original;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Remembers what was read of a page since its last record ended, so that the next can be cut out of it. */
final class RecordTape extends InputStream {

    private static final int ROOM_TO_SPARE = 16 * 1024;

    private final InputStream page;
    private final int largestRecord;
    private byte[] tape = new byte[0];
    private int length;

    /** Where in the page the tape's first byte is. */
    private long begin;

    private boolean isKeeping;

    RecordTape(InputStream page, int largestRecord) {
        this.page = page;
        this.largestRecord = largestRecord;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int wanted) throws IOException {
        var came = page.read(into, from, wanted);
        if (came <= 0) {
            return came;
        }
        if (!isKeeping) {
            begin += length;
            length = 0;
        }
        // What came last may hold the record's end and the next records; the rest is one record.
        if (length > largestRecord) {
            throw new RecordTooBig(largestRecord);
        }
        if (length + came > tape.length) {
            tape = Arrays.copyOf(tape, Math.max(length + came, Math.min(2 * tape.length, tape.length + largestRecord)));
        }
        System.arraycopy(into, from, tape, length, came);
        length += came;
        return came;
    }

    /** How much was read so far. */
    long count() {
        return begin + length;
    }

    /** From here on what is read belongs to records. */
    void keepFrom(long offset) {
        isKeeping = true;
        dropBefore(offset);
    }

    /** No records are expected any more. */
    void keepNothing() {
        isKeeping = false;
    }

    /**
     * Cuts out a record, and forgets it and what was before it.
     *
     * @param from where in the page its first byte is
     * @param to where the byte behind its last one is
     * @throws RecordTooBig when it is larger than it may be
     */
    Original cut(long from, long to) throws RecordTooBig {
        if (to - from > largestRecord) {
            throw new RecordTooBig(largestRecord);
        }
        var record = Original.cutFrom(tape, (int) (from - begin), (int) (to - begin));
        dropBefore(to);
        return record;
    }

    private void dropBefore(long offset) {
        var gone = (int) Math.max(0, offset - begin);
        System.arraycopy(tape, gone, tape, 0, length - gone);
        begin += gone;
        length -= gone;
        if (tape.length > ROOM_TO_SPARE && length < tape.length / 4) {
            tape = Arrays.copyOf(tape, Math.max(length, ROOM_TO_SPARE));
        }
    }
}
