package dev.gatehouse.workbench.web.api.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as clients write them: ISO, with or without fraction, without a zone in UTC, or just a date. */
public final class Times {

    private static final Pattern HAS_ZONE = Pattern.compile(".*(Z|[+-]\\d{2}:?\\d{2})", Pattern.CASE_INSENSITIVE);

    private Times() {}

    /** The time, or nothing when the text is none. */
    public static Optional<Instant> read(String text) {
        var trimmed = text.strip();
        try {
            if (!trimmed.contains("T")) {
                return Optional.of(LocalDate.parse(trimmed).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(
                    HAS_ZONE.matcher(trimmed).matches()
                            ? OffsetDateTime.parse(trimmed).toInstant()
                            : LocalDateTime.parse(trimmed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String refusal(String text) {
        return "'%s' is no time. Write 2026-11-23T12:00:00Z or 2026-11-23.".formatted(text);
    }
}
