package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions of records of one kind, and their originals. */
record Originals(JdbcClient database, String table) {

    private static final String VERSIONS = """
            select v.version, v.updated_at, v.first_seen_at, v.version = c.version as is_current
            from {table}_version v join {table} c on c.tenant_id = v.tenant_id and c.id = v.id
            where v.tenant_id = :tenant and v.id = :id and {scope}
            order by v.updated_at desc, v.first_seen_at desc, v.version
            """;

    /** Every version of a record, newest first. */
    List<Version> versions(Scope scope, TenantId tenant, String id) {
        return scope.tenants(database, here(VERSIONS), "v.tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .query((row, number) -> new Version(
                        new ContentHash(row.getBytes("version")),
                        Columns.instant(row, "updated_at"),
                        Columns.instant(row, "first_seen_at"),
                        row.getBoolean("is_current")))
                .list();
    }

    private static final String ORIGINAL = """
            select original from {table}_version
            where tenant_id = :tenant and id = :id and version = :version and {scope}
            """;

    /** A version's text as it was received. */
    Optional<Original> find(Scope scope, TenantId tenant, String id, ContentHash version) {
        return scope.tenants(database, here(ORIGINAL), "tenant_id")
                .param("tenant", tenant.value())
                .param("id", Columns.key(id))
                .param("version", version.bytes())
                .query(byte[].class)
                .optional()
                .map(Compressed::inflate);
    }

    private String here(String sql) {
        return sql.replace("{table}", table);
    }
}
