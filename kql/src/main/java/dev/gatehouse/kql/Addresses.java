package dev.gatehouse.kql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IPv4 addresses and ranges. */
final class Addresses {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})(?:/(\\d{1,2}))?");

    /** RFC 1918, and the loopback that Kusto counts among them. */
    static final List<Range> PRIVATE = List.of(
            new Range(0x0A000000L, 8),
            new Range(0xAC100000L, 12),
            new Range(0xC0A80000L, 16),
            new Range(0x7F000000L, 8));

    private Addresses() {}

    /**
     * @param first the first address as a number of 32 bits
     * @param prefix how many leading bits all addresses share
     */
    record Range(long first, int prefix) {

        boolean isInside(Range outer) {
            int dropped = 32 - outer.prefix();
            return prefix >= outer.prefix() && first >> dropped == outer.first() >> dropped;
        }
    }

    /** Reads {@code 10.1.2.3} and {@code 10.0.0.0/8}. */
    static Optional<Range> range(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part > 255) {
                return Optional.empty();
            }
            address = address << 8 | part;
        }
        @Nullable String prefix = matcher.group(5);
        int bits = prefix == null ? 32 : Integer.parseInt(prefix);
        return bits > 32 ? Optional.empty() : Optional.of(new Range(address, bits));
    }
}
