package dev.gatehouse.workbench.detections;

import java.util.List;

/** A text is no condition. */
public final class InvalidCondition extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param line of the text, from 1
     * @param column of the text, from 1
     * @param message a sentence
     */
    public record Fault(int line, int column, String message) {}

    InvalidCondition(List<Fault> faults) {
        super(faults.toString());
        this.faults = List.copyOf(faults);
    }

    /** What is wrong with it; at least one thing. */
    public List<Fault> faults() {
        return faults;
    }
}
