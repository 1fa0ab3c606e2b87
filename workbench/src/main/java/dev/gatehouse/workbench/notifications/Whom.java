package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whose something new is to be. */
final class Whom {

    /** What people without an organization are called. */
    static final String PROVIDER = "Provider";

    private Whom() {}

    /**
     * The organization that is named, or the one that the scope is; empty for the provider, whom nobody names who sees all.
     *
     * @throws InvalidFields when there is no such organization in scope
     */
    static Optional<UUID> of(Scope scope, Optional<UUID> named, Organizations organizations) {
        return named.isEmpty() && scope instanceof Scope.Everything
                ? Optional.empty()
                : Optional.of(organizations.whose(scope, named).orElseThrow(Whom::unknown));
    }

    private static InvalidFields unknown() {
        return new InvalidFields(List.of(FieldProblem.error("organization", "There is no such organization.")));
    }
}
