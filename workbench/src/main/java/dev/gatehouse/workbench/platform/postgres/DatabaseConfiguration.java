package dev.gatehouse.workbench.platform.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.gatehouse.workbench.platform.database.FencedConnections;
import dev.gatehouse.workbench.platform.database.ProcessId;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses between the embedded server and the operator's own, and opens a pool of connections to it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);

    /** For all that the Workbench writes by itself. One of them is kept for the leases. */
    private static final int WRITERS = 11;

    /** So many of them are with loops at most. The others are for chores, and for the leases. */
    private static final int WRITERS_OF_LOOPS = 8;

    /** For what the loops look up. */
    private static final int READERS = 6;

    /** For people's requests. */
    private static final int PEOPLE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    DataDirectory dataDirectory(Settings settings, Optional<StartingDatabase> starting) {
        return starting.map(StartingDatabase::directory)
                .orElseGet(() -> DataDirectory.open(DataDirectory.locate(settings.dataDirectory())));
    }

    @Bean
    Database database(Settings settings, DataDirectory directory, Optional<StartingDatabase> starting) {
        return starting.map(StartingDatabase::database)
                .orElseGet(() -> settings.database().isEmbedded()
                        ? Database.Embedded.in(directory)
                        : new Database.External(settings.database()));
    }

    /** Depends on the database, so Spring closes the pool before it stops the server. */
    @Bean(defaultCandidate = false)
    HikariDataSource writers(Database database, Settings settings, ProcessId process) {
        return pool("database", WRITERS, database, process, withoutIdling(settings));
    }

    @Bean(defaultCandidate = false)
    HikariDataSource readers(Database database, Settings settings, ProcessId process) {
        return pool(
                "database-readers", READERS, database, process, withoutIdling(settings) + FencedConnections.ONLY_READ);
    }

    /** Made after the writers, which see to it that there are the roles. */
    @Bean(defaultCandidate = false)
    HikariDataSource peoplesConnections(
            Database database, Settings settings, ProcessId process, @Qualifier("writers") HikariDataSource writers) {
        PeopleRoles.prepare(writers);
        return pool("database-people", PEOPLE, database, process, withoutIdling(settings));
    }

    @Bean
    DataSource dataSource(
            @Qualifier("writers") HikariDataSource writers,
            @Qualifier("readers") HikariDataSource readers,
            @Qualifier("peoplesConnections") HikariDataSource people) {
        warnOfSuperuser(writers);
        return new FencedConnections(writers, WRITERS_OF_LOOPS, readers, READERS, people);
    }

    private static void warnOfSuperuser(DataSource database) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select current_user from pg_roles where rolname = current_user and rolsuper")) {
            if (rows.next()) {
                log.warn(
                        "Gatehouse signs in to the database as '{}', a superuser, who may read the server's files and end other people's databases. Give it a role of its own: see 'Database' in docs/configuration.md.",
                        rows.getString(1));
            }
        } catch (SQLException e) {
            throw new InvalidSetting("Cannot ask the database who we are: " + e.getMessage(), e);
        }
    }

    /**
     * A process that is paused between two statements of a transaction must not keep others from its devices for longer
     * than its lease lasts. One that is paused in the middle of a statement is not idle to the server; its sessions are
     * ended by whoever takes over.
     */
    private static String withoutIdling(Settings settings) {
        return "set idle_in_transaction_session_timeout = %d;"
                .formatted(settings.lease().duration().toMillis());
    }

    private static HikariDataSource pool(
            String name, int connections, Database database, ProcessId process, String first) {
        var pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username().isEmpty() ? null : database.username());
        pool.setPassword(database.password().isEmpty() ? null : database.password());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.addDataSourceProperty("ApplicationName", process.sessions());
        pool.setConnectionInitSql(first);
        try {
            return new HikariDataSource(pool);
        } catch (PoolInitializationException e) {
            throw new InvalidSetting(
                    "Cannot reach the database at %s: %s Check gatehouse.database.url, username and password, and whether the server is running."
                            .formatted(
                                    withoutParameters(database.url()), rootOf(e).getMessage()),
                    e);
        }
    }

    /** Parameters of an address may hold a password. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    private static Throwable rootOf(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
