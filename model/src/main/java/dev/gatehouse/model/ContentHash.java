package dev.gatehouse.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 over a record's canonical JSON. Two records with the same hash are the same version. */
public final class ContentHash {

    private final byte[] digest;

    public ContentHash(byte[] digest) {
        if (digest.length != 32) {
            throw new IllegalArgumentException("A SHA-256 digest has 32 bytes, not " + digest.length);
        }
        this.digest = digest.clone();
    }

    /** Hashes bytes that are already canonical. */
    public static ContentHash of(byte[] canonical) {
        return of(ByteBuffer.wrap(canonical));
    }

    /** Hashes what is left in a buffer, as it is. */
    public static ContentHash of(ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return new ContentHash(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }

    public byte[] bytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentHash that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The digest in small hexadecimal letters. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
