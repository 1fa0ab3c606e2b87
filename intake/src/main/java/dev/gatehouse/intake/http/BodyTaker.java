package dev.gatehouse.intake.http;

import java.io.IOException;
import java.io.InputStream;

/** Takes the body of a good answer as it comes, so that it is not held as a whole. */
public interface BodyTaker {

    /**
     * Reads as much as it wants. What it leaves unread is cut off and does not come.
     *
     * @param body after decompression
     * @throws IOException what reading throws; or {@link RecordTooBig}
     */
    void take(InputStream body) throws IOException;

    /** A record is larger than any may be. */
    final class RecordTooBig extends IOException {

        private static final long serialVersionUID = 1L;

        /** Quotes nothing of it. */
        public RecordTooBig(int most) {
            super("A record has more than %d bytes".formatted(most));
        }
    }
}
