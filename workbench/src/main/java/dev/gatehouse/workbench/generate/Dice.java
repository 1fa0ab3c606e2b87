package dev.gatehouse.workbench.generate;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what the seed says. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Others, which draw the same whatever these draw from now on. */
    Dice split() {
        return new Dice(random.split());
    }

    /** From nought, and less than that. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long next() {
        return random.nextLong();
    }

    double fraction() {
        return random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The first ones far more often than the last. */
    <T> T oftenFirst(List<T> all) {
        var fraction = random.nextDouble();
        return all.get((int) (fraction * fraction * fraction * all.size()));
    }

    Duration between(Duration least, Duration most) {
        return least.plusMillis(random.nextLong(Math.max(1, most.minus(least).toMillis())));
    }
}
