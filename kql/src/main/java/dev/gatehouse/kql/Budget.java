package dev.gatehouse.kql;

/** Counts what one query uses up, and stops it where a limit is passed. */
final class Budget {

    /** Kusto keeps a text in a cell up to about this size. */
    private static final int LONGEST_TEXT = 1_048_576;

    private static final int CHARACTERS_PER_STEP = 64;

    private final long maximumMemory;
    private long stepsLeft;
    private long held;

    Budget(KqlLimits limits) {
        this.stepsLeft = limits.maximumSteps();
        this.maximumMemory =
                limits.maximumResultBytes() > Long.MAX_VALUE / 4 ? Long.MAX_VALUE : 4 * limits.maximumResultBytes();
    }

    void spend(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw KqlException.timedOut();
        }
    }

    /** For work that grows with a text. */
    void spendOnText(int characters) {
        if (characters >= CHARACTERS_PER_STEP) {
            spend(characters / CHARACTERS_PER_STEP);
        }
    }

    /** For looking for one text in another, which in the worst case compares every character with every other. */
    void spendOnSearch(String text, String part) {
        spend(1 + text.length() / CHARACTERS_PER_STEP + (long) text.length() * part.length() / 4_096);
    }

    /** For a text about to be made. */
    void spendOnNewText(long characters) {
        if (characters > LONGEST_TEXT) {
            throw KqlException.tooLarge();
        }
        spendOnText((int) characters);
    }

    /** For an array or bag that was made of others. */
    void spendOnNewDynamic(long weight) {
        if (weight > Values.HEAVIEST) {
            throw KqlException.tooLarge();
        }
        spend(weight / CHARACTERS_PER_STEP);
    }

    /** For rows and values that stay in memory until the query ends. */
    void hold(long bytes) {
        held += bytes;
        if (held > maximumMemory) {
            throw KqlException.tooLarge();
        }
    }
}
