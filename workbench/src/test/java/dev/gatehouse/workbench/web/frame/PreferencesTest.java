package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How somebody wants to see pages is kept in cookies, and pages are drawn so. */
class PreferencesTest extends ScreenTest {

    private static final String PATH = "/account/preferences";

    @Test
    void leavesOutTheColumnsThatSomebodyHasTakenAway() throws Exception {
        receive(device("Contoso"), Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(page("/vendor-alerts")).contains(">Involved<", "sort=most_severe");
        var page = page("/vendor-alerts", new Cookie("gatehouse-columns-vendor-alerts", "involved.severity"));

        assertThat(page.substring(page.indexOf("<thead"))).doesNotContain(">Involved<", "sort=most_severe", ">High<");
        assertThat(page).contains("Suspected DCSync attack");
    }

    @Test
    void remembersWhichColumnsAreNotShownAndGoesBack() throws Exception {
        var request = fill(
                PATH,
                Map.of(
                        "list",
                        "vendor-alerts",
                        "shown",
                        "device",
                        "density",
                        "compact",
                        "back",
                        "/vendor-alerts?text=a"));
        var answer = mvc.perform(request.param("columns", "device", "status", "involved"))
                .andReturn()
                .getResponse();

        assertThat(answer.getRedirectedUrl()).isEqualTo("/vendor-alerts?text=a");
        assertThat(answer.getHeaders("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("gatehouse-columns-vendor-alerts=involved.status;"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("gatehouse-density=compact;"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "/{me}"})
    void leadsNowhereElse(String back) throws Exception {
        var answer = mvc.perform(fill(PATH, Map.of("density", "compact", "back", back)))
                .andReturn()
                .getResponse();

        assertThat(answer.getRedirectedUrl()).isEqualTo(PATH);
    }

    @Test
    void showsTimesInTheChosenZoneWithUtcInTheirHover() throws Exception {
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var address = "/vendor-alerts/" + device.directory() + "/da1";

        assertThat(page(address)).containsPattern(">2026-[0-9-]+ [0-9:]+ UTC<");
        assertThat(page(address, new Cookie("gatehouse-zone", "Asia%2FKolkata")))
                .containsPattern("title=\"2026-[0-9-]+ [0-9:]+ UTC\"[^>]*>2026-[0-9-]+ [0-9:]+ IST<");
    }

    @Test
    void makesNothingOfCookiesThatMakeNoSense() throws Exception {
        assertThat(page(
                        "/vendor-alerts",
                        new Cookie("gatehouse-zone", "Nowhere/Land"),
                        new Cookie("gatehouse-density", "dense"),
                        new Cookie("gatehouse-columns-A1", "x")))
                .contains("data-density=\"comfortable\"", "data-zone=\"UTC\"");
    }

    private String page(String address, Cookie... cookies) throws Exception {
        var request = get(address).with(people.admin());
        if (cookies.length > 0) {
            request.cookie(cookies);
        }
        var answer = mvc.perform(request).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
