package dev.gatehouse.intake.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** How the body of an answer is received. */
sealed interface Reception permits WholeBody, TakenBody {

    /**
     * Receives it.
     *
     * @throws IOException when it breaks, is larger than it may be, or there is no room for it
     */
    Received of(ClassicHttpResponse response) throws IOException;

    /**
     * A body.
     *
     * @param beginning all of it, or its beginning
     * @param length how much of it was read, in bytes
     * @param isWhole whether its end was seen; otherwise the connection is of no use any more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and megabytes are not copied
    record Received(byte[] beginning, long length, boolean isWhole) {

        static final Received NOTHING = new Received(new byte[0], 0, true);
    }
}
