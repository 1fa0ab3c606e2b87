package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From signing in to an incident that is closed: as an analyst of the SOC, with the keyboard alone, and as a customer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FromSignInToClosedIncidentTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How often somebody would press Tab before giving up. */
    private static final int MOST_TABS = 80;

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;

    @BeforeAll
    void setTheStage(@TempDir Path directory) throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(0)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(directory, simulator);
        var defender = new ScriptedDefender();
        for (var account : new String[] {"ada", "ben", "cleo", "dora", "emil"}) {
            var at = Instant.now().minus(Duration.ofMinutes(5));
            defender.putAlert(Written.alertAbout(account, at, at));
        }
        gatehouse.connect(simulator.addTenant("Contoso", DefenderSource.scripted(defender)));
        browser = Browser.start();
        var page = browser.open(gatehouse.url());
        signIn(page, gatehouse.administrator(), gatehouse.password());
        await().atMost(PATIENCE).until(() -> {
            page.navigate("/alerts");
            return page.locator("#alert-rows a.title").count() == 5;
        });
        page.close();
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @AfterEach
    void noPageComplains() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anAnalystDecidesWithTheMouse() {
        var page = browser.open(gatehouse.url());
        signIn(page, gatehouse.administrator(), gatehouse.password());

        page.navigate("/alerts?text=ada");
        page.locator("#alert-rows a.title").click();
        untilNextPage(page, () -> press(page, "Assign to me"));
        assertThat(page.getByText("Assigned to")).hasCount(2);
        press(page, "Investigate");
        decide(page);

        assertThat(page.locator("#investigation .head")).containsText("Incident");
        assertThat(page.locator("#investigation .head")).containsText("True positive");
        page.navigate("/activity?status=closed&show=incidents&text=dcsync");
        assertThat(page.locator("#activity-list")).containsText("Suspected DCSync attack");
        page.navigate("/alerts?text=ada&status=closed");
        assertThat(page.locator("#alert-rows")).containsText("True positive");
    }

    /** Promotes what is open on the page, and closes it with its alerts. */
    private static void decide(Page page) {
        page.waitForURL(Pattern.compile(".*/activity/[^/]+$"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Update Investigation"))
                .click();
        untilNextPage(page, () -> press(page, "Promote to incident"));
        assertThat(page.locator("#investigation .head")).containsText("Incident");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Update Investigation"))
                .click();
        page.getByLabel("Decision").selectOption("TRUE_POSITIVE");
        page.locator("#close_comment").fill("The account was disabled and its secrets replaced.");
        press(page, "Close investigation");
    }

    @Test
    void somebodyDecidesWithTheKeyboardAlone() {
        var page = browser.open(gatehouse.url());
        var keys = page.keyboard();
        page.navigate("/");
        assertThat(page.getByLabel("E-mail")).isFocused();
        keys.type(gatehouse.administrator());
        keys.press("Tab");
        keys.type(gatehouse.password());
        keys.press("Enter");
        assertThat(page.locator("#live-sign")).hasText("Live");

        keys.press("g");
        keys.press("a");
        page.waitForURL("**/alerts");
        keys.press("j");
        keys.press("j");
        assertThat(page.locator("#alert-rows tr").nth(1).locator("a.title")).isFocused();
        keys.press("x");
        assertThat(page.locator("#alert-rows input:checked")).hasCount(1);
        keys.press("x");
        keys.press("/");
        keys.type("ben");
        assertThat(page.locator("#alert-rows a.title")).hasCount(1);
        keys.press("Escape");
        assertThat(page.locator("#alert-rows a.title")).isFocused();
        keys.press("Enter");
        page.waitForURL("**/alerts/*");

        untilNextPage(page, () -> keys.press("i"));
        assertThat(page.locator("#alert-live .head")).containsText("Assigned to First administrator");
        keys.press("v");
        page.waitForURL(Pattern.compile(".*/activity/[^/]+$"));
        keys.press("e");
        page.waitForURL("**/update");
        untilNextPage(page, () -> keys.press("p"));
        assertThat(page.locator("#investigation .head")).containsText("Incident");
        page.keyboard().press("Control+k");
        keys.type("update inv");
        keys.press("Enter");
        page.waitForURL("**/update");
        assertThat(page.locator("#decision")).isVisible();
        keys.press("e");
        assertThat(page.locator("#decision")).isFocused();
        keys.type("True");
        keys.press("Tab");
        keys.type("The account was disabled.");
        tabTo(page, "Close investigation");
        keys.press("Enter");

        assertThat(page.locator("#investigation .head")).containsText("True positive");
    }

    private static void tabTo(Page page, String words) {
        for (var tab = 0; tab < MOST_TABS; tab++) {
            page.keyboard().press("Tab");
            if (page.evaluate("() => document.activeElement.textContent.trim()").equals(words)) {
                return;
            }
        }
        throw new AssertionError("Nobody comes to '%s' by pressing Tab".formatted(words));
    }

    @Test
    void theBoxThatGoesAnywhereFindsAnAccountAndSaysWhenItFindsNothing() {
        var page = browser.open(gatehouse.url());
        signIn(page, gatehouse.administrator(), gatehouse.password());
        var options = page.locator("#palette [role=option]");

        page.keyboard().press("Control+k");
        page.keyboard().type("cleo");
        assertThat(options.first()).containsText("contoso\\cleo");
        assertThat(options.first()).hasAttribute("aria-selected", "true");
        page.keyboard().press("Enter");
        page.waitForURL("**/entities?**");
        assertThat(page.locator("h1")).hasText("contoso\\cleo");
        assertThat(page.locator("#entity-alerts a.title")).hasCount(1);

        page.keyboard().press("Control+k");
        page.keyboard().type("nobody-is-called-so");
        assertThat(page.locator("#palette [role=status]")).hasText("Nothing is called so.");
        page.keyboard().press("Escape");
        assertThat(page.locator("#palette")).not().isVisible();
    }

    @Test
    void lettersDoNothingForWhoeverHasSwitchedThemOff() {
        var page = browser.open(gatehouse.url());
        signIn(page, gatehouse.administrator(), gatehouse.password());
        page.navigate("/account/preferences");
        page.getByLabel("Off, for people").check();
        press(page, "Save");

        page.navigate("/alerts?status=any");
        page.keyboard().press("j");
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).not().isVisible();
        assertThat(page.locator("#alert-rows :focus")).hasCount(0);
        page.keyboard().press("Control+k");
        assertThat(page.locator("#palette")).isVisible();
    }

    @Test
    void aViewIsTheListAsItStands() {
        var page = browser.open(gatehouse.url());
        signIn(page, gatehouse.administrator(), gatehouse.password());
        page.navigate("/alerts");
        page.locator("#filter-text").fill("cleo");
        page.locator("#filter-status").selectOption("any");
        page.waitForURL("**/alerts?**status=any**");
        assertThat(page.locator("#alert-rows a.title")).hasCount(1);

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Save this page as a view"))
                .click();
        page.getByLabel("Name").fill("All of Cleo");
        press(page, "Save view");

        page.navigate("/settings/security-devices");
        page.locator(".menu").getByText("All of Cleo").click();
        assertThat(page.locator("#filter-text")).hasValue("cleo");
        assertThat(page.locator("#alert-rows a.title")).hasCount(1);
    }

    @Test
    void aCustomerDecidesAndSeesNoOther() {
        var organization = gatehouse
                .get("/api/v2/organizations")
                .at("/data/0/attributes/short_name")
                .asString();
        var made = gatehouse.call("POST", "/api/v2/user_accounts", """
                {"data": {"type": "user_accounts", "attributes": {"email": "ana@contoso.example", "display_name": "Ana Reis",
                          "role": "organization_analyst", "organization": "%s"}}}""".formatted(organization));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        var page = browser.open(gatehouse.url());
        signIn(
                page,
                "ana@contoso.example",
                made.body().at("/data/attributes/password").asString());

        assertThat(page.locator(".menu")).not().containsText("All organizations");
        page.navigate("/alerts?text=cleo");
        page.locator("#alert-rows a.title").click();
        untilNextPage(page, () -> press(page, "Assign to me"));
        assertThat(page.locator("#alert-live .head")).containsText("Assigned to Ana Reis");
        press(page, "Investigate");
        decide(page);

        assertThat(page.locator("#investigation .head")).containsText("True positive");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("History")).click();
        assertThat(page.locator("#investigation")).containsText("Ana Reis");
    }

    /**
     * Does what makes the browser load a page, and waits for that page with its scripts. What the page before it showed by
     * itself when it heard the news does not count: a key that is pressed on the way from one page to the next is lost.
     */
    private static void untilNextPage(Page page, Runnable action) {
        page.evaluate("() => { window.isPageBefore = true; }");
        action.run();
        page.waitForFunction("() => !window.isPageBefore && document.readyState === 'complete'");
    }

    private static void signIn(Page page, String email, String password) {
        page.navigate("/");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(password);
        press(page, "Sign in");
        assertThat(page.locator("#live-sign")).hasText("Live");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
