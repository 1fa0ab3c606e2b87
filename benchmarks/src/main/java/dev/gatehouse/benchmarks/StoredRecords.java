package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks into the database of a Workbench, as its superuser, for what the screens would tell too late. */
final class StoredRecords implements AutoCloseable {

    private final Connection database;
    private final String url;
    private final String password;
    private final long server;

    private StoredRecords(Connection database, String url, String password, long server) {
        this.database = database;
        this.url = url;
        this.password = password;
        this.server = server;
    }

    /** The database that is brought along, in the data directory of a Workbench that runs. */
    static StoredRecords of(Path data) throws IOException, SQLException {
        var postgres = data.resolve("postgres");
        var lock = Files.readAllLines(postgres.resolve("data-18").resolve("postmaster.pid"));
        var password = Files.readString(postgres.resolve("password")).strip();
        var url =
                "jdbc:postgresql://127.0.0.1:%s/gatehouse".formatted(lock.get(3).strip());
        return new StoredRecords(
                DriverManager.getConnection(url, "gatehouse", password),
                url,
                password,
                Long.parseLong(lock.getFirst().strip()));
    }

    String url() {
        return url;
    }

    String password() {
        return password;
    }

    /** What the server has used of the processors, all its connections together. */
    Duration processorTime() throws IOException {
        return ProcessTime.withChildren(server);
    }

    /** How many vendor alerts the feeds have counted, in the transactions that stored them. */
    long vendorAlerts() throws SQLException {
        return number("select coalesce(sum(records), 0) from feed where feed = 'alerts'");
    }

    /** How many feeds have a checkpoint. */
    long feedsThatWork() throws SQLException {
        return number("select count(*) from feed where watermark is not null");
    }

    /** How many vendor alerts no detection rule has looked at. */
    long undecided() throws SQLException {
        return number("select count(*) from undecided_vendor_alert");
    }

    /** When the last one was stored that was made at that time or later. */
    Instant lastStored(Instant since) throws SQLException {
        try (var statement = database.prepareStatement(
                "select max(first_seen_at) from vendor_alert where created_at >= ?::timestamptz")) {
            statement.setString(1, since.toString());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getTimestamp(1).toInstant();
            }
        }
    }

    /** After how many seconds alerts that were made at that time or later were here, in the middle, of 99 in 100, and at most. */
    List<Double> lags(Instant since) throws SQLException {
        try (var statement = database.prepareStatement("""
                select extract(epoch from percentile_disc(0.5) within group (order by lag)),
                       extract(epoch from percentile_disc(0.99) within group (order by lag)), extract(epoch from max(lag))
                from (select first_seen_at - created_at as lag from vendor_alert where created_at >= ?::timestamptz) as l
                """)) {
            statement.setString(1, since.toString());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return List.of(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3));
            }
        }
    }

    /**
     * When the first vendor alert of each alert was made that was made at that time or later, by the alert's id. Those that
     * tuning has closed at once are not in lists.
     */
    Map<String, Instant> madeAt(Instant since) throws SQLException {
        try (var statement = database.prepareStatement("""
                select m.alert_id::text, min(v.created_at) from alert_vendor_alert m
                join vendor_alert v on v.tenant_id = m.tenant_id and v.id = m.vendor_alert_id
                join alert a on a.id = m.alert_id
                where v.created_at >= ?::timestamptz and a.close_reason is null group by 1
                """)) {
            statement.setString(1, since.toString());
            var times = new HashMap<String, Instant>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.put(rows.getString(1), rows.getTimestamp(2).toInstant());
                }
            }
            return times;
        }
    }

    /**
     * What the database is like at a moment.
     *
     * @param megabytes of its files, without the write-ahead log
     * @param connections of clients
     * @param dead rows that nobody can see any more and that no vacuum has taken yet, in all tables
     * @param live rows, in all tables
     * @param vacuums that the server did by itself so far
     */
    record State(long megabytes, long connections, long dead, long live, long vacuums) {}

    /** What the database is like now. */
    State state() throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("""
                        select pg_database_size(current_database()) / 1048576,
                            (select count(*) from pg_stat_activity where backend_type = 'client backend'),
                            sum(n_dead_tup), sum(n_live_tup), sum(autovacuum_count)
                        from pg_stat_user_tables
                        """)) {
            rows.next();
            return new State(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5));
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
