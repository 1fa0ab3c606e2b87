package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
