package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whose what somebody writes is to be. */
final class Whom {

    private Whom() {}

    /**
     * The organization that is named, or the one that the scope is.
     *
     * @throws InvalidFields when it is neither
     */
    static UUID of(Scope scope, Optional<UUID> named, Organizations organizations) {
        return organizations
                .whose(scope, named)
                .orElseThrow(() -> new InvalidFields(List.of(FieldProblem.error(
                        "organization",
                        "Say whose accounts, hosts and addresses these are: choose an organization."))));
    }
}
