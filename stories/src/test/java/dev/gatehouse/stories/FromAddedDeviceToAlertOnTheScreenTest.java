package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job: an administrator follows the set-up guide in the Workbench, and an analyst sees what attackers do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FromAddedDeviceToAlertOnTheScreenTest {

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(1)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(DefenderSource.companies(Pace.DEMO)));
        gatehouse = Product.start(directory, simulator);
        browser = Browser.start();
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @Test
    void aStrangerConnectsATenantAndTriagesADcsync() {
        var tenant = simulator.tenants().getFirst();
        var colleague = signedIn();
        colleague.getByRole(AriaRole.LINK, named("Security Devices")).click();
        assertThat(colleague.getByText("No security device yet")).isVisible();
        var page = signedIn();

        // Organization Settings > Security Devices > Add Security Device, as the guide says.
        page.getByRole(AriaRole.LINK, named("Security Devices")).click();
        page.getByRole(AriaRole.LINK, named("Add Security Device")).first().click();
        page.getByRole(AriaRole.SEARCHBOX).fill("Defender");
        page.locator("[data-test=microsoft_defender_for_identity]").click();
        var pane = page.getByRole(AriaRole.DIALOG);
        pane.getByLabel("Name", exactly()).fill(tenant.name() + " Microsoft Defender for Identity");
        pane.getByLabel("Location", exactly()).fill("cloud");
        pane.getByLabel("Directory ID").fill(tenant.tenantId().toString());
        pane.getByLabel("Application ID").fill(tenant.applicationId().toString());

        // The commonest mistake first: the Secret ID in place of the Value.
        pane.getByLabel("Client secret", exactly()).fill(tenant.secretId().toString());
        pane.getByText("Advanced").click();
        pane.getByLabel("Cloud").selectOption(Product.CLOUD);
        pane.getByRole(AriaRole.BUTTON, testConnection()).click();
        assertThat(pane.getByText("This looks like the Secret ID. Paste the secret's Value.")
                        .first())
                .isVisible();

        pane.getByLabel("Client secret", exactly()).fill(tenant.clientSecret());
        pane.getByRole(AriaRole.BUTTON, testConnection()).click();
        assertThat(pane.getByText("The connection works.")).isVisible();
        pane.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                .click();

        assertThat(pane.getByLabel("Console access")).hasValue("set_up_later");
        // Whoever looks at the empty list sees the first device come, with all that belongs to a list.
        assertThat(colleague.locator("#device-rows").getByText(tenant.name())).isVisible();
        assertThat(colleague.locator("#filter-name")).isVisible();
        pane.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Continue"))
                .click();

        // No reload from here on: the pages update by themselves.
        assertThat(page.getByText(Pattern.compile("Receiving data", Pattern.CASE_INSENSITIVE))
                        .first())
                .isVisible();

        page.getByRole(AriaRole.LINK, named("Vendor alerts")).first().click();
        var dcsync = page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(Pattern.compile("DCSync")));
        assertThat(dcsync.first()).isVisible();
        dcsync.first().click();

        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(Pattern.compile("DCSync")))
                        .first())
                .isVisible();
        assertThat(page.getByText("T1003.006").first()).isVisible();
        assertThat(page.getByText("lastUpdateDateTime").first()).isAttached();
        assertThat(browser.complaints()).isEmpty();
    }

    private Page signedIn() {
        var page = browser.open(gatehouse.url());
        page.navigate("/");
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        return page;
    }

    private static Locator.GetByRoleOptions testConnection() {
        return new Locator.GetByRoleOptions().setName("Test connection");
    }

    private static Locator.GetByLabelOptions exactly() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name);
    }
}
