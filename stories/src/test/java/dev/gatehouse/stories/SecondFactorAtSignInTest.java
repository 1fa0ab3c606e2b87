package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin of the SOC sets an authenticator app up at the first sign-in, and signs in with it and with a recovery code. */
class SecondFactorAtSignInTest {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Test
    void isSetUpOnceAndAskedForEachTime(@TempDir Path directory) throws GeneralSecurityException {
        try (var simulator = Simulator.start(SimulatorSettings.defaults().withTenants(0));
                var gatehouse = Product.start(directory, simulator, "--gatehouse.sign-in.second-factor=soc");
                var browser = Browser.start()) {
            var page = browser.open(gatehouse.url());
            givePassword(page, gatehouse);
            assertThat(page.locator("h1")).hasText("Set up a second factor");
            assertThat(page.locator("svg.qr path")).hasCount(1);
            var secret = page.locator("#secret").innerText().replace(" ", "");
            giveCode(page, code(secret, 0), "Set up");
            var recoveryCodes = page.locator("#recovery-codes li").allInnerTexts();
            assertThat(recoveryCodes).hasSize(10);
            page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("I have kept them"))
                    .click();
            assertThat(page.locator("#live-sign")).hasText("Live");

            press(page, "Log out");
            givePassword(page, gatehouse);
            page.navigate("/alerts");
            assertThat(page.locator("h1")).hasText("Code");
            // The next one: that of these 30 seconds was taken.
            giveCode(page, code(secret, 1), "Sign in");
            assertThat(page.locator("#live-sign")).hasText("Live");

            press(page, "Log out");
            givePassword(page, gatehouse);
            giveCode(page, recoveryCodes.getFirst(), "Sign in");
            page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Second factor"))
                    .click();
            assertThat(page.locator("#second-factor")).containsText("9 recovery codes are left");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void givePassword(Page page, Product gatehouse) {
        page.navigate("/login");
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        press(page, "Sign in");
    }

    private static void giveCode(Page page, String code, String button) {
        page.locator("#code").fill(code);
        press(page, button);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** What an app shows, worked out as RFC 6238 says. */
    private static String code(String secret, int stepsFromNow) throws GeneralSecurityException {
        var step = Instant.now().getEpochSecond() / 30 + stepsFromNow;
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(decoded(secret), "HmacSHA1"));
        var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        var offset = hash[hash.length - 1] & 0xf;
        return "%06d".formatted((ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff) % 1_000_000);
    }

    private static byte[] decoded(String secret) {
        var bytes = ByteBuffer.allocate(secret.length() * 5 / 8);
        var bits = 0;
        var buffer = 0;
        for (var place = 0; place < secret.length(); place++) {
            buffer = buffer << 5 | BASE32.indexOf(secret.charAt(place));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
