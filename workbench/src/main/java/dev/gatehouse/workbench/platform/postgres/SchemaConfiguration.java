package dev.gatehouse.workbench.platform.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings the schema up to this program's, and never works on one that a later program has made. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    /** SQLSTATE of "insufficient privilege". Source: PostgreSQL documentation, appendix A. */
    private static final String NOT_ALLOWED = "42501";

    private static final Set<MigrationState> OF_LATER_PROGRAMS =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    @Bean
    FlywayMigrationStrategy migrations() {
        return SchemaConfiguration::migrate;
    }

    /**
     * Migrates.
     *
     * @throws InvalidSetting when a later program has been at work here, or the database's role may not do it
     */
    static void migrate(Flyway flyway) {
        var schema = flyway.info();
        refuseLaterSchema(schema);
        if (isCurrent(schema)) {
            return;
        }
        try {
            flyway.migrate();
            forgetConnections(flyway.getConfiguration().getDataSource());
        } catch (FlywayException e) {
            if (isNotAllowed(e)) {
                throw new InvalidSetting(
                        "The database's role may not make tables in its database. Give it what 'Database' in docs/configuration.md says: it has to own the schema public and may make another.",
                        e);
            }
            throw e;
        }
    }

    /** Those that migrated may wait in a transaction for as long as they like, and nobody else's may. */
    private static void forgetConnections(DataSource database) {
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                database.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close the connections that have migrated", e);
        }
    }

    /** Whether all that we know has been done as we know it: to find nothing to do takes Flyway as long again as this. */
    private static boolean isCurrent(MigrationInfoService schema) {
        return Arrays.stream(schema.all())
                .allMatch(migration -> migration.getState() == MigrationState.SUCCESS
                        && migration.isChecksumMatching()
                        && migration.isDescriptionMatching()
                        && migration.isTypeMatching());
    }

    private static void refuseLaterSchema(MigrationInfoService schema) {
        var later = Arrays.stream(schema.applied())
                .filter(migration -> OF_LATER_PROGRAMS.contains(migration.getState()))
                .map(MigrationInfo::getVersion)
                .toList();
        if (later.isEmpty()) {
            return;
        }
        var known = Arrays.stream(schema.all())
                .filter(migration -> migration.getState().isResolved() && migration.getVersion() != null)
                .map(MigrationInfo::getVersion)
                .toList();
        throw new InvalidSetting(
                "A later release of Gatehouse has worked on this database: its schema has version %s, and this program knows %s at most. Start that release or a later one. To go back to this one, restore the backup of the database and of secret.key from before the update."
                        .formatted(later.getLast(), known.isEmpty() ? "none" : known.getLast()));
    }

    private static boolean isNotAllowed(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && NOT_ALLOWED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
