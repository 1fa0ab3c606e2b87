package dev.gatehouse.workbench.investigations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people say about an investigation: form, history, report and the columns of the table all go by this list. */
public enum InvestigationField {
    TITLE("Title", 200),
    ANALYST_SEVERITY("Severity", 0),
    ATTACK_LIFECYCLE("Attack life cycle", 0),
    ATTACK_VECTOR("Attack vector", 0),
    ATTACK_TIMING("Attack timing", 0),
    THREAT_TYPE("Threat type", 0),
    DETECTION_TYPE("Detected by", 0),
    SOURCE_REASON("Reason", 0),
    IS_SURGE("Part of a surge", 0),
    OPEN_SUMMARY("Summary", 20_000),
    LEAD_DESCRIPTION("What led to it", 20_000),
    NEXT_STEPS("Next steps", 20_000),
    CRITICAL_COMMENT("Critical comment", 20_000);

    private final String title;
    private final int longest;

    InvestigationField(String title, int longest) {
        this.title = title;
        this.longest = longest;
    }

    /** On the screen. */
    public String title() {
        return title;
    }

    /** In forms and the API, and its column, e.g. {@code attack_vector}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it can be, besides empty; empty for free text. */
    public List<String> choices() {
        return switch (this) {
            case ANALYST_SEVERITY -> Choices.SEVERITIES;
            case ATTACK_LIFECYCLE -> Choices.ATTACK_LIFECYCLE;
            case ATTACK_VECTOR -> Choices.ATTACK_VECTOR;
            case ATTACK_TIMING -> Choices.ATTACK_TIMING;
            case THREAT_TYPE -> Choices.THREAT_TYPE;
            case DETECTION_TYPE -> Choices.DETECTION_TYPE;
            case SOURCE_REASON -> Choices.SOURCE_REASON;
            case IS_SURGE -> List.of("YES");
            case TITLE, OPEN_SUMMARY, LEAD_DESCRIPTION, NEXT_STEPS, CRITICAL_COMMENT -> List.of();
        };
    }

    /** Whether it is one of several choices. */
    public boolean isChoice() {
        return longest == 0;
    }

    /** Whether it is Markdown over several lines. */
    public boolean isMarkdown() {
        return longest > 1_000;
    }

    /** In characters, for free text. */
    public int longest() {
        return longest;
    }

    /** The field of that {@link #key()}. */
    public static Optional<InvestigationField> named(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }

    /** What is wrong with a value for it, as a sentence; empty when nothing is. */
    Optional<String> problem(String value) {
        if (this == TITLE && value.isBlank()) {
            return Optional.of("Give it a title.");
        }
        if (isChoice() && !value.isEmpty() && !choices().contains(value)) {
            return Optional.of("“%s” is none of the choices for %s.".formatted(value, title));
        }
        if (!isChoice() && value.length() > longest) {
            return Optional.of("%s has %,d characters; %,d are the most.".formatted(title, value.length(), longest));
        }
        return Optional.empty();
    }
}
