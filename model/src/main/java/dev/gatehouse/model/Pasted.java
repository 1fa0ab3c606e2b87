package dev.gatehouse.model;

import java.util.regex.Pattern;

/**
 * What somebody pasted, without what the eye does not see. Portals, chats and spreadsheets add no-break spaces, zero-width
 * spaces, byte order marks and line breaks, and Microsoft refuses an id or a secret with one of them.
 */
public final class Pasted {

    private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\s]+");

    /** Controls, byte order mark, zero-width space, word joiner, soft hyphen, and what turns the direction of writing. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}&&[^\\t\\n\\r\\x0B\\f]]|[\\u00AD\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]");

    /** Those, and the two joiners, which names in some scripts need and ids and secrets never have. */
    private static final Pattern NEVER_IN_A_VALUE = Pattern.compile("[\\p{Z}\\s\\p{Cc}\\p{Cf}]+");

    private Pasted() {}

    /** A name or another text for people: one space where there were blanks, and none around it. */
    public static String text(String pasted) {
        return BLANK.matcher(INVISIBLE.matcher(pasted).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** An id, a secret, or another value that has no blanks. Every visible character stays. */
    public static String value(String pasted) {
        return NEVER_IN_A_VALUE.matcher(pasted).replaceAll("");
    }
}
