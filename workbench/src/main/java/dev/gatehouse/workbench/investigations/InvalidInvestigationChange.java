package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** What somebody wants to do to an investigation cannot be done as they said it. */
public class InvalidInvestigationChange extends InvalidFields {

    private static final long serialVersionUID = 1L;

    InvalidInvestigationChange(String field, String message) {
        super(List.of(FieldProblem.error(field, message)));
    }

    InvalidInvestigationChange(List<FieldProblem> problems) {
        super(problems);
    }
}
