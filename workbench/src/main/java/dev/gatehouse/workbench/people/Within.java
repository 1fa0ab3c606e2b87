package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;

/** Keeps a query about people to those of a scope. */
final class Within {

    private Within() {}

    /**
     * A condition for a statement with the parameter {@code scope}.
     *
     * @param column that names an organization; what is the provider's, where it is null, is only in the scope of everything
     */
    static String organization(Scope scope, String column) {
        return switch (scope) {
            case Scope.Everything _ -> "true";
            case Scope.Organization _ -> column + " = :scope::uuid";
            case Scope.Nothing _ -> "false";
        };
    }
}
