package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** What somebody wants to do to an alert cannot be done as they said it. */
public class InvalidAlertChange extends InvalidFields {

    private static final long serialVersionUID = 1L;

    InvalidAlertChange(String field, String message) {
        super(List.of(FieldProblem.error(field, message)));
    }
}
