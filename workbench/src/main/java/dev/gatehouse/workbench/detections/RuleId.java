package dev.gatehouse.workbench.detections;

import java.util.regex.Pattern;

/**
 * What a rule is known by, for as long as there is one.
 *
 * @param value small letters, digits and single hyphens, e.g. {@code suspected-dcsync-attack}; at most 100 characters
 */
public record RuleId(String value) {

    private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    static final RuleId DEFAULT = new RuleId("default");

    public RuleId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no id of a rule: it takes small letters, digits and single hyphens, at most 100"
                            .formatted(value));
        }
    }

    /** Whether it is the one that takes whatever no other takes. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /** Whether a text can be an id. */
    public static boolean isValid(String text) {
        return text.length() <= 100 && KEBAB.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
