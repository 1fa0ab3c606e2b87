package dev.gatehouse.workbench.platform.fields;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What somebody typed cannot be saved as it is. Its message is all sentences; {@link #problems} has them field by field. */
public class InvalidFields extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> problems;

    public InvalidFields(List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** The same of fields that are called otherwise where this is shown. */
    public InvalidFields renamed(UnaryOperator<String> field) {
        return new InvalidFields(problems.stream()
                .map(problem -> new FieldProblem(field.apply(problem.field()), problem.message(), problem.weight()))
                .toList());
    }

    /** What is wrong, field by field; at least one error. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
