package dev.gatehouse.workbench.collect;

import java.util.random.RandomGenerator;

/** Takes nothing off any pause. */
public final class Steady implements RandomGenerator {

    @Override
    public long nextLong() {
        return 0;
    }
}
