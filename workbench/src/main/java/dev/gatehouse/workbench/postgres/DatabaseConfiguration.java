package dev.gatehouse.workbench.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.gatehouse.workbench.settings.DataDirectory;
import dev.gatehouse.workbench.settings.InvalidSetting;
import dev.gatehouse.workbench.settings.Settings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses between the embedded server and the operator's own, and opens a pool of connections to it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** One of them is kept for the leases. */
    private static final int CONNECTIONS = 17;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    DataDirectory dataDirectory(Settings settings) {
        return DataDirectory.open(DataDirectory.locate(settings.dataDirectory()));
    }

    @Bean
    Database database(Settings settings, DataDirectory directory) {
        return settings.database().isEmbedded()
                ? Database.Embedded.in(EmbeddedPostgres.start(directory.resolve("postgres")))
                : new Database.External(settings.database());
    }

    /** Depends on the database, so Spring closes the pool before it stops the server. */
    @Bean
    HikariDataSource dataSource(Database database, Settings settings) {
        var pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username().isEmpty() ? null : database.username());
        pool.setPassword(database.password().isEmpty() ? null : database.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.addDataSourceProperty("ApplicationName", "Gatehouse");
        // A process that is paused in the middle of a transaction must not keep others from its devices for longer than
        // its lease lasts.
        pool.setConnectionInitSql("set idle_in_transaction_session_timeout = %d"
                .formatted(settings.lease().duration().toMillis()));
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
