package dev.gatehouse.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Browser;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages keep themselves up to date and take nothing away from whoever is at work on them; when they cannot, they say so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivePagesTest {

    private static final Pattern LIVE = Pattern.compile("/live(\\?|$)");
    private static final Pattern LIST = Pattern.compile("/vendor-alerts(\\?|$)");
    private static final Pattern NEW = Pattern.compile("[0-9]+ new");

    private final Instant start = Instant.now().minus(Duration.ofMinutes(30));
    private final ScriptedDefender defender = new ScriptedDefender();

    private Simulator simulator;
    private Product gatehouse;
    private Browser browser;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(0)
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(directory, simulator);
        browser = Browser.start();
        put("first", "The first", 1);
        put("second", "The second", 2);
        gatehouse.connect(simulator.addTenant("Contoso", DefenderSource.scripted(defender)));
    }

    @AfterAll
    void clearTheStage() {
        browser.close();
        gatehouse.close();
        simulator.close();
    }

    @Test
    @Order(1)
    void newRowsWaitUntilWhoeverIsInTheListAsksForThem() {
        var page = signedIn("/vendor-alerts");
        assertThat(page.getByText("The second")).isVisible();
        var row = rows(page).nth(1);
        assertThat(row).containsText("The first");
        row.hover();

        put("third", "The third", 3);

        var news = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(NEW));
        assertThat(news).isVisible();
        assertThat(rows(page).nth(1)).containsText("The first");
        assertThat(page.getByText("The third")).hasCount(0);

        news.click();
        assertThat(rows(page).first()).containsText("The third");
        assertThat(news).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(2)
    void cellsChangeWhereTheyStandWhileFocusStays() {
        var page = signedIn("/vendor-alerts");
        var link = page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("The first"));
        link.focus();

        defender.putAlert(Written.alert("first", start.plus(Duration.ofMinutes(1)), Instant.now())
                .put("title", "The first")
                .put("status", "inProgress"));

        assertThat(rows(page).filter(new Locator.FilterOptions().setHasText("The first")))
                .containsText("In progress");
        assertThat(link).isFocused();
    }

    @Test
    @Order(3)
    void theListFollowsByItselfWhereNothingWouldMoveUnderAnybody() {
        var page = signedIn("/vendor-alerts");
        assertThat(page.getByText("The third")).isVisible();

        put("fourth", "The fourth", 4);

        assertThat(rows(page).first()).containsText("The fourth");
    }

    @Test
    @Order(4)
    void whatWasUnfoldedStaysSo() {
        var page = signedIn("/vendor-alerts");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("The first"))
                .click();
        page.getByText("What changed").first().click();
        assertThat(page.locator(".changes-list").first()).containsText("inProgress");
        page.getByText("Exactly as received").click();

        defender.putAlert(Written.alert("first", start.plus(Duration.ofMinutes(1)), Instant.now())
                .put("title", "The first")
                .put("status", "resolved"));

        assertThat(page.getByText("3 versions").first()).isVisible();
        assertThat(page.locator("#original-verbatim")).isVisible();
        assertThat(page.locator(".changes-list").first()).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(5)
    void whatChangedBeforeAPageListenedIsSeenOnItToo() {
        var page = signedIn("/vendor-alerts");
        assertThat(page.locator("#live-sign")).hasText("Live");
        var held = new ArrayList<Route>();
        page.route(LIVE, held::add);
        page.reload();
        assertThat(rows(page)).hasCount(4);

        put("fifth", "The fifth", 5);

        // Another page has heard of it by now; this one's request to listen is still on its way.
        assertThat(rows(signedIn("/vendor-alerts")).first()).containsText("The fifth");
        assertThat(page.locator("#live-sign")).hasText("Connecting");
        assertThat(rows(page)).hasCount(4);
        held.forEach(Route::resume);
        assertThat(rows(page).first()).containsText("The fifth");
    }

    @Test
    @Order(6)
    void newsThatCouldNotBeAskedForAreAskedForAgain() {
        var page = signedIn("/vendor-alerts");
        assertThat(page.locator("#live-sign")).hasText("Live");
        assertThat(rows(page)).hasCount(5);
        var asked = new AtomicInteger();
        page.route(LIST, route -> {
            if (asked.getAndIncrement() == 0) {
                route.abort();
            } else {
                route.resume();
            }
        });

        put("sixth", "The sixth", 6);

        assertThat(rows(page).first()).containsText("The sixth");
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    @Order(7)
    void aPageThatIsCutOffSaysSinceWhenAndAFilterThatItIsNotAnswered() {
        var page = signedIn("/vendor-alerts");
        assertThat(page.locator("#live-sign")).hasText("Live");
        assertThat(rows(page)).hasCount(6);

        gatehouse.kill();

        assertThat(page.getByText(Pattern.compile("Not connected since \\d\\d:\\d\\d")))
                .isVisible();
        page.getByLabel("Search").fill("nothing like it");
        assertThat(page.getByRole(AriaRole.ALERT)
                        .filter(new Locator.FilterOptions().setHasText("the list below is not what you asked for")))
                .isVisible();
        assertThat(page.getByLabel("Search")).hasValue("nothing like it");
    }

    private void put(String id, String title, int minute) {
        var at = start.plus(Duration.ofMinutes(minute));
        defender.putAlert(Written.alert(id, at, Instant.now()).put("title", title));
    }

    private static Locator rows(Page page) {
        return page.locator("#vendor-alert-rows > [data-key]");
    }

    private Page signedIn(String address) {
        var page = browser.open(gatehouse.url());
        page.navigate(address);
        page.getByLabel("E-mail").fill(gatehouse.administrator());
        page.getByLabel("Password").fill(gatehouse.password());
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))
                .click();
        page.mouse().move(5, 5);
        return page;
    }
}
