package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.database.MeasuredTime;

/**
 * How long something about an alert took. What Gatehouse closed at once is measured nowhere, also when somebody opened it again:
 * nobody waited for it.
 */
public enum AlertTime implements MeasuredTime {
    DETECT(
            "Time to detect",
            "From the first activity that its vendor alerts report until the alert was made.",
            "Alerts whose activity is reported to be later than the alert are left out."),
    TRIAGE(
            "Time to triage",
            "From when the alert was made until a person or a program first did something about it.",
            "Alerts that nobody has touched yet are left out."),
    DECIDE(
            "Time to decide",
            "From when the alert was made until it was first closed or put into an investigation, whichever came first.",
            "Alerts about which nobody has decided yet are left out.");

    private final String title;
    private final String meaning;
    private final String leftOut;

    AlertTime(String title, String meaning, String leftOut) {
        this.title = title;
        this.meaning = meaning;
        this.leftOut = leftOut;
    }

    public String title() {
        return title;
    }

    /** From which moment to which. */
    public String meaning() {
        return meaning;
    }

    /** What is left out, beside what Gatehouse closed at once. */
    public String leftOut() {
        return leftOut;
    }
}
