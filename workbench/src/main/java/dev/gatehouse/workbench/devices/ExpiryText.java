package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Pasted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The day on which a client secret ends, as people and programs write it. */
public final class ExpiryText {

    private ExpiryText() {}

    /**
     * Reads a day ({@code 2028-11-22}) or a time ({@code 2028-11-22T14:03:05Z}). A day counts from its first moment, since
     * nobody knows when on that day the secret ends, and being too early does no harm.
     *
     * @return empty when nothing but blanks was given
     * @throws IllegalArgumentException when it is neither; the message says what to enter
     */
    public static Optional<Instant> parse(String text) {
        var typed = Pasted.value(text);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    typed.length() <= "2028-11-22".length()
                            ? LocalDate.parse(typed)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : Instant.parse(typed).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Enter the day on which the client secret expires as 2028-11-22. The portal shows it under Certificates & secrets.",
                    e);
        }
    }

    /** The day as a form takes it: {@code 2028-11-22}; empty when unknown. */
    public static String day(Optional<Instant> expires) {
        return expires.map(end -> end.atZone(ZoneOffset.UTC).toLocalDate().toString())
                .orElse("");
    }
}
