package dev.gatehouse.stories.stage;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A real browser: the distribution's Chromium, without a window. Every page's console errors are collected, because a
 * page that complains to its console is broken even when it looks right.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /**
     * Starts Chromium.
     *
     * @throws IllegalStateException when none is installed
     */
    public static Browser start() {
        // What comes by itself comes when the server is done, however much else this machine has to do.
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        // The driver must not fetch a browser of its own: the distribution's is used.
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options = new BrowserType.LaunchOptions()
                .setExecutablePath(executable())
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        return new Browser(playwright, playwright.chromium().launch(options));
    }

    private static Path executable() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No Chromium found at %s. Install it (Debian: apt-get install chromium) or set CHROMIUM."
                                .formatted(PLACES)));
    }

    /** A fresh window, signed in to nothing. */
    public Page open(URI baseUrl) {
        return open(baseUrl, true);
    }

    /** The same, where scripts do not run. */
    public Page openWithoutScript(URI baseUrl) {
        return open(baseUrl, false);
    }

    private Page open(URI baseUrl, boolean isWithScript) {
        BrowserContext context = chromium.newContext(new NewContextOptions()
                .setBaseURL(baseUrl.toString())
                .setViewportSize(1440, 900)
                .setJavaScriptEnabled(isWithScript));
        context.setDefaultTimeout((double) PATIENCE.toMillis());
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** What pages complained about since the start. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
