package dev.gatehouse.workbench.detections;

import java.util.List;
import java.util.stream.Collectors;

/** A rule is not understood, or its examples fail. Nothing was changed. */
public final class InvalidRule extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<RuleProblem> problems;

    InvalidRule(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong with it; at least one thing. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
