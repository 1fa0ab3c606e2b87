package dev.gatehouse.stories.setup;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.directory.CustomerDirectory;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The guide is a page that does its steps, or says of each whether it was done by hand, and why not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetUpFromTheWorkbenchTest {

    private static final String ADMIN = "ada@customer.example";
    private static final String ORGANIZATION = "a123bc45-aa12-123b";
    private static final String BY_HAND = "hnd8Q~a-secret-that-was-made-by-hand";
    private static final List<String> POINTS = List.of(
            "guest", "role", "partner", "application", "secret", "permissions", "user_read", "device", "connection");

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;
    private final StringBuilder seen = new StringBuilder();

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(5)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(directory, simulator, "--gatehouse.rotation.old-secret-stays=1s");
        browser = Browser.start();
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @Test
    void doesItAllFromAnEmptyTenantToAHealthyDevice() {
        var tenant = simulator.tenants().getFirst();
        var customer = simulator.customerDirectory(tenant.tenantId());
        customer.addUser(ADMIN, "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
        var page = setUp(tenant);
        look(page);
        assertThat(page.locator("#value-guest-mail")).hasText(ORGANIZATION + "@soc.expel.io");

        page.getByRole(AriaRole.BUTTON, named("Do it for me")).click();
        assertThat(page.locator("#sign-in-code")).isVisible();
        look(page);
        customer.signInsAreApprovedBy(Optional.of(ADMIN));

        // The plan comes without a reload, and before anything is touched.
        assertThat(page.locator("[data-phase=planned]")).isVisible();
        assertThat(page.locator("[data-part=guest]")).hasAttribute("data-action", "create");
        look(page);
        assertThat(guide(customer)).isEmpty();
        page.getByRole(AriaRole.BUTTON, named("Do this")).click();

        // It goes on while nobody looks.
        var guide = page.url();
        page.navigate("/vendor-alerts");
        page.navigate(guide);
        assertThat(page.locator("[data-test=run-result]")).containsText("the connection works");
        for (var point : POINTS) {
            assertThat(page.locator("#tick-" + point)).hasAttribute("data-state", "confirmed");
        }
        assertThat(page.locator("[data-test=device-health]")).hasText("Healthy");
        assertThat(page.locator("#console-card [data-state]")).hasAttribute("data-state", "invited");
        assertThat(guide(customer)).hasSize(1);
        look(page);

        page.locator("#device-card a").click();
        assertThat(page.getByText("The invitation is redeemed at the first sign-in."))
                .isVisible();
        look(page);
        assertThat(customer.users().stream().map(user -> user.path("mail").asString("")))
                .contains(ORGANIZATION + "@soc.expel.io");
        assertThatNoSecretWasSeen(customer);
    }

    @Test
    void whatWasDoneByHandIsTickedAndWhatIsMissingSaysWhy() {
        var tenant = simulator.tenants().get(1);
        var customer = simulator.customerDirectory(tenant.tenantId());
        customer.addUser(ADMIN, "Ada", DirectoryRole.GLOBAL_READER);
        var application = doTheGuideByHand(customer);
        application.revoke("ThreatHunting.Read.All");
        var page = setUp(tenant);

        // Without an administrator: the application's own token says what there is to say about steps 2 and 3.
        page.getByLabel("Application ID").fill(application.id().toString());
        page.getByLabel("Client secret").fill(BY_HAND);
        page.getByRole(AriaRole.BUTTON, exactly("Save")).click();
        assertThat(page.locator("[data-test=tried]")).containsText("does not work yet");
        assertThat(page.locator("#tick-secret")).hasAttribute("data-state", "confirmed");
        assertThat(page.locator("#tick-permissions")).hasAttribute("data-state", "open");
        assertThat(page.locator("#tick-permissions")).containsText("ThreatHunting.Read.All");
        assertThat(page.locator("#tick-guest")).hasAttribute("data-state", "unchecked");
        look(page);

        // With one who may only read: everything else.
        customer.signInsAreApprovedBy(Optional.of(ADMIN));
        page.getByRole(AriaRole.BUTTON, named("I did it by hand: check")).click();
        assertThat(page.locator("[data-test=run-result]")).containsText("1 of steps 1 and 2 is left");
        for (var point : List.of("guest", "role", "partner", "application", "secret", "user_read", "device")) {
            assertThat(page.locator("#tick-" + point)).hasAttribute("data-state", "confirmed");
        }
        assertThat(page.locator("#tick-permissions"))
                .containsText("Admin consent is missing for ThreatHunting.Read.All.");
        assertThat(page.locator("#console-card [data-state]")).hasAttribute("data-state", "active");

        // Somebody grants it; the next look ticks it.
        application.grant(List.of("ThreatHunting.Read.All"));
        page.getByRole(AriaRole.BUTTON, named("I did it by hand: check")).click();
        assertThat(page.locator("[data-test=run-result]")).containsText("Steps 1 and 2 are confirmed.");
        for (var point : POINTS) {
            assertThat(page.locator("#tick-" + point)).hasAttribute("data-state", "confirmed");
        }
        look(page);
        assertThat(guide(customer)).hasSize(1);
        assertThatNoSecretWasSeen(customer);
    }

    @Test
    void aCustomerWhoForbidsSecretsIsToldSoAndGetsACertificate() {
        var tenant = simulator.tenants().get(3);
        var customer = simulator.customerDirectory(tenant.tenantId());
        customer.addUser(ADMIN, "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
        customer.signInsAreApprovedBy(Optional.of(ADMIN));
        customer.forbidSecrets();
        var page = setUp(tenant);
        page.getByRole(AriaRole.BUTTON, named("Do it for me")).click();
        page.getByRole(AriaRole.BUTTON, named("Do this")).click();
        assertThat(page.locator("[data-test=run-result]")).containsText("Not all of it worked");
        assertThat(page.locator("#value-application")).isVisible();
        assertThat(page.locator("#run"))
                .containsText("This tenant's policy forbids client secrets: choose a certificate in their place.");

        page.getByRole(AriaRole.LINK, exactly("Edit")).click();
        page.getByLabel("Use a certificate in place of a secret").check();
        page.getByRole(AriaRole.BUTTON, exactly("Save")).click();
        assertThat(page.getByText("Give it a certificate")).isVisible();
        look(page);
        page.getByRole(AriaRole.BUTTON, named("Do it for me")).click();
        assertThat(page.locator("[data-part=secret]")).containsText("→ certificate");
        page.getByRole(AriaRole.BUTTON, named("Do this")).click();
        assertThat(page.locator("[data-test=run-result]"))
                .containsText("The tenant is as the guide has it, and the connection works.");
        for (var point : POINTS) {
            assertThat(page.locator("#tick-" + point)).hasAttribute("data-state", "confirmed");
        }
        look(page);
        var application = guide(customer).getFirst();
        assertThat(application.path("passwordCredentials")).isEmpty();
        assertThat(application.at("/keyCredentials/0/displayName").asString()).isEqualTo("Expel API");

        // The device's page can replace it, as the administrator who signs in.
        page.locator("#device-card a").click();
        assertThat(page.locator("[data-test=expires]")).containsText("729 days");
        page.getByRole(AriaRole.BUTTON, exactly("Replace certificate")).click();
        assertThat(page.locator("[data-test=rotation-result]")).containsText("A new certificate is in use until");
        assertThat(guide(customer)).singleElement().satisfies(after -> assertThat(after.path("keyCredentials"))
                .singleElement()
                .isNotEqualTo(application.at("/keyCredentials/0")));
        look(page);
        assertThat(seen.toString() + gatehouse.printed()).doesNotContain("PRIVATE KEY-----\n");
    }

    @Test
    void aDeviceThatReadsWithAnotherApplicationIsNamedAndGoesOver() {
        var tenant = simulator.tenants().get(4);
        var customer = simulator.customerDirectory(tenant.tenantId());
        customer.addUser(ADMIN, "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
        customer.signInsAreApprovedBy(Optional.of(ADMIN));
        var device = gatehouse.connect(tenant, "ORG");
        var page = setUp(tenant);
        page.getByRole(AriaRole.BUTTON, named("Do it for me")).click();

        assertThat(page.locator("[data-test=going-over]"))
                .containsText("It signs in with application %s until now".formatted(tenant.applicationId()));
        page.getByRole(AriaRole.BUTTON, named("Do this")).click();

        assertThat(page.locator("[data-test=run-result]"))
                .containsText("The tenant is as the guide has it, and the connection works.");
        assertThat(gatehouse
                        .get("/api/v2/security_devices/" + device)
                        .at("/data/attributes/application_id")
                        .asString())
                .isEqualTo(guide(customer).getFirst().path("appId").asString());
    }

    @Test
    void whoMayDoOnlyAPartGetsThatPartDoneAndAHandoverForTheRest() {
        var tenant = simulator.tenants().get(2);
        var customer = simulator.customerDirectory(tenant.tenantId());
        customer.addUser(ADMIN, "Ada", DirectoryRole.USER_ADMINISTRATOR, DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
        customer.signInsAreApprovedBy(Optional.of(ADMIN));
        var page = setUp(tenant);

        page.getByRole(AriaRole.BUTTON, named("Do it for me")).click();
        assertThat(page.locator("[data-part=consent]")).hasAttribute("data-action", "blocked");
        page.getByRole(AriaRole.BUTTON, named("Do this")).click();

        var handover = page.locator("[data-test=handover]");
        assertThat(handover).containsText("Privileged Role Administrator");
        assertThat(handover.locator("#consent-page")).containsText("/adminconsent?client_id=");
        assertThat(page.locator("#tick-guest")).hasAttribute("data-state", "confirmed");
        assertThat(page.locator("#tick-permissions")).hasAttribute("data-state", "open");
        look(page);
        assertThatNoSecretWasSeen(customer);
        assertThat(browser.complaints()).isEmpty();
    }

    // ---- Steps -------------------------------------------------------------------------------------------------

    /** Signs in to the Workbench and writes the customer down. */
    private Page setUp(SimulatedTenant tenant) {
        var page = browser.open(gatehouse.url());
        page.navigate("/");
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        page.getByRole(AriaRole.LINK, exactly("Setup Guide")).click();
        page.locator("#add-set-up").click();
        page.getByLabel("Customer").fill(tenant.name());
        page.getByLabel("Directory ID").fill(tenant.tenantId().toString());
        page.getByLabel("Organization GUID").fill(ORGANIZATION);
        page.getByText("Advanced").click();
        page.getByLabel("Cloud").selectOption(Product.CLOUD);
        page.getByRole(AriaRole.BUTTON, exactly("Save")).click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(tenant.name()))
                        .first())
                .isVisible();
        return page;
    }

    private Application doTheGuideByHand(CustomerDirectory customer) {
        var guestId = customer.addUser("a123bc45_soc.expel.io#EXT#@customer.example", "Expel SOC");
        customer.users()
                .getLast()
                .put("mail", ORGANIZATION + "@soc.expel.io")
                .put("userType", "Guest")
                .put("externalUserState", "Accepted");
        customer.assign(guestId, DirectoryRole.GLOBAL_READER);
        customer.partners().add((ObjectNode) JsonMapper.shared().readTree("""
                {"tenantId":"1cde81fd-b430-4035-b24d-709921922876",
                 "inboundTrust":{"isMfaAccepted":true,"isCompliantDeviceAccepted":true,
                                 "isHybridAzureADJoinedDeviceAccepted":true},
                 "automaticUserConsentSettings":{"inboundAllowed":true,"outboundAllowed":false}}"""));
        var application = new Application(UUID.randomUUID(), UUID.randomUUID(), "Expel Defender for Identity");
        application.add(new ApplicationSecret(
                UUID.randomUUID(), BY_HAND, simulator.clock().instant().plus(Duration.ofDays(365))));
        customer.tenant().add(application);
        customer.changeApplication(
                application.id().toString(), (ObjectNode) JsonMapper.shared().readTree("""
                {"signInAudience":"AzureADMyOrg","requiredResourceAccess":[
                  {"resourceAppId":"00000003-0000-0000-c000-000000000000","resourceAccess":[
                    {"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"},
                    {"id":"472e4a4d-bb4a-4026-98d1-0b0d74cb74a5","type":"Role"},
                    {"id":"bf394140-e372-4bf9-a898-299cfc7564e5","type":"Role"},
                    {"id":"dd98c7f5-2d42-42d3-a0e4-633161547251","type":"Role"},
                    {"id":"45cc0394-e837-488b-a098-1918f48d186c","type":"Role"}]}]}"""));
        customer.grantAdminConsent(application.id().toString());
        return application;
    }

    private static List<ObjectNode> guide(CustomerDirectory customer) {
        return customer.applications().stream()
                .filter(app -> app.path("displayName").asString().equals("Expel Defender for Identity"))
                .toList();
    }

    // ---- What must not be seen ---------------------------------------------------------------------------------

    /** Keeps what the page holds, and what its print holds. */
    private void look(Page page) {
        seen.append(page.content());
        if (page.url().contains("/setup-guide/")) {
            seen.append(page.request()
                    .get(page.url().replaceFirst("#.*", "") + "/print")
                    .text());
        }
    }

    private void assertThatNoSecretWasSeen(CustomerDirectory customer) {
        for (var application : customer.tenant().applications()) {
            for (var secret : application.secrets()) {
                assertThat(seen.toString()).doesNotContain(secret.value());
                assertThat(gatehouse.printed()).doesNotContain(secret.value());
            }
        }
        // What every token of the pretend Entra ID begins with.
        assertThat(seen.toString()).doesNotContain("eyJ");
        assertThat(gatehouse.printed()).doesNotContain("eyJ");
    }

    // ---- Words -------------------------------------------------------------------------------------------------

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
