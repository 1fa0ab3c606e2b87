package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchDatabase;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

class SchemaConfigurationTest {

    private WorkbenchDatabase database = WorkbenchDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void leavesASchemaThatIsCurrentAndItsConnectionsAlone() throws SQLException {
        var before = connections();

        SchemaConfiguration.migrate(flyway());

        assertThat(connections()).isEqualTo(before);
    }

    @Test
    void migratesASchemaOfAnEarlierReleaseAndKeepsNoConnectionThatDid() throws SQLException {
        become("63");
        var before = connections();

        SchemaConfiguration.migrate(flyway());

        assertThat(flyway().info().pending()).isEmpty();
        assertThat(connections()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void doesNotTakeForDoneWhatWasDoneInAnotherWay() {
        change("update flyway_schema_history set checksum = checksum + 1 where version = '1'");

        assertThatThrownBy(() -> SchemaConfiguration.migrate(flyway()))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void doesNotWorkOnWhatFailedHalfWay() {
        change("update flyway_schema_history set success = false where version = '2'");

        assertThatThrownBy(() -> SchemaConfiguration.migrate(flyway()))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("failed");
    }

    @Test
    void refusesWhatALaterReleaseHasMade() {
        change("""
                insert into flyway_schema_history
                select installed_rank + 1, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1,
                       installed_by, installed_on, 1, true
                from flyway_schema_history order by installed_rank desc limit 1
                """);

        assertThatThrownBy(() -> SchemaConfiguration.migrate(flyway()))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("its schema has version 999");
    }

    private void become(String version) {
        database.close();
        database = WorkbenchDatabase.createAt(version);
    }

    private void change(String statement) {
        database.look().sql(statement).update();
    }

    /** The server's processes that all connections of the pool lead to. */
    private Set<Integer> connections() throws SQLException {
        var pool = database.connections();
        var taken = new ArrayList<Connection>();
        try {
            var processes = new TreeSet<Integer>();
            while (taken.size() < pool.getMaximumPoolSize()) {
                var connection = pool.getConnection();
                taken.add(connection);
                processes.add(connection.unwrap(PgConnection.class).getBackendPID());
            }
            return processes;
        } finally {
            for (var connection : taken) {
                connection.close();
            }
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database.connections())
                .locations("classpath:db/migration/workbench")
                .load();
    }
}
