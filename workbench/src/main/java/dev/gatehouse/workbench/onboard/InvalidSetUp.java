package dev.gatehouse.workbench.onboard;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** A draft of a set-up that cannot be saved as it is. */
public class InvalidSetUp extends InvalidFields {

    private static final long serialVersionUID = 1L;

    InvalidSetUp(List<FieldProblem> problems) {
        super(problems);
    }
}
