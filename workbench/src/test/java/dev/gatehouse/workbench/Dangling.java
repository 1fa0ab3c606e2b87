package dev.gatehouse.workbench;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of a database that name an alert, a vendor alert or a vendor incident that is not there, whatever the table: some have no
 * foreign key that would forbid it.
 */
public final class Dangling {

    private Dangling() {}

    private static final String COLUMNS = """
            select c.table_name, c.column_name, c.data_type
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.column_name ~ 'alert_id$'
              -- What Microsoft calls it elsewhere.
              and c.column_name <> 'provider_alert_id'
            order by 1, 2
            """;

    /**
     * A column that names an alert, or with the tenant a vendor alert.
     *
     * @param table that has it
     * @param missing a statement that counts the rows whose alert is not there
     */
    public record Reference(String table, String missing) {

        private static Reference of(String table, String column, String type) {
            return new Reference(
                    table,
                    type.equals("uuid")
                            ? "select count(*) from %1$s r where %2$s is not null and not exists (select from alert a where a.id = r.%2$s)"
                                    .formatted(table, column)
                            : missing(table, column, "vendor_alert"));
        }

        private static String missing(String table, String column, String of) {
            return """
                    select count(*) from %1$s r
                    where not exists (select from %3$s a where a.tenant_id = r.tenant_id and a.id = r.%2$s)
                    """.formatted(table, column, of);
        }
    }

    /** All columns of all tables that name one. */
    public static List<Reference> references(JdbcClient database) {
        var references = new ArrayList<>(database.sql(COLUMNS)
                .query((row, number) -> Reference.of(
                        row.getString("table_name"), row.getString("column_name"), row.getString("data_type")))
                .list());
        references.add(
                new Reference("vendor_alert_version", Reference.missing("vendor_alert_version", "id", "vendor_alert")));
        references.add(new Reference(
                "undecided_vendor_alert", Reference.missing("undecided_vendor_alert", "id", "vendor_alert")));
        references.add(new Reference(
                "vendor_incident_version", Reference.missing("vendor_incident_version", "id", "vendor_incident")));
        return references;
    }

    /** The tables that have such rows, with how many. */
    public static List<String> rows(JdbcClient database) {
        return references(database).stream()
                .map(reference -> "%s %d"
                        .formatted(
                                reference.table(),
                                database.sql(reference.missing())
                                        .query(Long.class)
                                        .single()))
                .filter(found -> !found.endsWith(" 0"))
                .toList();
    }
}
