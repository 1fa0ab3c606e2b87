package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Passes that remove what is kept no longer, portion after portion, until nothing is due or their time is over. What a pass removed
 * is written down, even when it broke off: a line of the logger {@code gatehouse.retention}, and counters for monitoring.
 */
@Component
public class RetentionPasses {

    private static final Logger log = LoggerFactory.getLogger("gatehouse.retention");

    /** From one pass to the next. */
    public static final Duration INTERVAL = Duration.ofMinutes(30);

    /** After which a pass stops at the end of a portion, and the next one goes on. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int PORTION = 1_000;

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final MonotonicClock passing;

    RetentionPasses(MeterRegistry registry, InstantSource clock, MonotonicClock passing) {
        this.registry = registry;
        this.clock = clock;
        this.passing = passing;
    }

    /** What is removed. */
    public enum Kind {
        ALERTS("alerts"),
        VENDOR_ALERTS("vendor alerts"),
        VENDOR_INCIDENTS("vendor incidents"),
        VERSIONS("versions");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For metrics, e.g. {@code vendor_alerts}. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Removes a portion, in one transaction.
     *
     * @param <P> a place in the order in which things become due
     */
    @FunctionalInterface
    public interface Removal<P> {

        /**
         * Removes the next portion.
         *
         * @param before what is older is removed, by our clock
         * @param place behind which to go on
         * @param most how many things to look at
         * @param pass is told what was removed
         * @return behind which the next portion begins; empty after the last one
         */
        Optional<P> next(Instant before, P place, int most, Pass pass);
    }

    /**
     * Makes a pass, unless what is removed by it is kept for good.
     *
     * @param setting that says how long, without {@code gatehouse.}
     * @param kept its value; zero for good
     * @param first before all that may be due
     */
    public <P> void run(String setting, Duration kept, P first, Removal<P> removal) {
        if (kept.isZero()) {
            return;
        }
        var before = clock.instant().minus(kept);
        var until = passing.after(LONGEST);
        try (var pass = new Pass(setting, kept, before)) {
            var place = Optional.of(first);
            while (place.isPresent()
                    && !passing.until(until).isZero()
                    && !Thread.currentThread().isInterrupted()) {
                place = removal.next(before, place.get(), PORTION, pass);
            }
        }
    }

    /** What one pass removes. */
    public final class Pass implements AutoCloseable {

        private final String setting;
        private final Duration kept;
        private final Instant before;
        private final Map<Kind, Long> removed = new EnumMap<>(Kind.class);

        private Pass(String setting, Duration kept, Instant before) {
            this.setting = setting;
            this.kept = kept;
            this.before = before;
        }

        /** So many more were removed, and stay removed. */
        public void removed(Kind kind, int count) {
            if (count > 0) {
                removed.merge(kind, (long) count, Long::sum);
                registry.counter("gatehouse.retention.removed", "kind", kind.key())
                        .increment(count);
            }
        }

        @Override
        public void close() {
            if (!removed.isEmpty()) {
                log.info(
                        "Removed {}: older than {}, since {} is {} days",
                        removed.entrySet().stream()
                                .map(each -> "%s %,d".formatted(each.getKey().words, each.getValue()))
                                .collect(Collectors.joining(", ")),
                        before,
                        setting,
                        kept.toDays());
            }
        }
    }
}
