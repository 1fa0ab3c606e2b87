package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Portions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Where records of one kind lie that change over time: the current one in a table, with columns to search by, and every
 * version ever seen beside it, with its original.
 *
 * <p>Its methods are called inside a transaction that has this tenant's feed to itself, see {@link Records}.
 */
abstract sealed class VersionedTable<T extends Collected> permits VendorAlertTable, VendorIncidentTable {

    /** What putting records on a shelf came to. */
    record Put(int newRecords, int newVersions, int same) {}

    private final NamedParameterJdbcTemplate database;
    private final String table;
    private final String upsert;

    /**
     * Makes a shelf.
     *
     * @param table the table of the current records; the versions' table has {@code _version} behind its name
     * @param upsert inserts the current record or replaces it, unless the one that is there is newer
     */
    VersionedTable(NamedParameterJdbcTemplate database, String table, String upsert) {
        this.database = database;
        this.table = table;
        this.upsert = upsert;
    }

    /** The columns of the current record, as {@code upsert} names them. */
    abstract MapSqlParameterSource columns(T record);

    /** Told which records have just become their id's current one, and when by our clock. */
    abstract void becameCurrent(TenantId tenant, List<T> records, Instant now);

    /** Keeps what is not there yet. The order of the records does not matter, and neither do repetitions. */
    final Put put(TenantId tenant, List<T> records, Instant now) {
        var distinct = distinct(records);
        var known = knownVersions(tenant, ids(distinct));
        var fresh = distinct.stream()
                .filter(record -> !known.contains(Version.of(record)))
                .toList();
        if (fresh.isEmpty()) {
            return new Put(0, 0, records.size());
        }
        var existing = existing(tenant, ids(fresh));
        insertVersions(tenant, fresh, now);
        becameCurrent(tenant, makeCurrent(tenant, fresh, now), now);
        var newRecords =
                (int) ids(fresh).stream().filter(id -> !existing.contains(id)).count();
        return new Put(newRecords, fresh.size() - newRecords, records.size() - fresh.size());
    }

    private static final String CAME_THEN = """
            update {table} set first_seen_at = least(first_seen_at, :at) where tenant_id = :tenant and id = :id
            """;

    private static final String VERSION_CAME_THEN = """
            update {table}_version set first_seen_at = least(first_seen_at, :at)
            where tenant_id = :tenant and id = :id and version = :version
            """;

    /** Keeps a record that came at an earlier time; whether it has come again since or not, that is when it came. */
    final Put putReceived(TenantId tenant, T record, Instant at) {
        var put = put(tenant, List.of(record), at);
        var then = of(tenant)
                .addValue("id", Columns.key(record.id()))
                .addValue("version", record.version().bytes())
                .addValue("at", Columns.timestamp(at));
        database.update(here(CAME_THEN), then);
        database.update(here(VERSION_CAME_THEN), then);
        return put;
    }

    /** In the order of their ids, so that whoever else locks these rows does it in the same order. */
    private List<T> distinct(List<T> records) {
        var distinct = new LinkedHashMap<Version, T>();
        records.stream()
                .sorted(Comparator.comparing((T record) -> Columns.key(record.id()))
                        .thenComparing(Collected::orderedBy))
                .forEach(record -> distinct.putIfAbsent(Version.of(record), record));
        return List.copyOf(distinct.values());
    }

    private Set<String> ids(Collection<T> records) {
        var ids = new HashSet<String>();
        records.forEach(record -> ids.add(Columns.key(record.id())));
        return ids;
    }

    private static final String KNOWN = """
            select id, encode(version, 'hex') as version from {table}_version where tenant_id = :tenant and id = any(:ids)
            """;

    private Set<Version> knownVersions(TenantId tenant, Set<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(database.query(
                        here(KNOWN),
                        of(tenant).addValue("ids", new SqlArrayValue("text", ids.toArray())),
                        (row, number) -> new Version(row.getString("id"), row.getString("version"))));
    }

    private static final String EXISTING = "select id from {table} where tenant_id = :tenant and id = any(:ids)";

    private Set<String> existing(TenantId tenant, Set<String> ids) {
        return new HashSet<>(database.queryForList(
                here(EXISTING), of(tenant).addValue("ids", new SqlArrayValue("text", ids.toArray())), String.class));
    }

    private static final String INSERT_VERSION = """
            insert into {table}_version (tenant_id, id, version, updated_at, first_seen_at, original)
            values (:tenant, :id, :version, :updated, :now, :original)
            """;

    private void insertVersions(TenantId tenant, List<T> fresh, Instant now) {
        Portions.of(fresh, Collected::original)
                .forEach(portion -> batch(
                        here(INSERT_VERSION),
                        portion.stream()
                                .map(record -> of(tenant)
                                        .addValue("id", Columns.key(record.id()))
                                        .addValue("version", record.version().bytes())
                                        .addValue("updated", Columns.timestamp(record.orderedBy()))
                                        .addValue("now", Columns.timestamp(now))
                                        .addValue("original", Compressed.deflate(record.original())))
                                .toList()));
    }

    private static final String COUNT_VERSIONS = """
            update {table} set versions = versions + :fresh where tenant_id = :tenant and id = :id
            """;

    /** Replaces the current record of each id by the newest fresh one; gives those for which that was right. */
    private List<T> makeCurrent(TenantId tenant, List<T> fresh, Instant now) {
        var newest = new LinkedHashMap<String, T>();
        var versions = new LinkedHashMap<String, Integer>();
        for (var record : fresh) {
            newest.put(Columns.key(record.id()), record);
            versions.merge(Columns.key(record.id()), 1, Integer::sum);
        }
        var candidates = List.copyOf(newest.values());
        var changed = batch(
                upsert,
                candidates.stream()
                        .map(record -> columns(record)
                                .addValue("tenant", tenant.value())
                                .addValue("id", Columns.key(record.id()))
                                .addValue("version", record.version().bytes())
                                .addValue("versions", versions.get(Columns.key(record.id())))
                                .addValue("now", Columns.timestamp(now)))
                        .toList());
        var current = new ArrayList<T>();
        var late = new ArrayList<MapSqlParameterSource>();
        for (var at = 0; at < changed.length; at++) {
            var record = candidates.get(at);
            if (changed[at] > 0) {
                current.add(record);
            } else {
                late.add(of(tenant)
                        .addValue("id", Columns.key(record.id()))
                        .addValue("fresh", versions.get(Columns.key(record.id()))));
            }
        }
        batch(here(COUNT_VERSIONS), late);
        return current;
    }

    private String here(String sql) {
        return sql.replace("{table}", table);
    }

    /** Runs a statement once per row; gives how many rows each run changed. */
    final int[] batch(String sql, List<MapSqlParameterSource> rows) {
        return rows.isEmpty() ? new int[0] : database.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
    }

    final NamedParameterJdbcTemplate database() {
        return database;
    }

    static MapSqlParameterSource of(TenantId tenant) {
        return new MapSqlParameterSource(Map.of("tenant", tenant.value()));
    }

    /** The identity of a version within its tenant. */
    private record Version(String id, String hash) {

        static Version of(Collected record) {
            return new Version(Columns.key(record.id()), record.version().toString());
        }
    }
}
