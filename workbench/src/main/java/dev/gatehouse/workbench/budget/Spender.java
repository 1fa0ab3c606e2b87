package dev.gatehouse.workbench.budget;

/** Who wants to ask, the most important first. */
public enum Spender {
    PEOPLE("people", "People"),
    POLLING("polling", "Polling"),
    SECOND_LOOKS("second_looks", "Second looks and retries"),
    RUNBOOKS("runbooks", "Runbooks"),
    HISTORY("history", "History and replays"),
    CHECKS("checks", "Reconciliation");

    private final String key;
    private final String title;

    Spender(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Its name in the API. */
    public String key() {
        return key;
    }

    /** Its name on the screens. */
    public String title() {
        return title;
    }
}
