package dev.gatehouse.workbench.devices;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** A draft of a device that cannot be saved as it is. */
public class InvalidDevice extends InvalidFields {

    private static final long serialVersionUID = 1L;

    public InvalidDevice(List<FieldProblem> problems) {
        super(problems);
    }
}
