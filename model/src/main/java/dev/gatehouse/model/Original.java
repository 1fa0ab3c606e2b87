package dev.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

    private Original(ByteBuffer slice) {
        this.utf8 = new byte[slice.remaining()];
        slice.get(utf8);
    }

    /**
     * Cuts a record out of the page that it came in.
     *
     * @param page the whole answer
     * @param from index of the record's first byte
     * @param to index behind its last byte
     */
    public static Original cutFrom(byte[] page, int from, int to) {
        return new Original(ByteBuffer.wrap(page, from, to - from));
    }

    public static Original of(String json) {
        return new Original(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of its bytes. Whoever only reads them takes {@link #stream()} or {@link #buffer()}, which copy nothing. */
    public byte[] bytes() {
        return utf8.clone();
    }

    /** Its bytes, to be read once. */
    public InputStream stream() {
        return new ByteArrayInputStream(utf8);
    }

    /** Its bytes, for reading only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
    }

    /** Adds its bytes to what is hashed, without a copy of them. */
    public void addTo(MessageDigest digest) {
        digest.update(utf8);
    }

    /** The JSON text. Bytes that are not UTF-8 come out as replacement characters; {@link #bytes()} keeps them. */
    public String text() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The first characters of its text, so many at most, without a half of one at the end. */
    public String beginning(int characters) {
        // A character takes four bytes at most; one more may be cut in two, which the cut below removes.
        var decoded = new String(utf8, 0, (int) Math.min(utf8.length, 4L * characters + 4), StandardCharsets.UTF_8);
        if (decoded.length() <= characters) {
            return decoded;
        }
        return decoded.substring(
                0, Character.isHighSurrogate(decoded.charAt(characters - 1)) ? characters - 1 : characters);
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
