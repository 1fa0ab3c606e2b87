package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.kql.Table;
import dev.gatehouse.kql.Table.Column;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Holdings;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard reads the documented views with a sign-in of its own, and can read nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportingViewsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PAGE = Path.of("..", "docs", "reporting.md");
    private static final Pattern COLUMNS_OF_A_VIEW = Pattern.compile("\\| `(report\\.\\w+)` \\| (`[^|]*`) \\|");
    private static final Pattern KEYS = Pattern.compile("`(\\w+)`");
    private static final String LOGONS = "IdentityLogonEvents";

    private Simulator simulator;
    private Product gatehouse;
    private Path directory;
    private Connection dashboards;

    @BeforeAll
    void setTheStage(@TempDir Path data) throws SQLException {
        directory = data;
        var now = Instant.now();
        var defender = new ScriptedDefender();
        defender.putTable(
                LOGONS,
                List.of(new Column("Timestamp", Table.Type.DATETIME), new Column("ReportId", Table.Type.STRING)));
        defender.putRow(LOGONS, Map.of("Timestamp", now.minusSeconds(60), "ReportId", "one"), Instant.MIN);
        defender.putAlert(Written.alert("one", now.minusSeconds(60), now.minusSeconds(60)));
        // A view asks a function for the survivor of a merger.
        defender.putIncident(Written.incident("100", "The survivor", now.minusSeconds(60), ""));
        defender.putIncident(Written.incident("101", "The merged one", now.minusSeconds(60), "100"));
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(List.of("Contoso"))
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(DefenderSource.scripted(defender)));
        gatehouse = Product.start(directory, simulator);
        SimulatedTenant contoso = simulator.tenants().getFirst();
        gatehouse.connect(contoso);
        var store = new Store(directory);
        await().atMost(PATIENCE).untilAsserted(() -> Holdings.storedOf(contoso, store)
                .assertSameAs(Holdings.shownBy(contoso, simulator.clock().instant()), contoso.name()));
        asOwner("create user dashboards password 'for this test' in role gatehouse_report");
        dashboards = Store.connect(directory, "dashboards", "for this test");
    }

    @AfterAll
    void clearTheStage() throws SQLException {
        dashboards.close();
        gatehouse.close();
        simulator.close();
    }

    @Test
    void everyViewIsDocumentedWithItsColumns() throws Exception {
        assertThat(columnsOfViews()).isEqualTo(documented()).isNotEmpty();
    }

    @Test
    void theRoleReadsEveryViewToTheLastColumn() throws SQLException {
        for (var view : columnsOfViews().keySet()) {
            // Every column, since a column that nobody asks for is not computed.
            var rows = count(dashboards, "select count(t::text) from %s t".formatted(view));
            if (!List.of("report.quarantined_windows", "report.reconciliations", "report.unreadable_records")
                    .contains(view)) {
                assertThat(rows).as(view).isPositive();
            }
        }
        assertThat(count(dashboards, "select count(*) from report.incidents where survivor_incident_id = '100'"))
                .isEqualTo(1);
    }

    @Test
    void theRoleReadsNoTableAndNoViewOfAnotherSchema() throws SQLException {
        var others = relations("""
                select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
                  and n.nspname not in ('report', 'pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
                """);

        assertThat(others).hasSizeGreaterThan(20);
        for (var relation : others) {
            assertThatThrownBy(() -> count(dashboards, "select count(*) from " + relation))
                    .as(relation)
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("42501"));
        }
    }

    @Test
    void theRoleWritesNothing() throws SQLException {
        for (var view : columnsOfViews().keySet()) {
            assertThatThrownBy(() -> change(dashboards, "delete from " + view))
                    .as(view)
                    .isInstanceOf(SQLException.class);
        }
        for (var schema : List.of("report", "public")) {
            assertThatThrownBy(() -> change(dashboards, "create table %s.mine (id int)".formatted(schema)))
                    .as(schema)
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("42501"));
        }
    }

    private Map<String, List<String>> columnsOfViews() throws SQLException {
        var views = new LinkedHashMap<String, List<String>>();
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement();
                var rows = statement.executeQuery("""
                        select 'report.' || c.relname, a.attname
                        from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relnamespace = 'report'::regnamespace and c.relkind = 'v' and a.attnum > 0
                        order by c.relname, a.attnum
                        """)) {
            while (rows.next()) {
                views.computeIfAbsent(rows.getString(1), view -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return views;
    }

    private static Map<String, List<String>> documented() throws IOException {
        var page = Files.readString(PAGE);
        var views = new LinkedHashMap<String, List<String>>();
        COLUMNS_OF_A_VIEW
                .matcher(page.substring(page.indexOf("## Columns"), page.indexOf("## A role")))
                .results()
                .forEach(line -> views.put(
                        line.group(1),
                        KEYS.matcher(line.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .toList()));
        return views;
    }

    private void asOwner(String command) throws SQLException {
        try (var owner = Store.connectAsOwner(directory)) {
            change(owner, command);
        }
    }

    private List<String> relations(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void change(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
