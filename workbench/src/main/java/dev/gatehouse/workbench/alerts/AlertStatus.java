package dev.gatehouse.workbench.alerts;

/** Where an alert is in its life. */
public enum AlertStatus {
    OPEN("Open"),
    IN_PROGRESS("In progress"),
    CLOSED("Closed");

    private final String title;

    AlertStatus(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
