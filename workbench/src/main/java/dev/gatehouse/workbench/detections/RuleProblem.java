package dev.gatehouse.workbench.detections;

/**
 * Why a rule is refused.
 *
 * @param file which one; for a rule that somebody typed, its id or {@code rule}
 * @param line from 1; 0 when it is about no line
 * @param column from 1; 0 when it is about no column
 * @param message a sentence that says what is wrong
 */
public record RuleProblem(String file, int line, int column, String message) {

    /** As compilers write it, e.g. {@code rules/one.yaml:7:12: message}. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : "%s:%d:%d: %s".formatted(file, line, column, message);
    }
}
