package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
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

    /** The server that we started, and how to get in as the role that owns what is ours. */
    record Embedded(EmbeddedPostgres postgres, Access access) implements Database {

        private static final String NAME = "gatehouse";

        /** Starts the server; makes the database in a new cluster, or hands one of an earlier release over to that role. */
        static Embedded in(DataDirectory directory) {
            var postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
            try {
                return new Embedded(postgres, postgres.open(NAME));
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
            return access.url();
        }

        @Override
        public String username() {
            return access.username();
        }

        @Override
        public String password() {
            return access.password();
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
