package dev.gatehouse.workbench.onboard;

import dev.gatehouse.workbench.devices.FieldProblem;
import java.util.List;
import java.util.stream.Collectors;

/** A draft that cannot be saved as it is. */
public class InvalidSetUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> problems;

    InvalidSetUp(List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, field by field; at least one. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
