package dev.gatehouse.workbench.postgres;

import dev.gatehouse.workbench.settings.InvalidSetting;
import dev.gatehouse.workbench.settings.Settings;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where the data is, and how to get in. */
sealed interface Database extends AutoCloseable {

    String url();

    String username();

    String password();

    @Override
    void close();

    /** The operator's own server. We neither start nor stop it. */
    record External(Settings.Database settings) implements Database {

        @Override
        public String url() {
            return settings.url();
        }

        @Override
        public String username() {
            return settings.username();
        }

        @Override
        public String password() {
            return settings.password();
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }

    /** The server that we started. */
    record Embedded(EmbeddedPostgres postgres) implements Database {

        private static final String NAME = "gatehouse";

        /** Makes the database in a new cluster. */
        static Embedded in(EmbeddedPostgres postgres) {
            try (var connection = DriverManager.getConnection(
                            postgres.url("postgres"), EmbeddedPostgres.USER, postgres.password());
                    var statement = connection.createStatement();
                    var existing =
                            statement.executeQuery("select from pg_database where datname = '%s'".formatted(NAME))) {
                if (!existing.next()) {
                    statement.execute("create database " + NAME);
                }
                return new Embedded(postgres);
            } catch (SQLException e) {
                postgres.close();
                throw new InvalidSetting(
                        "Cannot sign in to the embedded database: %s If its password file was changed or lost, put it back from a backup."
                                .formatted(e.getMessage()),
                        e);
            }
        }

        @Override
        public String url() {
            return postgres.url(NAME);
        }

        @Override
        public String username() {
            return EmbeddedPostgres.USER;
        }

        @Override
        public String password() {
            return postgres.password();
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
