package dev.gatehouse.workbench.collect;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes down what was removed because it is kept no longer: a line of the logger {@code gatehouse.retention} for each pass that
 * removed something, and counters for monitoring.
 */
@Component
public class RetentionJournal {

    private static final Logger log = LoggerFactory.getLogger("gatehouse.retention");

    /** From one pass to the next. */
    public static final Duration INTERVAL = Duration.ofMinutes(30);

    /** After which a pass stops at the end of a portion, and the next one goes on. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private final MeterRegistry registry;

    RetentionJournal(MeterRegistry registry) {
        this.registry = registry;
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
     * Begins a pass, which is written down when it is closed.
     *
     * @param setting that says so, without {@code gatehouse.}
     * @param kept its value
     * @param before what is older is removed, by our clock
     */
    public Pass begin(String setting, Duration kept, Instant before) {
        return new Pass(setting, kept, before);
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
