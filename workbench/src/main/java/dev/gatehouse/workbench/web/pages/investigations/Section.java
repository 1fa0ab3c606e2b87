package dev.gatehouse.workbench.web.pages.investigations;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of the page of an investigation, with an address of its own. */
public enum Section {
    SUMMARY("Summary"),
    ALERTS("Alerts"),
    FINDINGS("Findings"),
    ACTIONS("Investigative actions"),
    TIMELINE("Timeline"),
    INVOLVED("Involved"),
    REMEDIATION("Remediation"),
    COMMENTS("Comments"),
    FILES("Files"),
    HISTORY("History"),
    UPDATE("Update");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The word in the address. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it stands in the menu on the left; the other has a button at the top. */
    public boolean isInMenu() {
        return this != UPDATE;
    }

    static Optional<Section> named(String key) {
        return Arrays.stream(values())
                .filter(section -> section.key().equals(key))
                .findFirst();
    }

    /** Its address below that of the investigation. */
    public String below(String investigation) {
        return this == SUMMARY ? investigation : investigation + "/" + key();
    }
}
