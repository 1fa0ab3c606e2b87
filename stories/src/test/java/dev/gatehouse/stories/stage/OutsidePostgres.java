package dev.gatehouse.stories.stage;

import dev.gatehouse.workbench.platform.postgres.Access;
import dev.gatehouse.workbench.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL server that belongs to nobody's Gatehouse, as an operator would have it. It goes on when a process that uses
 * it ends.
 */
public final class OutsidePostgres implements AutoCloseable {

    private static final String DATABASE = "shared";

    private final EmbeddedPostgres server;
    private final Access access;

    private OutsidePostgres(EmbeddedPostgres server, Access access) {
        this.server = server;
        this.access = access;
    }

    /** Starts a server with one empty database, and everything of it in this folder. */
    public static OutsidePostgres start(Path folder) throws IOException {
        letServersThrough(folder.resolveSibling(""));
        var server = EmbeddedPostgres.start(folder);
        try {
            return new OutsidePostgres(server, server.open(DATABASE));
        } catch (SQLException e) {
            server.close();
            throw new IOException("Cannot make a database", e);
        }
    }

    /** As root the server runs as another user, who has to get through to its own folder below this one. */
    public static void letServersThrough(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** For a {@link Product} that keeps its data here. */
    public String[] flags() {
        return new String[] {
            "--gatehouse.database.url=" + access.url(),
            "--gatehouse.database.username=" + access.username(),
            "--gatehouse.database.password=" + access.password()
        };
    }

    /** A look into its database. */
    public Store store() {
        return new Store(() -> connect(DATABASE));
    }

    /** Asks for one number. */
    public long number(String query) {
        try (var connection = connect(DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run " + query, e);
        }
    }

    /** Ends all sessions and lets nobody in, as if the server were away. */
    public void takeAway() {
        asOperator("alter database %s allow_connections false".formatted(DATABASE));
        asOperator("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(DATABASE));
    }

    /** Undoes {@link #takeAway()}. */
    public void bringBack() {
        asOperator("alter database %s allow_connections true".formatted(DATABASE));
    }

    private void asOperator(String command) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run " + command, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), EmbeddedPostgres.USER, server.password());
    }

    @Override
    public void close() {
        server.close();
    }
}
