package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.Original;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How originals lie in the database: deflated (RFC 1950). An alert shrinks to about a fifth, and comes back byte for
 * byte.
 */
public final class Compressed {

    private static final int BUFFER_BYTES = 8 * 1024;

    private Compressed() {}

    public static byte[] deflate(Original original) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(original.buffer());
            deflater.finish();
            var out = new ByteArrayOutputStream(original.length() / 4 + 64);
            var buffer = new byte[BUFFER_BYTES];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    /**
     * Brings an original back.
     *
     * @throws IllegalStateException when the bytes are not what {@link #deflate} gave
     */
    public static Original inflate(byte[] compressed) {
        try (var inflater = new Inflater()) {
            inflater.setInput(compressed);
            var out = new ByteArrayOutputStream(compressed.length * 5);
            var buffer = new byte[BUFFER_BYTES];
            while (!inflater.finished()) {
                var length = inflater.inflate(buffer);
                if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IllegalStateException("A stored original is cut short");
                }
                out.write(buffer, 0, length);
            }
            return new Original(out.toByteArray());
        } catch (DataFormatException e) {
            throw new IllegalStateException("A stored original is damaged", e);
        }
    }
}
