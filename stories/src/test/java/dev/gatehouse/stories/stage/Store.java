package dev.gatehouse.stories.stage;

import dev.gatehouse.workbench.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Looks into the database of a running {@link Product} from outside, through the reporting views only, as an auditor
 * would.
 */
public final class Store {

    private final Connector connector;

    /** How to get into a database. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** The embedded database of a Gatehouse that works in this directory. */
    public Store(Path dataDirectory) {
        this(() -> connectAsOwner(dataDirectory));
    }

    /** A database that is somewhere else. */
    Store(Connector connector) {
        this.connector = connector;
    }

    private static final String STATE = """
            select 'feed: ' || f::text from feed f where f.tenant_id = ?1
            union all
            select 'lease: ' || l::text from lease l where l.tenant_id = ?1
            union all
            select 'pause: ' || p::text from request_pause p where p.tenant_id = ?1
            union all
            select 'owed: ' || q::text from quarantined_window q where q.tenant_id = ?1 and q.resolved_at is null
            union all
            (select 'window: ' || w::text from poll_window w
             where w.tenant_id = ?1 and w.feed in ('alerts', 'incidents') order by w.ended_at desc limit 60)
            """;

    /** How the feeds of a tenant are, line by line, for whoever wonders why something is not there. */
    public String stateOf(UUID tenant) {
        try (var connection = connector.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(STATE.replace("?1", "'%s'".formatted(tenant)))) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return String.join(System.lineSeparator(), lines);
        } catch (SQLException e) {
            return e.toString();
        }
    }

    /** Every stored version of every alert of a tenant, as {@code id at time}. */
    public Set<String> alertVersions(UUID tenant) {
        return new HashSet<>(alertHistory(tenant));
    }

    /** How many versions of alerts are stored, counted without putting equal ones together. */
    public int alertVersionCount(UUID tenant) {
        return count(tenant, "select count(*) from report.alert_versions where tenant_id = ?");
    }

    /** How many alerts of a tenant are stored. */
    public int alerts(UUID tenant) {
        return count(tenant, "select count(*) from report.alerts where tenant_id = ?");
    }

    /** The current version of every incident of a tenant, as {@code id at time}. */
    public Set<String> incidents(UUID tenant) {
        return versions(tenant, """
                select incident_id, microsoft_updated_at from report.incidents where tenant_id = ?
                """);
    }

    /** The current version of every alert of a tenant, as {@code id at time}. */
    public Set<String> currentAlerts(UUID tenant) {
        return versions(tenant, """
                select alert_id, microsoft_updated_at from report.alerts where tenant_id = ?
                """);
    }

    /** Every stored version of every alert of a tenant, as {@code id at time}; twice what is stored twice. */
    public List<String> alertHistory(UUID tenant) {
        return history(tenant, """
                select alert_id, microsoft_updated_at from report.alert_versions where tenant_id = ?
                """);
    }

    /** Every stored version of every incident of a tenant, likewise. */
    public List<String> incidentHistory(UUID tenant) {
        return history(tenant, """
                select incident_id, microsoft_updated_at from report.incident_versions where tenant_id = ?
                """);
    }

    /** Every stored row of the hunting tables of a tenant, as {@code report id at time}; likewise. */
    public List<String> huntingRows(UUID tenant) {
        return history(tenant, """
                select report_id, microsoft_timestamp from report.hunting_rows where tenant_id = ?
                """);
    }

    private List<String> history(UUID tenant, String query) {
        try (var connection = connector.connect();
                var statement = connection.prepareStatement(query)) {
            statement.setObject(1, tenant);
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(version(rows.getString(1), rows.getTimestamp(2).toInstant()));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not look into the store", e);
        }
    }

    private Set<String> versions(UUID tenant, String query) {
        return new HashSet<>(history(tenant, query));
    }

    /** Loses an alert with all its versions, as a careless hand in the database would. */
    public void lose(UUID tenant, String alert) {
        try (var connection = connector.connect()) {
            connection.setAutoCommit(false);
            for (var table : List.of(
                    "vendor_alert_entities where alert_id", "vendor_alert_version where id", "vendor_alert where id")) {
                try (var statement =
                        connection.prepareStatement("delete from %s = ? and tenant_id = ?".formatted(table))) {
                    statement.setString(1, alert);
                    statement.setObject(2, tenant);
                    statement.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("Could not lose an alert", e);
        }
    }

    private int count(UUID tenant, String query) {
        try (var connection = connector.connect();
                var statement = connection.prepareStatement(query)) {
            statement.setObject(1, tenant);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not look into the store", e);
        }
    }

    /** How a version is written in comparisons: PostgreSQL keeps six of Microsoft's seven digits. */
    public static String version(String id, Instant updated) {
        return id + " at " + updated.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Signs in to the embedded database of a Gatehouse that works in this directory, as somebody else.
     *
     * @throws SQLException when the server does not let that user in
     */
    public static Connection connect(Path dataDirectory, String user, String password) throws SQLException {
        return DriverManager.getConnection(address(dataDirectory), user, password);
    }

    /** The same, as the user whom everything there belongs to. */
    public static Connection connectAsOwner(Path dataDirectory) throws SQLException {
        return connect(dataDirectory, EmbeddedPostgres.USER, password(dataDirectory));
    }

    /** For a {@link Product} elsewhere that uses the embedded database of one that works in this directory, too. */
    public static String[] flags(Path dataDirectory) {
        try {
            return new String[] {
                "--gatehouse.database.url=" + address(dataDirectory),
                "--gatehouse.database.username=" + EmbeddedPostgres.USER,
                "--gatehouse.database.password=" + password(dataDirectory)
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String password(Path dataDirectory) throws SQLException {
        try {
            return Files.readString(dataDirectory.resolve("postgres").resolve("password"))
                    .strip();
        } catch (IOException e) {
            throw new SQLException("The server is not there", e);
        }
    }

    private static String address(Path dataDirectory) throws SQLException {
        try {
            // Line 4 of this file is the port. Source: PostgreSQL documentation, "Database File Layout".
            var state = Files.readAllLines(
                    dataDirectory.resolve("postgres").resolve("data-18").resolve("postmaster.pid"));
            return "jdbc:postgresql://127.0.0.1:%s/gatehouse"
                    .formatted(state.get(3).strip());
        } catch (IOException e) {
            throw new SQLException("The server is not there", e);
        }
    }
}
