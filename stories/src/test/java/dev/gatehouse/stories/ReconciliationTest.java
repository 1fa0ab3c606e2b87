package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For each hour, an operator can see that what Graph has is here. What polling cannot have seen, because it became
 * readable too late, and what was lost here, is found, fetched and recorded.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final String LOGONS = "IdentityLogonEvents";

    /** Long over, so that neither overlap nor first look reach it while the story runs, and that it has been compared. */
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

    private Simulator simulator;
    private Product gatehouse;
    private Store store;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(0)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(
                directory,
                simulator,
                "--gatehouse.poll.first-look-back=1d",
                "--gatehouse.reconcile.catch-up=6h",
                "--gatehouse.reconcile.budget-share=50");
        store = new Store(directory);
    }

    @AfterAll
    void clearTheStage() {
        gatehouse.close();
        simulator.close();
    }

    @Test
    void findsFetchesAndRecordsWhatPollingCouldNotSeeAndWhatWasLost() {
        var defender = new ScriptedDefender();
        for (var number = 1; number <= 5; number++) {
            defender.putAlert(alert("early-" + number, number));
        }
        var contoso = simulator.addTenant("Contoso", DefenderSource.scripted(defender));
        var device = gatehouse.connect(contoso);

        // By itself, as soon as the history is here.
        var name = contoso.name() + " Microsoft Defender for Identity, " + clock() + ": ";
        awaitSentence(device, "alerts", name + "5 in Graph, 5 here");

        defender.putAlert(alert("late-1", 20));
        defender.putAlert(alert("late-2", 21));
        awaitPolledPast(defender, contoso, "now-1");
        store.lose(contoso.tenantId(), "early-3");
        assertThat(ids(contoso.tenantId()))
                .containsExactlyInAnyOrder("early-1", "early-2", "early-4", "early-5", "now-1");

        compare(device, "alerts");

        awaitSentence(device, "alerts", name + "7 in Graph, 7 here; 3 fetched because of this check");
        assertThat(only(device, "alerts").at("/attributes/state").asString()).isEqualTo("healed");
        assertThat(store.alertVersions(contoso.tenantId())).hasSize(8).containsAll(truth(defender));

        // What Microsoft does not show any more is recorded, and never deleted.
        defender.withdrawAlert("early-1");
        compare(device, "alerts");

        awaitSentence(
                device,
                "alerts",
                name + "6 in Graph, 7 here; 3 fetched because of this check, 1 not in Graph any more");
        assertThat(ids(contoso.tenantId())).contains("early-1");
        theScreenSays(name + "6 in Graph, 7 here");
    }

    @Test
    void fetchesHuntingRowsByReplayingTheirHour() {
        var defender = new ScriptedDefender();
        defender.putTable(
                LOGONS,
                List.of(
                        new Table.Column("Timestamp", Table.Type.DATETIME),
                        new Table.Column("ActionType", Table.Type.STRING),
                        new Table.Column("AccountName", Table.Type.STRING)));
        putLogon(defender, "ada", 5);
        // The same in every column: Graph counts both, and here they are one.
        putLogon(defender, "ada", 5);
        var fabrikam = simulator.addTenant("Fabrikam", DefenderSource.scripted(defender));
        var device = gatehouse.connect(fabrikam);
        var name = fabrikam.name() + " Microsoft Defender for Identity, " + clock() + ": ";
        awaitSentence(device, "logon-events", name + "2 in Graph, 1 here; 1 the same as others and stored once");

        putLogon(defender, "grace", 6);
        putLogon(defender, "mallory", 7);
        compare(device, "logon-events");

        awaitSentence(
                device,
                "logon-events",
                name + "4 in Graph, 3 here; 2 fetched because of this check, 1 the same as others and stored once");
    }

    /** A fresh alert that has come shows that polling has been there since, and has not seen what is older. */
    private void awaitPolledPast(ScriptedDefender defender, SimulatedTenant tenant, String id) {
        var now = Instant.now();
        defender.putAlert(Written.alert(id, now, now));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ids(tenant.tenantId())).contains(id));
    }

    private List<String> ids(UUID tenant) {
        return store.alertVersions(tenant).stream()
                .map(version -> version.replaceFirst(" at .*", ""))
                .toList();
    }

    private static List<String> truth(ScriptedDefender defender) {
        return defender.alerts(Instant.now()).stream()
                .map(alert -> Store.version(
                        alert.path("id").asString(),
                        Instant.parse(alert.path("lastUpdateDateTime").asString())))
                .toList();
    }

    private ObjectNode alert(String id, int minute) {
        var time = hour.plus(Duration.ofMinutes(minute));
        return Written.alert(id, time, time);
    }

    private void putLogon(ScriptedDefender defender, String account, int minute) {
        defender.putRow(
                LOGONS,
                Map.of(
                        "Timestamp",
                        hour.plus(Duration.ofMinutes(minute)),
                        "ActionType",
                        "LogonSuccess",
                        "AccountName",
                        account),
                Instant.MIN);
    }

    private String clock() {
        return CLOCK.format(hour) + "–" + CLOCK.format(hour.plus(1, ChronoUnit.HOURS));
    }

    private void compare(String device, String feed) {
        var answer = gatehouse.call(
                "POST", "/api/v2/reconciliations", """
                {"data": {"type": "reconciliations", "attributes":
                    {"device_id": "%s", "feed": "%s", "from": "%s", "to": "%s"}}}""".formatted(device, feed, hour, hour.plus(1, ChronoUnit.HOURS)));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    }

    private void awaitSentence(String device, String feed, String sentence) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        only(device, feed).at("/attributes/sentence").asString(""))
                .isEqualTo(sentence));
    }

    private JsonNode only(String device, String feed) {
        return gatehouse
                .get(
                        "/api/v2/reconciliations?filter%%5Bsecurity_device%%5D%%5Bid%%5D=%s&filter%%5Bfeed%%5D=%s&filter%%5Bfrom%%5D=%s&filter%%5Bto%%5D=%s"
                                .formatted(device, feed, hour, hour.plus(1, ChronoUnit.HOURS)))
                .at("/data/0");
    }

    private void theScreenSays(String sentence) {
        try (var browser = Browser.start()) {
            var page = browser.open(gatehouse.url());
            page.navigate("/settings/collection/reconciliation");
            page.getByLabel("E-mail").fill(gatehouse.administrator());
            page.getByLabel("Password").fill(gatehouse.password());
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                    .click();
            assertThat(page.getByText(sentence).first()).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
