package dev.gatehouse.intake.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A good body is handed on as it comes; of any other only so much is read as an error's explanation has. */
final class TakenBody implements Reception {

    /** Longer explanations are none. */
    private static final int LONGEST_ERROR = 1024 * 1024;

    private static final int BEGINNING = 8 * 1024;

    private final PageMemory.Room room;
    private final BodyTaker taker;
    private final int most;

    TakenBody(PageMemory.Room room, BodyTaker taker, int most) {
        this.room = room;
        this.taker = taker;
        this.most = most;
    }

    @Override
    public Received of(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        var content = entity == null ? null : entity.getContent();
        var isGood = response.getCode() == 200 || response.getCode() == 206;
        if (content == null) {
            if (isGood) {
                taker.take(InputStream.nullInputStream());
            }
            return Received.NOTHING;
        }
        var body = new CountedStream(content, room, most);
        if (isGood) {
            var beginning = new BeginningKept(body, BEGINNING);
            taker.take(beginning);
            return new Received(beginning.kept(), body.count(), body.isAtEnd());
        }
        var explanation = body.readNBytes(Math.min(LONGEST_ERROR, most));
        return new Received(explanation, body.count(), body.isAtEnd());
    }
}
