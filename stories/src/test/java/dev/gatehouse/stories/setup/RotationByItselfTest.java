package dev.gatehouse.stories.setup;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.directory.CustomerDirectory;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.directory.Interruptions;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The running Workbench replaces a secret before it ends, or when somebody presses the button, and no poll fails. */
class RotationByItselfTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> READ = Set.of("alerts", "incidents");

    /** Rotation without the usual pauses. */
    private static final String[] AT_ONCE = {
        "--gatehouse.rotation.look-interval=1s", "--gatehouse.rotation.old-secret-stays=1s", Product.SHORT_LEASE
    };

    @TempDir
    private Path directory;

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
    private final SimulatedTenant tenant = simulator.tenants().getFirst();
    private final CustomerDirectory customer = simulator.customerDirectory(tenant.tenantId());

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void thirtyDaysBeforeTheEndTheApplicationReplacesItsOwnSecretWhilePollsGoOn() {
        customer.letOwnItself(tenant.applicationId().toString());
        try (var gatehouse = Product.start(directory, simulator, AT_ONCE)) {
            var device = gatehouse.connect(tenant);
            awaitPolls(gatehouse, device);

            secretEndsIn(Duration.ofDays(20), gatehouse, device);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.application().secrets())
                            .singleElement()
                            .satisfies(secret -> assertThat(secret.value()).isNotEqualTo(tenant.clientSecret())));
            assertThat(attributes(gatehouse, device)
                            .path("credential_days_left")
                            .asLong(0))
                    .isGreaterThan(700);
            awaitPolls(gatehouse, device);
            assertThatNoSignInFailed(gatehouse);
            assertThat(gatehouse.printed())
                    .doesNotContain(tenant.application().secrets().getFirst().value());
        }
    }

    @Test
    void aReplacementThatWasKilledIsTakenUpByTheNextStart() {
        customer.letOwnItself(tenant.applicationId().toString());
        var gatehouse = Product.start(directory, simulator, AT_ONCE);
        var device = gatehouse.connect(tenant);
        awaitPolls(gatehouse, device);
        // Microsoft's servers do not know the new secret yet, so that it is being waited for when the power goes off.
        customer.replication().delay(Duration.ofMinutes(1));
        simulator.directoryInterruptions().cut(Integer.MAX_VALUE, Interruptions.When.NEVER);
        secretEndsIn(Duration.ofDays(20), gatehouse, device);
        // The registration was found and the order for a new secret came in.
        await().atMost(PATIENCE).until(() -> simulator.directoryInterruptions().stop() >= 2);
        gatehouse.kill();
        customer.replication().delay(Duration.ZERO);
        simulator.clock().advance(Duration.ofMinutes(2));

        try (var again = Product.start(directory, simulator, AT_ONCE)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.application().secrets())
                            .singleElement()
                            .satisfies(secret -> assertThat(secret.keyId())
                                    .hasToString(attributes(again, device)
                                            .path("credential_id")
                                            .asString())));
            awaitPolls(again, device);
            assertThatNoSignInFailed(again);
        }
    }

    @Test
    void withoutThatRightTheHomePageSaysSoAndTheButtonTakesAnAdministrator() {
        customer.addUser("ada@contoso.example", "Ada", DirectoryRole.APPLICATION_ADMINISTRATOR);
        try (var gatehouse = Product.start(directory, simulator, AT_ONCE);
                var browser = Browser.start()) {
            var device = gatehouse.connect(tenant);
            awaitPolls(gatehouse, device);
            secretEndsIn(Duration.ofDays(13).plusHours(1), gatehouse, device);
            var page = signedIn(browser, gatehouse);
            assertThat(page.locator("[data-test=expiry-notice]"))
                    .containsText(
                            "Client secret expires in 13 days and could not be replaced. The application has no right to replace what it signs in with.");

            page.navigate("/settings/security-devices/" + device);
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Replace secret"))
                    .click();
            assertThat(page.locator("[data-test=user-code]")).isVisible();
            customer.signInsAreApprovedBy(Optional.of("ada@contoso.example"));

            assertThat(page.locator("[data-test=rotation-result]").getByText("A new secret is in use until"))
                    .isVisible();
            assertThat(tenant.application().secrets()).singleElement().satisfies(secret -> assertThat(secret.value())
                    .isNotEqualTo(tenant.clientSecret()));
            awaitPolls(gatehouse, device);
            assertThatNoSignInFailed(gatehouse);
            assertThat(browser.complaints()).isEmpty();

            // The same by the API, where a program shows the code.
            customer.signInsAreApprovedBy(Optional.empty());
            var path = "/api/v2/security_devices/" + device + "/credential_replacement";
            assertThat(gatehouse.call("POST", path, "").status()).isEqualTo(202);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gatehouse
                            .get(path)
                            .at("/data/attributes/sign_in_code")
                            .asString(""))
                    .isNotEmpty());
            assertThat(gatehouse.call("POST", path, "").status()).isEqualTo(409);
            customer.signInsAreApprovedBy(Optional.of("ada@contoso.example"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            gatehouse.get(path).at("/data/attributes/state").asString())
                    .isEqualTo("done"));
            assertThat(gatehouse.get(path).at("/data/attributes/actor").asString())
                    .startsWith("API token");
        }
    }

    private static void secretEndsIn(Duration left, Product gatehouse, String device) {
        var answer = gatehouse.call("PATCH", "/api/v2/security_devices/" + device, """
                {"data": {"type": "security_devices", "attributes": {"client_secret_expires_at": "%s"}}}
                """.formatted(
                        Instant.now().plus(left)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    /** Alerts and incidents have been read since now; a quiet tenant has no hunting tables. */
    private static void awaitPolls(Product gatehouse, String device) {
        var since = Instant.now();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        attributes(gatehouse, device).path("feeds"))
                .filteredOn(feed -> READ.contains(feed.path("feed").asString("")))
                .hasSize(READ.size())
                .allSatisfy(feed ->
                        assertThat(feed.path("last_success_at").asString("")).isGreaterThan(since.toString())));
    }

    /** The log has a line for everything that a feed stumbles upon. */
    private static void assertThatNoSignInFailed(Product gatehouse) {
        assertThat(gatehouse.printed().lines())
                .filteredOn(line -> line.contains("collect.Collector"))
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("secret"));
    }

    private static JsonNode attributes(Product gatehouse, String device) {
        return gatehouse.get("/api/v2/security_devices/" + device).at("/data/attributes");
    }

    private static Page signedIn(Browser browser, Product gatehouse) {
        var page = browser.open(gatehouse.url());
        page.navigate("/");
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                .click();
        return page;
    }
}
