package dev.gatehouse.workbench.platform.database;

import java.util.function.Function;

/**
 * A select that the owner of its tables offers to whoever lists, filters and sorts what is in them, such as the API. Whoever
 * uses it knows the columns by the names that it gives them, and nothing of the tables. PostgreSQL takes it apart again: a
 * column that is not asked for costs nothing, and conditions reach the indexes of the tables.
 */
public final class ReadView {

    private final String select;
    private final Function<Scope, String> condition;

    private ReadView(String select, Function<Scope, String> condition) {
        if (!select.contains(Scope.PLACE)) {
            throw new IllegalArgumentException("The select has no place for the scope: " + select);
        }
        this.select = select;
        this.condition = condition;
    }

    /**
     * Of what belongs to a directory.
     *
     * @param select with {@code {scope}} where the condition belongs
     * @param column that names the directory
     */
    public static ReadView ofTenants(String select, String column) {
        return new ReadView(select, scope -> scope.tenant(column));
    }

    /**
     * Of what belongs to an organization.
     *
     * @param select with {@code {scope}} where the condition belongs
     * @param column that names the organization
     */
    public static ReadView ofOrganizations(String select, String column) {
        return new ReadView(select, scope -> scope.organization(column));
    }

    /**
     * Of what belongs to an organization, or to everybody.
     *
     * @param select with {@code {scope}} where the condition belongs
     * @param column that names the organization, or is null
     */
    public static ReadView ofOrganizationsOrEverybody(String select, String column) {
        return new ReadView(select, scope -> scope.organizationOrEverybody(column));
    }

    /**
     * Of what belongs to a security device.
     *
     * @param select with {@code {scope}} where the condition belongs
     * @param column that names the device
     */
    public static ReadView ofDevices(String select, String column) {
        return new ReadView(select, scope -> scope.device(column));
    }

    /**
     * Of what belongs either to an organization or to a directory.
     *
     * @param select with {@code {scope}} where the condition belongs
     * @param organization the column that names the organization, or is null
     * @param tenant the column that names the directory, or is null
     */
    public static ReadView ofEither(String select, String organization, String tenant) {
        return new ReadView(
                select, scope -> "(%s or %s)".formatted(scope.organization(organization), scope.tenant(tenant)));
    }

    /**
     * The select for a scope, to stand in the brackets of {@code from (…)}. It needs the {@linkplain Scope#parameter
     * parameter} {@code scope}.
     */
    public String within(Scope scope) {
        return select.replace(Scope.PLACE, condition.apply(scope));
    }
}
