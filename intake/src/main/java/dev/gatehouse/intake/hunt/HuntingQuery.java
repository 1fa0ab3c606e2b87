package dev.gatehouse.intake.hunt;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A query in Kusto's language, as a person wrote it.
 *
 * @param text the query
 * @param timespan how far back it looks, unless it looks less far itself; Microsoft keeps 30 days
 * @param rows how many rows to give at most
 * @see <a href="https://learn.microsoft.com/graph/api/security-security-runhuntingquery">runHuntingQuery</a>
 */
public record HuntingQuery(String text, Duration timespan, int rows) {

    /** Enough to look at, and little enough to hold. Microsoft's own limit is 100 000. */
    public static final int MOST_ROWS = 10_000;

    private static final int LONGEST_TEXT = 10_000;
    private static final Duration LONGEST_TIMESPAN = Duration.ofDays(30);
    private static final Pattern END = Pattern.compile("[;\\s]+$");

    /**
     * Checks what a person wrote.
     *
     * @throws IllegalArgumentException when it cannot be asked; the message says what to change
     */
    public HuntingQuery {
        text = END.matcher(text.strip()).replaceFirst("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "The query is empty. Write one, for example: IdentityLogonEvents | where Timestamp > ago(1h)");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "The query has %d characters; %d is the most.".formatted(text.length(), LONGEST_TEXT));
        }
        if (timespan.compareTo(Duration.ofMinutes(1)) < 0 || timespan.compareTo(LONGEST_TIMESPAN) > 0) {
            throw new IllegalArgumentException("The time span must be between one minute and 30 days.");
        }
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("The number of rows must be between 1 and %d.".formatted(MOST_ROWS));
        }
    }

    /** The query with its limit. On a line of its own, because the last one may end in a comment. */
    String limited() {
        return text + "\n| take " + rows;
    }
}
