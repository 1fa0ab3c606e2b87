package dev.gatehouse.intake.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A body that is kept as it is. It lies in pieces until all of it is there, since a growing array is copied again and again. */
final class WholeBody implements Reception {

    private static final int PIECE = 8 * 1024;

    private final PageMemory.Room room;
    private final int most;

    WholeBody(PageMemory.Room room, int most) {
        this.room = room;
        this.most = most;
    }

    @Override
    public Received of(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        var content = entity == null ? null : entity.getContent();
        if (content == null) {
            return Received.NOTHING;
        }
        var body = new CountedStream(content, room, most);
        var pieces = new ArrayList<byte[]>();
        while (true) {
            var piece = body.readNBytes(PIECE);
            pieces.add(piece);
            if (piece.length < PIECE) {
                return new Received(joined(pieces), body.count(), true);
            }
        }
    }

    private static byte[] joined(List<byte[]> pieces) {
        var whole = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
        var at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return whole;
    }
}
