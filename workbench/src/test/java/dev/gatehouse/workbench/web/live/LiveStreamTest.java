package dev.gatehouse.workbench.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.web.Browser;
import dev.gatehouse.workbench.web.ScreenTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;

class LiveStreamTest extends ScreenTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tellsAnOpenPageOfAnAlertThatItThenFindsInTheList() throws Exception {
        var device = device("Contoso");
        try (var browser = signedIn();
                var stream = browser.listen("/live").body();
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            receive(device, Feed.ALERTS, """
                    {"id":"da1","title":"Suspected DCSync attack","severity":"high","status":"new",
                     "createdDateTime":"2026-11-23T11:50:00Z","lastUpdateDateTime":"2026-11-23T11:55:00Z"}""");
            events.publishEvent(new PageStored(device.directory(), Feed.ALERTS, 1, 0));

            assertThat(lines.lines().filter("event:vendor-alerts"::equals).findFirst())
                    .isPresent();
            assertThat(browser.open("/vendor-alerts").body()).contains("Suspected DCSync attack");
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void endsTheOldestStreamOfASessionThatOpensTooMany() throws Exception {
        try (var browser = signedIn();
                var oldest = browser.listen("/live").body()) {
            for (var page = 0; page < Broadcast.MOST_PAGES_OF_SESSION; page++) {
                assertThat(browser.listen("/live").statusCode()).isEqualTo(200);
            }

            assertThat(new String(oldest.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("still here");
        }
    }

    @Test
    void turnsStrangersAway() throws Exception {
        try (var browser = new Browser(port)) {
            var response = browser.open("/live");

            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Content-Type")).isEmpty();
        }
    }

    @Test
    void givesTheSessionANewNameAtSignIn() throws Exception {
        try (var browser = new Browser(port)) {
            browser.open("/login");
            var before = browser.session();

            signIn(browser);

            assertThat(browser.session().getValue()).isNotEqualTo(before.getValue());
            assertThat(browser.session().isHttpOnly()).isTrue();
        }
    }

    private Browser signedIn() throws Exception {
        var browser = new Browser(port);
        signIn(browser);
        return browser;
    }

    private void signIn(Browser browser) throws Exception {
        var email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ANALYST), "correct horse battery");
        assertThat(browser.send("/login", Map.of("email", email, "password", "correct horse battery"))
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(address -> assertThat(address).endsWith("/"));
    }
}
