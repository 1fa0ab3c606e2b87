package dev.gatehouse.stories.setup;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.entra.ClientCertificate;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A device signs in with a certificate in place of a secret. */
class CertificateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("JavaUtilDate") // what certificates give
    void aDeviceSignsInWithACertificateUntilThatIsTakenAway() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
                var gatehouse = Product.start(directory, simulator)) {
            var tenant = simulator.tenants().getFirst();
            var certificate = tenant.newCertificate();
            tenant.application().secrets().forEach(tenant.application()::remove);

            var added = gatehouse.call("POST", "/api/v2/security_devices", device(tenant, pem(certificate)));

            assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
            var id = added.body().at("/data/id").asString();
            assertThat(added.body().at("/data/attributes/credential").asString())
                    .isEqualTo("certificate");
            assertThat(added.body().at("/data/attributes/credential_expires_at").asString())
                    .startsWith(certificate
                            .certificate()
                            .getNotAfter()
                            .toInstant()
                            .toString()
                            .substring(0, 19));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            gatehouse.feed(id, "alerts").path("last_success_at").isNull())
                    .isFalse());

            // The directory forgets the certificate, and the next sign-in says so.
            tenant.application().remove(certificate.certificate());
            var tested = gatehouse.call("POST", "/api/v2/security_devices/" + id + "/test", "{}");
            assertThat(tested.body().at("/data/attributes/checks/0/trouble").asString())
                    .isEqualTo("bad_certificate");
            assertThat(tested.body().at("/data/attributes/checks/0/code").asString())
                    .isEqualTo("AADSTS700027");
            assertThat(tested.body().at("/data/attributes/checks/0/cure").asString())
                    .contains("Upload the device's certificate");
            assertThat(gatehouse.printed() + added.body() + tested.body()).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void aPersonPastesACertificateIntoTheFormAndLaterAnother() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
                var gatehouse = Product.start(directory, simulator);
                var browser = Browser.start()) {
            var tenant = simulator.tenants().getFirst();
            var first = tenant.newCertificate();
            var second = tenant.newCertificate();
            tenant.application().secrets().forEach(tenant.application()::remove);
            var page = signedIn(browser, gatehouse);
            page.navigate("/settings/security-devices/add?setupIntegration=microsoft_defender_for_identity");
            page.getByLabel("Name", exactly()).fill("Contoso");
            page.getByLabel("Location", exactly()).fill("cloud");
            page.getByLabel("Directory ID").fill(tenant.tenantId().toString());
            page.getByLabel("Application ID").fill(tenant.applicationId().toString());
            page.getByText("Advanced").click();
            page.getByLabel("Cloud").selectOption(Product.CLOUD);
            page.getByText("Use a certificate in place of a secret").click();

            // The key of another certificate.
            page.getByLabel("Certificate and private key")
                    .fill(block("CERTIFICATE", first.certificate().getEncoded())
                            + block("PRIVATE KEY", second.privateKey().getEncoded()));
            press(page, "Test connection");
            assertThat(page.getByText("The private key does not belong to the certificate.")
                            .first())
                    .isVisible();

            page.getByLabel("Certificate and private key").fill(pem(first));
            press(page, "Test connection");
            assertThat(page.getByText("The connection works.")).isVisible();
            press(page, "Save");
            assertThat(page.locator("#console-access")).hasValue("set_up_later");
            var device = gatehouse.get("/api/v2/security_devices").at("/data/0");
            assertThat(device.at("/attributes/credential").asString()).isEqualTo("certificate");

            tenant.application().remove(first.certificate());
            var address = "/settings/security-devices/" + device.path("id").asString() + "/edit";
            page.navigate(address);
            assertThat(page.getByLabel("Certificate and private key")).hasValue("");
            page.getByText("Use a certificate in place of a secret").click();
            page.getByLabel("Certificate and private key").fill(pem(second));
            press(page, "Save");
            page.waitForURL(url -> !url.endsWith(address));
            page.navigate(address);
            press(page, "Test connection");
            assertThat(page.getByText("The connection works.")).isVisible();
            assertThat(page.content()).doesNotContain("PRIVATE KEY");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page signedIn(Browser browser, Product gatehouse) {
        var page = browser.open(gatehouse.url());
        page.navigate("/");
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        press(page, "Sign in");
        return page;
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static String device(SimulatedTenant tenant, String pem) {
        var document = JsonMapper.shared().readTree(Product.device(tenant, ""));
        var attributes = (ObjectNode) document.at("/data/attributes");
        attributes.remove("client_secret");
        attributes.put("client_certificate", pem);
        return document.toString();
    }

    private static String pem(ClientCertificate made) throws CertificateEncodingException {
        return block("CERTIFICATE", made.certificate().getEncoded())
                + block("PRIVATE KEY", made.privateKey().getEncoded());
    }

    private static String block(String name, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(name, lines, name);
    }
}
