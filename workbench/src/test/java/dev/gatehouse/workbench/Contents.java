package dev.gatehouse.workbench;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in all tables, so that a test can tell whether anything has changed, wherever. */
public final class Contents {

    private Contents() {}

    /** A fingerprint of each table's rows, but for those of leases and processes. */
    public static Map<String, String> of(WorkbenchDatabase database) {
        var look = database.look();
        var contents = new TreeMap<String, String>();
        for (var table : tables(look)) {
            contents.put(
                    table,
                    look.sql("select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from %s t"
                                    .formatted(table))
                            .query(String.class)
                            .single());
        }
        return contents;
    }

    private static Iterable<String> tables(JdbcClient look) {
        return look.sql("""
                        select tablename from pg_tables
                        where schemaname = 'public' and tablename not in ('lease', 'process')
                        """).query((row, number) -> row.getString("tablename")).list();
    }
}
