package dev.gatehouse.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Random numbers that can be repeated: the same seed and purpose give the same numbers, on every machine and Java version.
 * (The algorithm of {@link Random} and {@link String#hashCode} is part of their documentation.) Each thing in the
 * pretend world draws from numbers of its own, so that one more draw in one place does not change everything after it.
 */
final class SeededRandom {

    private final long seed;
    private final Random random;

    private SeededRandom(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    static SeededRandom of(long seed, String purpose) {
        return new SeededRandom(mix(seed, purpose));
    }

    /** Other numbers, which depend on this one's seed and the purpose but not on what was drawn so far. */
    SeededRandom forPurpose(String purpose) {
        return new SeededRandom(mix(seed, purpose));
    }

    /** A number from the first to the last, both included. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    /** A time between the two, down to Microsoft's hundred nanoseconds. */
    Duration between(Duration least, Duration most) {
        var ticks = (most.toNanos() - least.toNanos()) / 100;
        return least.plusNanos(100 * (long) (random.nextDouble() * ticks));
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> shuffle(List<T> items) {
        var shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** A GUID in small letters. */
    String guid() {
        var high = (random.nextLong() & ~0xF000L) | 0x4000L;
        var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** So many hexadecimal digits, an even number of them. */
    String hex(int digits) {
        var bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static long mix(long seed, String purpose) {
        // The finalizer of SplitMix64: neighbouring seeds must not give neighbouring worlds.
        var mixed = (seed ^ purpose.hashCode()) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
