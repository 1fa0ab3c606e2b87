package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.RunningDemo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of {@code docs/screens} from a demonstration that runs. No test of anything, so that it has no name of one: it
 * runs when somebody asks for it and says where to put them, see docs/pages.md.
 */
@EnabledIfSystemProperty(
        named = "screens.folder",
        matches = ".+",
        disabledReason = "Takes pictures when -Dscreens.folder says where to")
class DemoScreens {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder = Path.of(Objects.requireNonNullElse(System.getProperty("screens.folder"), ""));

    @Test
    void takesThePicturesOfTheDemonstration(@TempDir Path directory) {
        try (var demo = RunningDemo.start(directory);
                var browser = Browser.start()) {
            var page = browser.open(demo.url());
            page.setViewportSize(1280, 800);
            var analyst = demo.signIn("SOC Analyst");
            page.navigate("/");
            page.getByLabel("E-mail").fill(analyst.getKey());
            page.getByLabel("Password").fill(analyst.getValue());
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                    .click();
            await().atMost(PATIENCE).until(() -> {
                page.navigate("/activity?status=any");
                return page.locator("#activity-list [data-key]").count() >= 3;
            });

            take(page, "/", "home");
            take(page, "/alerts", "alerts");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            take(page, "/alerts", "alerts-dark");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            takeOneOf(page, "/alerts", "#alert-rows a.title", "alert");
            take(page, "/activity?status=any", "activity");
            takeOneOf(page, "/activity?status=closed", "#activity-list a.title", "incident");
            takeOneOf(page, "/vendor-alerts", "main [data-rows] a.title", "vendor-alert");
            take(page, "/dashboards/alert-analysis", "alert-analysis");
            take(page, "/dashboards/time-metrics", "time-metrics");
            take(page, "/dashboards/mitre-attack", "mitre-attack");
            take(page, "/detections/rules/suspected-dcsync-attack", "detection-rule");
            take(page, "/settings/security-devices", "security-devices");
            page.navigate("/alerts");
            page.keyboard().press("Control+k");
            page.keyboard().type("dc01");
            assertThat(page.locator("#palette [role=group][aria-label=Hosts]")).isVisible();
            shoot(page, "palette");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void takeOneOf(Page page, String list, String link, String name) {
        page.navigate(list);
        take(page, Objects.requireNonNull(page.locator(link).first().getAttribute("href")), name);
    }

    private void take(Page page, String address, String name) {
        var answer = page.navigate(address);
        assertThat(Objects.requireNonNull(answer).status()).as(address).isEqualTo(200);
        assertThat(page.locator("#live-sign")).hasText("Live");
        shoot(page, name);
    }

    private void shoot(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}
