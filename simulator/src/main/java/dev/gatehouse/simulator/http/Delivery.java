package dev.gatehouse.simulator.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How an answer travels: whole, or broken on the way as networks and gateways break things. */
public sealed interface Delivery {

    /** As it should be. */
    record Whole() implements Delivery {}

    /** Content-Length promises the whole body, the connection ends after half of it. */
    record CutOff() implements Delivery {}

    /** Content-Length promises the whole body, the connection is reset (TCP RST) after half of it. */
    record ResetMidway() implements Delivery {}

    /** Marked as gzip and of the promised length, but the second half of the compressed bytes is noise. */
    record BrokenGzip() implements Delivery {}

    /** In so many pieces with a pause before each, so that the whole answer trickles. */
    record Dripping(int pieces, Duration pause) implements Delivery {

        private static final Duration LONGEST = Duration.ofSeconds(30);

        public Dripping {
            if (pieces < 1 || pause.isNegative() || pause.multipliedBy(pieces).compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "An answer may drip in 1 or more pieces within %s, but was to in %d with %s each"
                                .formatted(LONGEST, pieces, pause));
            }
        }
    }

    /** Whole, but not before the latch opens; by itself after a minute. */
    record Held(CountDownLatch until) implements Delivery {}

    /** Not at all: the connection is reset (TCP RST) in place of an answer. */
    record Reset() implements Delivery {}
}
