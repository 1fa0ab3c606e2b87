package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everybody can use every page: axe-core finds nothing to complain about, nothing is wider than the window, no script fails,
 * in light and dark, at 1280 pixels and at the 320 that are left of them at four times the size.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageInABrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WIDE = 1280;
    private static final int NARROW = 320;

    private static final List<String> ADDRESSES = List.of(
            "/",
            "/alerts?status=any",
            "/alerts/{alert}",
            "/search",
            "/search?q=contoso",
            "/account/views",
            "/account/views/add?name=Mine&address=/alerts",
            "/activity",
            "/activity/{investigation}",
            "/activity/{investigation}/findings",
            "/activity/{investigation}/actions",
            "/activity/{investigation}/timeline",
            "/activity/{investigation}/remediation",
            "/activity/{investigation}/alerts",
            "/activity/{investigation}/involved",
            "/activity/{investigation}/comments",
            "/activity/{investigation}/update",
            "/activity/{investigation}/files",
            "/activity/{investigation}/history",
            "/activity/{investigation}/report",
            "/dashboards/alert-analysis",
            "/dashboards/alert-analysis/{device}",
            "/dashboards/alert-analysis/{device}?tab=vendor-alerts",
            "/dashboards/alert-analysis/{device}?tab=alerts",
            "/dashboards/raw-events",
            "/dashboards/time-metrics",
            "/dashboards/mitre-attack",
            "/detections/rules",
            "/detections/rules/suspected-dcsync-attack",
            "/detections/rules/default",
            "/detections/add-rule",
            "/detections/rules/default/history",
            "/detections/suppressions",
            "/detections/add-suppression",
            "/detections/import-suppression",
            "/vendor-alerts",
            "/vendor-alerts?severity=hgih",
            "/vendor-alerts/{tenant}/a",
            "/vendor-incidents",
            "/vendor-incidents/{tenant}/100",
            "/hunting",
            "/settings/security-devices",
            "/settings/security-devices/{device}",
            "/settings/security-devices/{device}/edit",
            "/settings/security-devices/{device}/test",
            "/settings/security-devices/{device}/delete",
            "/settings/security-devices/{device}/console-access",
            "/settings/security-devices/add",
            "/settings/security-devices/add?setupIntegration=microsoft_defender_for_identity",
            "/settings/setup-guide",
            "/settings/setup-guide/add",
            "/settings/collection/ledger",
            "/settings/collection/budget",
            "/settings/collection/reconciliation",
            "/settings/collection/quarantine",
            "/settings/collection/unreadable",
            "/settings/collection/processes",
            "/settings/users",
            "/settings/users/add",
            "/settings/service-accounts",
            "/settings/service-accounts/add",
            "/settings/organizations",
            "/settings/organizations/add",
            "/settings/context",
            "/settings/context/add",
            "/settings/notes",
            "/settings/notes/add",
            "/settings/integrations",
            "/settings/integrations/add",
            "/settings/integrations/add?type=webhook",
            "/settings/notifications",
            "/settings/notifications/add",
            "/account/notifications",
            "/account/notifications/add",
            "/organizations",
            "/account/password",
            "/account/second-factor",
            "/account/second-factor/set-up",
            "/account/preferences",
            "/nothing/is/here");

    private static final String VIOLATIONS = """
            async rules => (await axe.run(document, {resultTypes: ['violations'],
                    ...(rules.length > 0 ? {runOnly: {type: 'rule', values: rules}} : {})})).violations
                .map(found => found.id + ' at ' + found.nodes.map(node => node.target.join(' ')).join(', '))
            """;

    /** A page answers to a new width with its next frame, which a busy machine shows late. */
    private static final String SHOWN =
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    private static final List<String> ALL_RULES = List.of();

    /** A theme is a set of colours: nothing else of a page depends on it. */
    private static final List<String> RULES_OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    /** Tables may be scrolled where there is little room, each in its own place; the page itself may not. */
    private static final String TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth";

    private static final String CUT = """
            () => [...document.querySelectorAll('table.lines')].filter(table => table.rows.length > 1)
                .map(table => table.closest('.scroll')).filter(place => place && place.scrollWidth > place.clientWidth)
                .map(place => place.querySelector('table').getAttribute('aria-label'))
            """;

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;
    private Page page;
    private String axe = "";
    private String tenant = "";
    private String alert = "";
    private String investigation = "";

    @BeforeAll
    void setTheStage(@TempDir Path directory) throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(0)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(directory, simulator);
        var defender = new ScriptedDefender();
        var at = Instant.now().minus(Duration.ofMinutes(5));
        defender.putAlert(Written.alert("a", at, at));
        defender.putIncident(Written.incident("100", "Multi-stage incident with a title of some length", at, ""));
        var contoso = simulator.addTenant("Contoso", DefenderSource.scripted(defender));
        gatehouse.connect(contoso);
        tenant = contoso.tenantId().toString();
        browser = Browser.start();
        try (var script = getClass().getResourceAsStream("/axe/axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        }
        page = browser.open(gatehouse.url());
        signIn(page);
        await().atMost(PATIENCE).until(() -> {
            page.navigate("/vendor-incidents/" + tenant + "/100");
            return page.locator("#vendor-incident").count() == 1;
        });
        await().atMost(PATIENCE).until(() -> {
            page.navigate("/alerts?status=any");
            return page.locator("#alert-rows a.title").count() == 1;
        });
        page.locator("#alert-rows a.title").click();
        page.waitForURL("**/alerts/*");
        alert = lastPart(page.url());
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Investigate"))
                .click();
        page.waitForURL("**/activity/*");
        investigation = lastPart(page.url());
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void isForEverybody(String address) {
        for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            page.setViewportSize(WIDE, 720);
            page.navigate(filled(address));
            assertThat(page.locator("h1").first()).isVisible();
            page.evaluate(axe);
            for (var width : List.of(WIDE, NARROW)) {
                page.setViewportSize(width, 720);
                page.waitForFunction("width => window.innerWidth === width", width);
                page.evaluate(SHOWN);
                var where = "%s in %s at %d pixels".formatted(address, theme, width);
                assertThat((List<?>)
                                page.evaluate(VIOLATIONS, theme == ColorScheme.LIGHT ? ALL_RULES : RULES_OF_COLOURS))
                        .as(where)
                        .isEmpty();
                assertThat((Integer) page.evaluate(TOO_WIDE))
                        .as("wider than " + where)
                        .isNotPositive();
                if (width == WIDE) {
                    assertThat((List<?>) page.evaluate(CUT))
                            .as("lists cut in " + where)
                            .isEmpty();
                }
            }
        }
        assertThat(browser.complaints())
                .filteredOn(complaint -> !complaint.contains("404"))
                .isEmpty();
    }

    @Test
    void hasNoButtonThatDoesNothingWithoutScript() {
        var plain = browser.openWithoutScript(gatehouse.url());
        signIn(plain);
        for (var address : ADDRESSES) {
            plain.navigate(filled(address));
            assertThat(plain.locator("button[type=button]:not([popovertarget]):visible")
                            .count())
                    .as(address)
                    .isZero();
        }
        plain.navigate("/vendor-alerts");
        plain.getByLabel("Search").fill("nothing like it");
        plain.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Search"))
                .click();
        assertThat(plain.getByText("No vendor alert fits the filters")).isVisible();
    }

    static List<String> addresses() {
        return ADDRESSES;
    }

    private static String lastPart(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private void signIn(Page window) {
        window.navigate("/");
        window.getByLabel("E-mail").fill(gatehouse.administrator());
        window.getByLabel("Password").fill(gatehouse.password());
        window.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private String filled(String address) {
        return address.replace("{tenant}", tenant)
                .replace("{device}", device(address))
                .replace("{alert}", alert)
                .replace("{investigation}", investigation);
    }

    private String device(String address) {
        if (!address.contains("{device}")) {
            return "";
        }
        page.navigate("/settings/security-devices");
        var link =
                Objects.requireNonNull(page.locator("#devices a.title").first().getAttribute("href"));
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
