package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.database.MeasuredTime;

/** How long something about an investigation took. */
public enum InvestigationTime implements MeasuredTime {
    INVESTIGATE(
            "Time to investigate",
            "From when the investigation was opened until it was first closed.",
            "Investigations that are open for the first time are left out."),
    ACKNOWLEDGE(
            "Time to acknowledge",
            "From when the lead alert of an investigation was made until the investigation was first promoted to an incident.",
            "Investigations that never were incidents are left out, and so are those without a lead alert and those that were"
                    + " promoted before it was made."),
    RESPOND(
            "Time to respond",
            "From when the lead alert of an investigation was made until the first remediation action was recommended in it.",
            "Investigations without remediation actions are left out, and so are those without a lead alert and those where"
                    + " something was recommended before it was made.");

    private final String title;
    private final String meaning;
    private final String leftOut;

    InvestigationTime(String title, String meaning, String leftOut) {
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

    /** What is left out. */
    public String leftOut() {
        return leftOut;
    }
}
