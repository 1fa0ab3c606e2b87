package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.database.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps statements about what belongs to an organization to a scope. */
final class Within {

    private Within() {}

    /**
     * A condition that needs the parameter {@code scope}.
     *
     * @param column that names an organization
     */
    static String organization(Scope scope, String column) {
        return switch (scope) {
            case Scope.Everything _ -> "true";
            case Scope.Organization _ -> column + " = :scope::uuid";
            case Scope.Nothing _ -> "false";
        };
    }

    /**
     * A statement that keeps to a scope.
     *
     * @param sql with {@code {scope}} where the condition belongs
     * @param column that names an organization
     */
    static JdbcClient.StatementSpec organization(Scope scope, JdbcClient database, String sql, String column) {
        return filled(scope, database, sql, organization(scope, column));
    }

    /**
     * The same for what belongs to an organization or to a directory.
     *
     * @param column that names an organization, or is null
     * @param tenantColumn that names a directory, or is null
     */
    static JdbcClient.StatementSpec either(
            Scope scope, JdbcClient database, String sql, String column, String tenantColumn) {
        return filled(
                scope, database, sql, "(%s or %s)".formatted(organization(scope, column), scope.tenant(tenantColumn)));
    }

    private static JdbcClient.StatementSpec filled(Scope scope, JdbcClient database, String sql, String condition) {
        if (!sql.contains(Scope.PLACE)) {
            throw new IllegalArgumentException("The statement has no place for the scope: " + sql);
        }
        return database.sql(sql.replace(Scope.PLACE, condition)).param("scope", scope.parameter());
    }
}
