package dev.gatehouse.workbench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.gatehouse.workbench.platform.database.FencedConnections;
import dev.gatehouse.workbench.platform.postgres.Access;
import dev.gatehouse.workbench.platform.postgres.EmbeddedPostgres;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of its own for one test class, with the schema, on the one PostgreSQL server that all tests of this JVM
 * share.
 */
public final class WorkbenchDatabase implements AutoCloseable {

    private static final String TEMPLATE = "test_template";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Many threads of a test want few connections, on a machine that may have much else to do. */
    private static final Duration BUSY_PATIENCE = Duration.ofSeconds(30);

    /** Where nobody gets in, each attempt takes as long. */
    private static final Duration AWAY_PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final HikariDataSource connections;
    private final HikariDataSource readers;
    private final HikariDataSource people;

    private WorkbenchDatabase(String name) {
        this.name = name;
        this.connections = connect(name, 4, "");
        this.readers = connect(name, 2, FencedConnections.ONLY_READ);
        this.people = connect(name, 2, "");
    }

    /** Makes a new one, empty but for the schema. */
    public static WorkbenchDatabase create() {
        var name = "test_" + COUNT.incrementAndGet();
        execute("create database %s template %s".formatted(name, TEMPLATE));
        return new WorkbenchDatabase(name);
    }

    /** Makes a new one whose schema is that of an earlier release. */
    public static WorkbenchDatabase createAt(String version) {
        var name = "test_" + COUNT.incrementAndGet();
        execute("create database %s owner %s".formatted(name, Server.TEMPLATE.username()));
        var database = new WorkbenchDatabase(name);
        database.migrate(version);
        return database;
    }

    /** Brings the schema up to a version. */
    public void migrate(String version) {
        Flyway.configure()
                .dataSource(url(), username(), password())
                .locations("classpath:db/migration/workbench")
                .target(version)
                .load()
                .migrate();
    }

    /** Its address, for {@code gatehouse.database.url}. */
    public String url() {
        return Server.POSTGRES.url(name);
    }

    public String username() {
        return Server.TEMPLATE.username();
    }

    public String password() {
        return Server.TEMPLATE.password();
    }

    /** Another login to it, with the rights of these roles alone. It stays on the server. */
    public Access loginWith(String... roles) {
        var login = "login_" + COUNT.incrementAndGet();
        execute("drop role if exists " + login);
        execute("create role %s login password 'of %s' in role %s".formatted(login, login, String.join(", ", roles)));
        return new Access(url(), login, "of " + login);
    }

    /** The login of the server's superuser to it. */
    public Access superuser() {
        return new Access(url(), EmbeddedPostgres.USER, Server.POSTGRES.password());
    }

    public HikariDataSource connections() {
        return connections;
    }

    /** Connections as the server gives them to its parts: those of threads under a lease only read. */
    public DataSource fenced() {
        return new FencedConnections(connections, 3, readers, 2, people);
    }

    /** For looking at what is really there. */
    public JdbcClient look() {
        return JdbcClient.create(connections);
    }

    /** Ends all its sessions and lets nobody in, as if the server were away. */
    public void takeAway() {
        waitFor(AWAY_PATIENCE);
        execute("alter database %s allow_connections false".formatted(name));
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
    }

    /** Undoes {@link #takeAway()}, and forgets the connections that were ended. */
    public void bringBack() {
        execute("alter database %s allow_connections true".formatted(name));
        waitFor(BUSY_PATIENCE);
        // Within half a second of its last use the pool takes a connection for alive without asking.
        Optional.ofNullable(connections.getHikariPoolMXBean()).ifPresent(HikariPoolMXBean::softEvictConnections);
        Optional.ofNullable(readers.getHikariPoolMXBean()).ifPresent(HikariPoolMXBean::softEvictConnections);
        Optional.ofNullable(people.getHikariPoolMXBean()).ifPresent(HikariPoolMXBean::softEvictConnections);
    }

    private void waitFor(Duration patience) {
        connections.setConnectionTimeout(patience.toMillis());
        readers.setConnectionTimeout(patience.toMillis());
        people.setConnectionTimeout(patience.toMillis());
    }

    @Override
    public void close() {
        connections.close();
        readers.close();
        people.close();
    }

    /** Connects when it is first asked to. */
    private static HikariDataSource connect(String database, int most, String first) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(Server.POSTGRES.url(database));
        pool.setUsername(Server.TEMPLATE.username());
        pool.setPassword(Server.TEMPLATE.password());
        pool.setMaximumPoolSize(most);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(BUSY_PATIENCE.toMillis());
        pool.setConnectionInitSql(first.isEmpty() ? null : first);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    private static void execute(String sql) {
        try (var connection = DriverManager.getConnection(
                        Server.POSTGRES.url("postgres"), EmbeddedPostgres.USER, Server.POSTGRES.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run " + sql, e);
        }
    }

    /** Started by the first test that needs it, ended with the JVM. */
    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();
        static final Access TEMPLATE = makeTemplate();

        private static EmbeddedPostgres start() {
            EmbeddedPostgres postgres;
            try {
                postgres = startIn(Path.of("target").toAbsolutePath());
            } catch (InvalidSetting e) {
                // A checkout below /root: as root the server runs as nobody, who cannot get there.
                postgres = startIn(Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-workbench-tests"));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return postgres;
        }

        private static EmbeddedPostgres startIn(Path parent) {
            // Of two processes that share a directory, the first to end would take the other's server away.
            var directory = DataDirectory.open(
                    parent.resolve(System.getProperty("gatehouse.test.database", "database-of-tests")));
            return EmbeddedPostgres.start(directory.resolve("postgres"));
        }

        /** The schema is made, and every test works, as the role that the server works as. */
        private static Access makeTemplate() {
            dropEarlier();
            // What these tests write need not outlive the machine.
            execute("alter system set fsync = off");
            execute("select pg_reload_conf()");
            try {
                var access = POSTGRES.open(WorkbenchDatabase.TEMPLATE);
                Flyway.configure()
                        .dataSource(access.url(), access.username(), access.password())
                        .locations("classpath:db/migration/workbench")
                        .load()
                        .migrate();
                return access;
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot make the template of all test databases", e);
            }
        }

        private static void dropEarlier() {
            var earlier = new ArrayList<String>();
            try (var connection = DriverManager.getConnection(
                            POSTGRES.url("postgres"), EmbeddedPostgres.USER, POSTGRES.password());
                    var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery("select datname from pg_database where datname like 'test\\_%'")) {
                while (rows.next()) {
                    earlier.add(rows.getString(1));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot list databases", e);
            }
            earlier.forEach(name -> execute("drop database %s with (force)".formatted(name)));
        }
    }
}
