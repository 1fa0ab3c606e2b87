package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;

/** Nothing is wrong with an account but that somebody signs in with its e-mail address already. */
public class EmailTaken extends InvalidFields {

    private static final long serialVersionUID = 1L;

    EmailTaken(String email) {
        super(List.of(FieldProblem.error(
                "email", "Somebody signs in with %s already. Use another address.".formatted(email))));
    }
}
