package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
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
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each alert keeps its history, and its page shows what changed. Incidents that Microsoft merges are followed to the one
 * that is left, and nothing that was said on the way is lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionsAndMergesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final Instant start = Instant.now().minus(Duration.ofMinutes(5));

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;
    private Store store;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(0)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(directory, simulator, "--gatehouse.poll.first-look-back=1d");
        browser = Browser.start();
        store = new Store(directory);
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @Test
    void anAlertsPageShowsItsHistoryAndWhatEachVersionChanged() {
        var defender = new ScriptedDefender();
        defender.putAlert(Written.alert("a", start, start));
        var contoso = simulator.addTenant("Contoso", DefenderSource.scripted(defender));
        gatehouse.connect(contoso);
        awaitVersions(contoso, Set.of(Store.version("a", start)));

        var later = start.plus(Duration.ofMinutes(1));
        defender.putAlert(
                Written.alert("a", start, later).put("status", "inProgress").put("assignedTo", "ada@contoso.com"));
        awaitVersions(contoso, Set.of(Store.version("a", start), Store.version("a", later)));

        var page = open("/vendor-alerts/" + contoso.tenantId() + "/a");
        assertThat(page.getByText("2 versions").first()).isVisible();
        page.getByText("What changed").first().click();
        assertThat(page.locator(".changes-list ins", new Page.LocatorOptions().setHasText("inProgress"))
                        .first())
                .isVisible();
        assertThat(page.locator(".changes-list ins", new Page.LocatorOptions().setHasText("ada@contoso.com"))
                        .first())
                .isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aChainOfMergersLeadsToASurvivorThatPollingNeverSawAndKeepsWhatWasSaid() {
        var defender = new ScriptedDefender();
        // Older than all that is read of a new device: only its id, in the incident that was merged into it, leads
        // there.
        var longAgo = start.minus(Duration.ofDays(40));
        defender.putIncident(Written.incident("100", "The survivor", longAgo, ""));
        defender.putIncident(Written.incident("101", "In the middle", longAgo, "100"));
        var merged = Written.incident("102", "The first one", start, "101");
        merged.putArray("comments")
                .addObject()
                .put("comment", "Seen this before.")
                .put("createdByDisplayName", "Grace")
                .put("createdDateTime", start.toString());
        defender.putIncident(merged);
        defender.putAlert(Written.alert("left-behind", start, start).put("incidentId", "102"));
        defender.putAlert(Written.alert("moved", start, start).put("incidentId", "100"));
        var fabrikam = simulator.addTenant("Fabrikam", DefenderSource.scripted(defender));
        gatehouse.connect(fabrikam);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(store.incidents(fabrikam.tenantId()))
                .contains(Store.version("100", longAgo), Store.version("101", longAgo), Store.version("102", start)));
        awaitVersions(fabrikam, Set.of(Store.version("left-behind", start), Store.version("moved", start)));

        // The old address works, and leads on.
        var page = open("/vendor-incidents/" + fabrikam.tenantId() + "/102");
        assertThat(page.locator("#redirected")).containsText("Microsoft merged this vendor incident into another.");
        assertThat(page.getByText("Seen this before.").first()).isVisible();
        page.locator("#redirected").getByText("The survivor").click();
        assertThat(page)
                .hasURL(gatehouse
                        .url()
                        .resolve("/vendor-incidents/" + fabrikam.tenantId() + "/100")
                        .toString());
        assertThat(page.getByText("2 vendor alerts").first()).isVisible();
        assertThat(page.locator("#merged")).containsText("The first one");
        assertThat(page.locator("#merged")).containsText("Seen this before.");

        page.navigate("/vendor-alerts/" + fabrikam.tenantId() + "/left-behind");
        assertThat(page.getByText("Microsoft merged it into").first()).containsText("The survivor");

        page.navigate("/vendor-incidents");
        assertThat(page.getByText("The first one")).hasCount(0);
        page.getByLabel("Show merged").check();
        assertThat(page.getByText("The first one").first()).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    private void awaitVersions(SimulatedTenant tenant, Set<String> versions) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(store.alertVersions(tenant.tenantId()))
                .isEqualTo(versions));
    }

    private Page open(String address) {
        var page = browser.open(gatehouse.url());
        page.navigate(address);
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                .click();
        return page;
    }
}
