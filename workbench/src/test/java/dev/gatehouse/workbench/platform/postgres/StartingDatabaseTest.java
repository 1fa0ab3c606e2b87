package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.workbench.platform.database.ProcessId;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The embedded server comes up while Spring finds out which beans there are. */
class StartingDatabaseTest {

    private Path directory;
    private AnnotationConfigApplicationContext context;

    @BeforeEach
    void makeContext() throws IOException {
        directory = Files.createTempDirectory("gatehouse-start");
        // Root's database server runs as another user, who has to get through.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        context = new AnnotationConfigApplicationContext();
    }

    @AfterEach
    void close() throws IOException {
        context.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    private void start(Map<String, Object> more) {
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(new MapPropertySource("more", more));
        sources.addLast(new MapPropertySource(
                "test",
                Map.of("gatehouse.data-directory", directory.resolve("data").toString())));
        new StartingDatabase.BeforeBeans().initialize(context);
    }

    @EnableConfigurationProperties(Settings.class)
    static class Beans {}

    @Test
    void takesConnectionsBeforeThereIsAnyBean() throws SQLException {
        start(Map.of());

        var starting = context.getDefaultListableBeanFactory().getBean(StartingDatabase.class);
        var database = starting.database();
        try (database;
                var connection =
                        DriverManager.getConnection(database.url(), database.username(), database.password())) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void isWhatTheBeansGetAndStop() throws Exception {
        start(Map.of());
        context.register(Beans.class, ProcessId.class, DatabaseConfiguration.class);
        context.refresh();

        var database = context.getBean(Database.class);
        assertThat(database).isSameAs(context.getBean(StartingDatabase.class).database());
        assertThat(context.getBean(DataDirectory.class).path()).isEqualTo(directory.resolve("data"));
        assertThat(context.getBeansOfType(HikariDataSource.class).values())
                .as("another process finds the sessions of all three pools by their name")
                .hasSize(3)
                .extracting(pool -> JdbcClient.create(pool)
                        .sql("show application_name")
                        .query(String.class)
                        .single())
                .containsOnly("Gatehouse " + context.getBean(ProcessId.class).value());

        context.close();

        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.username(), database.password()))
                .isInstanceOf(SQLException.class);
        DataDirectory.open(directory.resolve("data")).close();
    }

    @Test
    void stopsAgainWhenTheStartFailsBeforeAnyBeanAsksForIt() throws Exception {
        start(Map.of());
        context.registerBean("broken", String.class, () -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(context::refresh).hasMessageContaining("broken");

        // Nobody waits for it: it stops as soon as it is up.
        await().atMost(Duration.ofMinutes(1))
                .ignoreException(InvalidSetting.class)
                .untilAsserted(
                        () -> DataDirectory.open(directory.resolve("data")).close());
        assertThat(directory.resolve("data/postgres/data-18/postmaster.pid")).doesNotExist();
    }

    @Test
    void saysToWhoeverAsksForItWhyItIsNotThere() {
        try (var other = DataDirectory.open(directory.resolve("data"))) {
            start(Map.of());

            var starting = context.getBeanFactory().getBean(StartingDatabase.class);
            assertThatThrownBy(starting::directory)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(InvalidSetting.class)
                    .hasMessageContaining("Another Gatehouse is running on " + other);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesTheServerOfTheOperatorAlone() {
        start(Map.of("gatehouse.database.url", "jdbc:postgresql://db.example.com/gatehouse"));

        assertThat(context.getBeanFactory().getBeanNamesForType(StartingDatabase.class))
                .isEmpty();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void leavesItToTheBeansToSayWhatIsWrongWithASetting() {
        start(Map.of("gatehouse.database.url", "mysql://db.example.com/gatehouse"));

        assertThat(context.getBeanFactory().getBeanNamesForType(StartingDatabase.class))
                .isEmpty();
    }
}
