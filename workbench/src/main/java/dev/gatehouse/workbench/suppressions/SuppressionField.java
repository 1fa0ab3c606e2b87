package dev.gatehouse.workbench.suppressions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people say about a suppression. */
public enum SuppressionField {
    NAME("Name", 200),
    OWNER("Owner", 320),
    REASON("Reason", 4_000),
    RULE("Detection rule", 100),
    CONDITION("Condition", 8_000),
    INCLUDES_SEVERE("Also High and Critical", 5),
    STARTS_AT("Start", 40),
    ENDS_AT("End", 40),
    REVIEW_AT("Review", 40),
    COMMENT("Close comment", 2_000);

    private final String title;
    private final int longest;

    SuppressionField(String title, int longest) {
        this.title = title;
        this.longest = longest;
    }

    /** The word on the screen. */
    public String title() {
        return title;
    }

    /** How many characters it may have. */
    public int longest() {
        return longest;
    }

    /** The word in forms, in YAML and in the API, e.g. {@code starts_at}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field with that {@link #key()}. */
    public static Optional<SuppressionField> named(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
