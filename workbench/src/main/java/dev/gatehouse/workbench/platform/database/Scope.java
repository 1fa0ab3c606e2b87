package dev.gatehouse.workbench.platform.database;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What somebody may see: the records of every organization, or of one, or nothing. Each method that reads takes one, and its
 * SQL keeps to it; PostgreSQL keeps to it again by row-level security, for the scope that the connection was lent in ({@link
 * ScopedConnections}).
 */
public sealed interface Scope {

    /** Where a statement has the condition. */
    String PLACE = "{scope}";

    /** All organizations: SOC people who have not chosen one, and the Workbench itself. */
    record Everything() implements Scope {}

    /**
     * One organization.
     *
     * @param id of the organization
     */
    record Organization(UUID id) implements Scope {}

    /** Nothing: whoever has not signed in. */
    record Nothing() implements Scope {}

    /** What the Workbench works with when nobody asked: all organizations. */
    static Scope everything() {
        return new Everything();
    }

    /** One organization. */
    static Scope of(UUID organization) {
        return new Organization(organization);
    }

    /** Nothing at all. */
    static Scope nothing() {
        return new Nothing();
    }

    /**
     * A statement that keeps to what is in this scope.
     *
     * @param sql with {@code {scope}} where the condition belongs
     * @param column that names a directory, e.g. {@code a.tenant_id}
     */
    default JdbcClient.StatementSpec tenants(JdbcClient database, String sql, String column) {
        return within(database, sql, tenant(column));
    }

    /**
     * A statement that keeps to what is in this scope, of a table whose rows say whose they are: an index that begins with the
     * organization has its rows in the order of a list.
     *
     * @param sql with {@code {scope}} where the condition belongs
     * @param column that names an organization, e.g. {@code a.organization_id}
     */
    default JdbcClient.StatementSpec organizations(JdbcClient database, String sql, String column) {
        return within(database, sql, organization(column));
    }

    /**
     * A statement that keeps to what is in this scope.
     *
     * @param sql with {@code {scope}} where the condition belongs
     * @param column that names a security device, e.g. {@code w.device_id}
     */
    default JdbcClient.StatementSpec devices(JdbcClient database, String sql, String column) {
        return within(database, sql, device(column));
    }

    /**
     * The same as {@link #tenant} for what belongs to a security device.
     *
     * @param column that names a security device
     */
    default String device(String column) {
        return condition(
                "%s in (select s.id from security_device s join tenant t on t.tenant_id = s.directory_id"
                        + " where t.organization_id = :scope::uuid)",
                column);
    }

    /**
     * The condition for a statement that is put together of several; it needs the {@linkplain #parameter parameter} {@code
     * scope}, which may be bound although the condition does not mention it.
     *
     * @param column that names a directory
     */
    default String tenant(String column) {
        return condition("%s in (select tenant_id from tenant where organization_id = :scope::uuid)", column);
    }

    /**
     * The condition for a statement that is put together of several, as {@link #tenant}.
     *
     * @param column that names an organization
     */
    default String organization(String column) {
        return condition("%s = :scope::uuid", column);
    }

    /**
     * The same as {@link #organization} for what may belong to everybody.
     *
     * @param column that names an organization, or is null
     */
    default String organizationOrEverybody(String column) {
        return condition("(%1$s is null or %1$s = :scope::uuid)", column);
    }

    private String condition(String ofOne, String column) {
        return switch (this) {
            case Everything _ -> "true";
            case Organization _ -> ofOne.formatted(column);
            case Nothing _ -> "false";
        };
    }

    private JdbcClient.StatementSpec within(JdbcClient database, String sql, String condition) {
        if (!sql.contains(PLACE)) {
            throw new IllegalArgumentException("The statement has no place for the scope: " + sql);
        }
        return database.sql(sql.replace(PLACE, condition)).param("scope", parameter());
    }

    /** The value of the parameter {@code scope}, and what row-level security is told. */
    default String parameter() {
        return switch (this) {
            case Everything _ -> "all";
            case Organization(var id) -> id.toString();
            case Nothing _ -> "";
        };
    }

    /** The role of the database that row-level security holds to this scope. */
    default String role() {
        return this instanceof Everything ? "gatehouse_soc" : "gatehouse_people";
    }

    /** Whether what belongs to an organization is in this scope. */
    default boolean includes(UUID organization) {
        return switch (this) {
            case Everything _ -> true;
            case Organization(var id) -> id.equals(organization);
            case Nothing _ -> false;
        };
    }
}
