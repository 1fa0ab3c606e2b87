package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Remembers by a record's bytes what reading them gave, so that a record that comes again unchanged needs no reading. What is
 * remembered follows from the bytes alone and says nothing of what is stored anywhere. It lasts as long as the process, and so
 * does the parser that read it. It holds a fixed number of records; the one that was used least recently goes first. Safe for
 * use by many threads, which seldom wait for each other: it is divided into {@value #PARTS} parts, each with a lock that is held for one
 * look into a map.
 *
 * @param <V> what is remembered of a record
 */
public final class RecordCache<V> {

    private static final int PARTS = 64;

    private final List<Part<V>> parts;

    /**
     * Makes one.
     *
     * @param records how many records it holds at most; rounded up to what can be divided by {@value #PARTS}, none when it is 0
     */
    public RecordCache(int records) {
        var ofPart = Math.ceilDiv(records, PARTS);
        this.parts =
                IntStream.range(0, PARTS).mapToObj(part -> new Part<V>(ofPart)).toList();
    }

    /**
     * What a record is known by: the SHA-256 of its tenant, its feed and its bytes, so that no tenant finds what another one's
     * record gave.
     */
    public record Key(long first, long second, long third, long fourth) {

        /** The key of a record that came by this feed of this tenant. */
        public static Key of(TenantId tenant, Feed feed, Original record) {
            var digest = sha256();
            digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(tenant.value().getMostSignificantBits())
                    .putLong(tenant.value().getLeastSignificantBits())
                    .flip());
            digest.update(feed.key().getBytes(StandardCharsets.UTF_8));
            // Ends the name, so that no other name with another text has the same bytes.
            digest.update((byte) 0);
            record.addTo(digest);
            var hash = ByteBuffer.wrap(digest.digest());
            return new Key(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform must offer SHA-256", e);
            }
        }

        /** Any bits of a hash are a hash. */
        @Override
        public int hashCode() {
            return (int) first;
        }
    }

    /** What is remembered of a record; it counts as used. */
    public Optional<V> find(Key key) {
        return part(key).find(key);
    }

    /** Remembers a record, for which the one that was used least recently is forgotten when there is no room. */
    public void put(Key key, V value) {
        part(key).put(key, value);
    }

    /** Remembers a record if no other one has to be forgotten for it. */
    public void putIfThereIsRoom(Key key, V value) {
        part(key).putIfThereIsRoom(key, value);
    }

    /** How many records it remembers. */
    public int size() {
        return parts.stream().mapToInt(Part::size).sum();
    }

    private Part<V> part(Key key) {
        // Not the bits that the map of a part goes by.
        return parts.get((int) (key.second() & (PARTS - 1)));
    }

    private static final class Part<V> {

        private final int most;
        private final ReentrantLock lock = new ReentrantLock();
        private final LinkedHashMap<Key, V> records = new LinkedHashMap<>(16, 0.75F, true) {

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
                return size() > most;
            }
        };

        Part(int most) {
            this.most = most;
        }

        Optional<V> find(Key key) {
            lock.lock();
            try {
                return Optional.ofNullable(records.get(key));
            } finally {
                lock.unlock();
            }
        }

        void put(Key key, V value) {
            lock.lock();
            try {
                records.put(key, value);
            } finally {
                lock.unlock();
            }
        }

        void putIfThereIsRoom(Key key, V value) {
            lock.lock();
            try {
                if (records.size() < most) {
                    records.put(key, value);
                }
            } finally {
                lock.unlock();
            }
        }

        int size() {
            lock.lock();
            try {
                return records.size();
            } finally {
                lock.unlock();
            }
        }
    }
}
