package dev.gatehouse.model;

import java.util.UUID;
import java.util.regex.Pattern;

/** The textual form of Microsoft's identifiers: {@code 8-4-4-4-12} hexadecimal digits. */
final class Guid {

    private static final Pattern SHAPE =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private Guid() {}

    static boolean isOne(String text) {
        return SHAPE.matcher(Pasted.value(text)).matches();
    }

    static UUID parse(String text, String field) {
        // UUID.fromString also takes shortened groups such as 1-1-1-1-1, which Microsoft never issues.
        if (!isOne(text)) {
            throw new IllegalArgumentException(
                    "%s must be a GUID such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427. Copy it from the app registration's Overview page."
                            .formatted(field));
        }
        return UUID.fromString(Pasted.value(text));
    }
}
