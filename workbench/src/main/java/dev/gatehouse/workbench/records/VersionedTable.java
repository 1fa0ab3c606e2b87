package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Portions;
import dev.gatehouse.workbench.records.Delivery.Recognised;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
    private final Class<T> type;
    private final Feed feed;
    private final Reread reread;

    /**
     * Makes a shelf.
     *
     * @param table the table of the current records; the versions' table has {@code _version} behind its name
     * @param upsert inserts the current records, which are the JSON array {@code :rows}, or replaces those that are not newer;
     *     returns the ids of those that are current now
     * @param type of the records
     * @param feed by which they come
     * @param reread parses what was recognised and is not there
     */
    VersionedTable(
            NamedParameterJdbcTemplate database, String table, String upsert, Class<T> type, Feed feed, Reread reread) {
        this.database = database;
        this.table = table;
        this.upsert = upsert;
        this.type = type;
        this.feed = feed;
        this.reread = reread;
    }

    /** The columns of the current record, as {@code upsert} names them, in JSON. */
    abstract ObjectNode columns(T record);

    /**
     * Told which records have just become their id's current one.
     *
     * @param before the ids that had a current one before
     * @param now by our clock
     */
    abstract void becameCurrent(TenantId tenant, List<T> records, Set<String> before, Instant now);

    /**
     * Keeps what is not there yet. The order of the records does not matter, and neither do repetitions.
     *
     * @param recognised those that were not parsed; of these, whatever is not there is parsed now
     */
    final Put put(TenantId tenant, List<T> parsed, List<Recognised> recognised, Instant now) {
        var count = parsed.size() + recognised.size();
        var ids = ids(parsed);
        recognised.forEach(record -> ids.add(Columns.key(record.id())));
        var known = knownVersions(tenant, ids);
        var missing = new ArrayList<T>();
        for (var record : parsed) {
            if (!known.contains(Version.of(record))) {
                missing.add(record);
            }
        }
        for (var record : recognised) {
            if (!known.contains(Version.of(record))) {
                missing.add(type.cast(reread.read(tenant, feed, record.original())));
            }
        }
        var fresh = distinct(missing);
        if (fresh.isEmpty()) {
            return new Put(0, 0, count);
        }
        // What has a version has a current one.
        var existing = known.stream().map(Version::id).collect(Collectors.toSet());
        insertVersions(tenant, fresh, now);
        becameCurrent(tenant, makeCurrent(tenant, fresh, now), existing, now);
        var newRecords =
                (int) ids(fresh).stream().filter(id -> !existing.contains(id)).count();
        return new Put(newRecords, fresh.size() - newRecords, count - fresh.size());
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
        var put = put(tenant, List.of(record), List.of(), at);
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

    private static final String INSERT_VERSIONS = """
            insert into {table}_version (tenant_id, id, version, updated_at, first_seen_at, original)
            select :tenant, v.id, v.version, v.updated_at, :now, v.original
            from unnest(:ids::text[], :versions::bytea[], :updates::timestamptz[], :originals::bytea[])
                as v (id, version, updated_at, original)
            """;

    private void insertVersions(TenantId tenant, List<T> fresh, Instant now) {
        Portions.of(fresh, Collected::original)
                .forEach(portion -> database.update(
                        here(INSERT_VERSIONS),
                        of(tenant)
                                .addValue("ids", array("text", portion, record -> Columns.key(record.id())))
                                .addValue("versions", bytes(portion, record -> record.version()
                                        .bytes()))
                                .addValue("updates", array("text", portion, record -> Columns.timestamp(
                                                record.orderedBy())
                                        .toString()))
                                .addValue("originals", bytes(portion, record -> Compressed.deflate(record.original())))
                                .addValue("now", Columns.timestamp(now))));
    }

    private static final String COUNT_VERSIONS = """
            update {table} t set versions = t.versions + late.fresh
            from unnest(:ids::text[], :fresh::integer[]) as late (id, fresh)
            where t.tenant_id = :tenant and t.id = late.id
            """;

    /** Replaces the current record of each id by the newest fresh one; gives those for which that was right. */
    private List<T> makeCurrent(TenantId tenant, List<T> fresh, Instant now) {
        var newest = new LinkedHashMap<String, T>();
        var versions = new LinkedHashMap<String, Integer>();
        for (var record : fresh) {
            newest.put(Columns.key(record.id()), record);
            versions.merge(Columns.key(record.id()), 1, Integer::sum);
        }
        var rows = JsonNodeFactory.instance.arrayNode();
        newest.forEach((id, record) -> rows.add(columns(record)
                .put("id", id)
                .put("version", record.version().toString())
                .put("versions", versions.get(id))));
        var changed = new HashSet<>(database.queryForList(
                upsert,
                of(tenant).addValue("rows", rows.toString()).addValue("now", Columns.timestamp(now)),
                String.class));
        countLate(tenant, versions, changed);
        newest.keySet().retainAll(changed);
        return List.copyOf(newest.values());
    }

    private void countLate(TenantId tenant, Map<String, Integer> versions, Set<String> changed) {
        var late =
                versions.keySet().stream().filter(id -> !changed.contains(id)).toList();
        if (!late.isEmpty()) {
            database.update(
                    here(COUNT_VERSIONS),
                    of(tenant)
                            .addValue("ids", array("text", late, id -> id))
                            .addValue("fresh", array("integer", late, id -> versions.getOrDefault(id, 0))));
        }
    }

    private String here(String sql) {
        return sql.replace("{table}", table);
    }

    static <R> SqlArrayValue array(String type, List<R> rows, Function<R, Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    private static <R> SqlArrayValue bytes(List<R> rows, Function<R, byte[]> column) {
        return new SqlArrayValue("bytea", (Object[]) rows.stream().map(column).toArray(byte[][]::new));
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

        static Version of(Recognised record) {
            return new Version(Columns.key(record.id()), record.version().toString());
        }
    }
}
