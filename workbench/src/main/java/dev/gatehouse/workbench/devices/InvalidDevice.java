package dev.gatehouse.workbench.devices;

import java.util.List;
import java.util.stream.Collectors;

/** A draft that cannot be saved as it is. */
public class InvalidDevice extends RuntimeException {

    private final transient List<FieldProblem> problems;

    public InvalidDevice(List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, field by field; at least one error. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
