package dev.gatehouse.workbench.devices;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** A draft of a device that cannot be saved as it is. */
public class InvalidDevice extends InvalidFields {

    private static final long serialVersionUID = 1L;

    private final boolean isConnectedAlready;

    public InvalidDevice(List<FieldProblem> problems) {
        this(problems, false);
    }

    InvalidDevice(List<FieldProblem> problems, boolean isConnectedAlready) {
        super(problems);
        this.isConnectedAlready = isConnectedAlready;
    }

    /** Throws one when there is an error among the problems. */
    static void refuse(List<FieldProblem> problems) {
        if (problems.stream().anyMatch(FieldProblem::isError)) {
            throw new InvalidDevice(problems);
        }
    }

    /** Whether nothing is wrong but that another device has the directory. */
    public boolean isConnectedAlready() {
        return isConnectedAlready;
    }
}
