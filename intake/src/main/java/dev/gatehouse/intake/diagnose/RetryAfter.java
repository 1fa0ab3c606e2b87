package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long Microsoft asks to stay away. The header has seconds, or a date by Microsoft's clock (RFC 9110). */
final class RetryAfter {

    /** Nobody means longer; a slip of theirs should not stop a feed for ever. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(\\.\\d+)?");
    private static final Pattern CLOCK = Pattern.compile("\\bin (\\d{1,2}):(\\d{2}):(\\d{2})");
    private static final Pattern UNITS = Pattern.compile("\\bin (\\d{1,5}) ?(second|minute|hour)s?");

    private RetryAfter() {}

    static Optional<Duration> of(Answer answer) {
        return answer.headers().first("Retry-After").flatMap(text -> read(text, now(answer)));
    }

    private static Optional<Duration> read(String text, Instant now) {
        var seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            // A fraction is rounded up: calling too early counts against the quota.
            var whole = Long.parseLong(seconds.group(1)) + (seconds.group(2) == null ? 0 : 1);
            return Optional.of(bounded(Duration.ofSeconds(whole)));
        }
        return Headers.parseDate(text).map(date -> bounded(Duration.between(now, date)));
    }

    /**
     * The pause after a tenant's hunting allotment is used up. It is refilled every quarter hour, whatever the header says.
     *
     * @see <a href="https://learn.microsoft.com/graph/api/resources/security-api-overview">Quotas of advanced hunting</a>
     */
    static Duration ofHuntingAllotment(Answer answer, String message) {
        return inWords(message).orElseGet(() -> {
            var now = now(answer).getEpochSecond();
            var untilRefilled = Duration.ofSeconds(QUARTER_HOUR.toSeconds() - now % QUARTER_HOUR.toSeconds());
            return of(answer)
                    .filter(asked -> asked.compareTo(untilRefilled) > 0)
                    .orElse(untilRefilled);
        });
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
