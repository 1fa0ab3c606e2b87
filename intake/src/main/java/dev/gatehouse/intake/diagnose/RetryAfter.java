package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long Microsoft asks to be left alone. This is the only place that reads it, for collecting and for set-up alike.
 *
 * <pre>
 * Retry-After: 10                               10 s
 * Retry-After: 2.5                              3 s: asking too early counts against the quota
 * Retry-After: Mon, 23 Nov 2026 09:00:40 GMT    until then, by the clock of the Date header beside it
 * Retry-After: -5, or a date that is over       nothing to wait for
 * Retry-After: 99999999999                      a day, {@link #LONGEST}
 * Retry-After: soon                             says nothing
 * </pre>
 *
 * <p>It is the least to wait, never the most: how the pause grows while refusals go on is for whoever asks to decide.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 * @see <a href="https://learn.microsoft.com/graph/throttling">Microsoft Graph throttling guidance</a>
 */
public final class RetryAfter {

    /** Nobody means longer; a slip of theirs should not stop a feed for ever. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{0,40}(\\.\\d{1,40})?");
    private static final Pattern CLOCK = Pattern.compile("\\bin (\\d{1,2}):(\\d{2}):(\\d{2})");
    private static final Pattern UNITS = Pattern.compile("\\bin (\\d{1,5}) ?(second|minute|hour)s?");

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param answer any answer; the header comes with 429, and with 500, 502, 503 and 504 as well
     * @return whole seconds from nothing to {@link #LONGEST}; empty when the header is absent or says nothing
     */
    public static Optional<Duration> of(Answer answer) {
        return answer.headers().first("Retry-After").map(String::strip).flatMap(text -> read(text, now(answer)));
    }

    private static Optional<Duration> read(String text, Instant now) {
        if (NUMBER.matcher(text).matches() && text.chars().anyMatch(Character::isDigit)) {
            var seconds = new BigDecimal(text)
                    .setScale(0, RoundingMode.CEILING)
                    .min(BigDecimal.valueOf(LONGEST.toSeconds()))
                    .max(BigDecimal.ZERO);
            return Optional.of(Duration.ofSeconds(seconds.longValueExact()));
        }
        return Headers.parseDate(text).map(date -> bounded(Duration.between(now, date)));
    }

    /**
     * The pause after a tenant's hunting allotment is used up. It is refilled every quarter hour; the text may say when, and
     * the header may ask for more.
     *
     * @see <a href="https://learn.microsoft.com/graph/api/resources/security-api-overview">Quotas of advanced hunting</a>
     */
    static Duration ofHuntingAllotment(Answer answer, String message) {
        var refilled = inWords(message).orElseGet(() -> {
            var now = now(answer).getEpochSecond();
            return Duration.ofSeconds(QUARTER_HOUR.toSeconds() - now % QUARTER_HOUR.toSeconds());
        });
        return of(answer).filter(asked -> asked.compareTo(refilled) > 0).orElse(refilled);
    }

    /** {@code You can run queries again in 00:12:30} or {@code … in 12 minutes}. */
    private static Optional<Duration> inWords(String message) {
        var clock = CLOCK.matcher(message);
        if (clock.find()) {
            return Optional.of(bounded(Duration.ofHours(Long.parseLong(clock.group(1)))
                    .plusMinutes(Long.parseLong(clock.group(2)))
                    .plusSeconds(Long.parseLong(clock.group(3)))));
        }
        var units = UNITS.matcher(message);
        if (!units.find()) {
            return Optional.empty();
        }
        var amount = Long.parseLong(units.group(1));
        return Optional.of(bounded(
                switch (units.group(2)) {
                    case "second" -> Duration.ofSeconds(amount);
                    case "minute" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                }));
    }

    private static Instant now(Answer answer) {
        return answer.headers().date().orElse(answer.receivedAt());
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
