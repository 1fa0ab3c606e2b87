package dev.gatehouse.workbench.ledger;

import java.util.Arrays;
import java.util.Optional;

/** What a window is read for. */
public enum Purpose {
    POLL("poll", "Poll"),
    SECOND_LOOK("second_look", "Second look"),
    REPLAY("replay", "Replay or backfill"),
    RETRY("retry", "Quarantine retry"),
    RECONCILIATION("reconciliation", "Reconciliation");

    private final String key;
    private final String title;

    Purpose(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Its name in the database, in addresses and in the API. */
    public String key() {
        return key;
    }

    /** Its name on the screens. */
    public String title() {
        return title;
    }

    /** The purpose with that key. */
    public static Optional<Purpose> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }
}
