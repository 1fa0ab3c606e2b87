package dev.gatehouse.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record exactly as Microsoft sent it: the bytes of one JSON value, cut out of the page it came in.
 *
 * <p>It prints its length only, since alert bodies stay out of logs.
 */
public final class Original {

    private final byte[] utf8;

    public Original(byte[] utf8) {
        this.utf8 = utf8.clone();
    }

    public static Original of(String json) {
        return new Original(json.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return utf8.clone();
    }

    /** The JSON text. Bytes that are not UTF-8 come out as replacement characters; {@link #bytes()} keeps them. */
    public String text() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    public int length() {
        return utf8.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Original that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return "Original(%d bytes)".formatted(utf8.length);
    }
}
