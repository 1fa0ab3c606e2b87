package dev.gatehouse.workbench.records;

import dev.gatehouse.model.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The number by which the vendor alerts that have a name are found: the first 64 bits of a SHA-256. It stands in rows, so it never
 * changes, and the database's function {@code entity_key} makes the same. Two names may have the same number; who looks by it
 * compares the name, too.
 */
final class EntityKey {

    private EntityKey() {}

    /**
     * The number of a name in a directory.
     *
     * @param kind as the tables have it, in small letters
     * @param name as the tables have it
     */
    static long of(TenantId tenant, String kind, String name) {
        var text = tenant.value() + kind + '\n' + name;
        return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
