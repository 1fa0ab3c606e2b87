package dev.gatehouse.workbench.alerts;

/** What can happen to an alert, as its history names it. */
public enum AlertAction {
    CREATED("made"),
    ASSIGNED("assigned"),
    STATUS_CHANGED("status changed"),
    INVESTIGATING("put into an investigation"),
    VENDOR_ALERT_JOINED("vendor alert joined"),
    VENDOR_ALERT_CHANGED("vendor alert changed"),
    SEVERITY_CHANGED("severity changed"),
    COMMENTED("commented"),
    READ_AGAIN("read again");

    private final String title;

    AlertAction(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
