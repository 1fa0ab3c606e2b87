package dev.gatehouse.workbench.platform.database;

import java.util.UUID;

/**
 * What somebody may see: the records of every organization, or of one, or nothing. Each method that reads takes one, and its
 * SQL keeps to it; PostgreSQL keeps to it again by row-level security, for the scope that the connection was lent in ({@link
 * ScopedConnections}).
 */
public sealed interface Scope {

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
     * A condition that keeps a query to what is in this scope. The statement needs the parameter {@code scope}, see {@link
     * #parameter}; it may be bound although the condition does not mention it.
     *
     * @param column that names a directory, e.g. {@code a.tenant_id}
     */
    default String tenant(String column) {
        return switch (this) {
            case Everything _ -> "true";
            case Organization _ -> column + " in (select tenant_id from tenant where organization_id = :scope::uuid)";
            case Nothing _ -> "false";
        };
    }

    /**
     * A condition that keeps a query to what is in this scope, like {@link #tenant}.
     *
     * @param column that names a security device, e.g. {@code w.device_id}
     */
    default String device(String column) {
        return switch (this) {
            case Everything _ -> "true";
            case Organization _ -> """
                %s in (select s.id from security_device s join tenant t on t.tenant_id = s.directory_id
                       where t.organization_id = :scope::uuid)""".formatted(column);
            case Nothing _ -> "false";
        };
    }

    /** The value of the parameter {@code scope}. */
    default String parameter() {
        return switch (this) {
            case Everything _ -> "all";
            case Organization(var id) -> id.toString();
            case Nothing _ -> "";
        };
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
