package dev.gatehouse.workbench.web.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** An open page asks often; it gets what has changed of the part that it shows, and nothing else. */
class RegionTest extends ScreenTest {

    private static final String REGION = "vendor-alert-list";

    @Test
    void sendsTheRegionWithoutThePageAroundIt() throws Exception {
        received("da1", "Suspected DCSync attack");

        var answer = ask(region()).getContentAsString();

        assertThat(answer).contains("id=\"vendor-alert-list\"", "Suspected DCSync attack");
        assertThat(answer).doesNotContain("<!DOCTYPE", "Log out", "vendor-alert-filters");
    }

    @Test
    void sendsNothingWhenAllOfItIsAsTheBrowserHasIt() throws Exception {
        received("da1", "Suspected DCSync attack");
        var tag = tag(ask(region()));

        clock.advance(Duration.ofMinutes(3));
        var again = ask(region().header("If-None-Match", tag));

        assertThat(again.getStatus()).isEqualTo(304);
        assertThat(again.getContentAsByteArray()).isEmpty();
    }

    @Test
    void sendsTheRegionAgainWhenSomethingInItHasChanged() throws Exception {
        received("da1", "Suspected DCSync attack");
        var tag = tag(ask(region()));

        received("da2", "Honeytoken activity");
        var again = ask(region().header("If-None-Match", tag));

        assertThat(again.getStatus()).isEqualTo(200);
        assertThat(again.getContentAsString()).contains("Honeytoken activity");
        assertThat(tag(again)).isNotEqualTo(tag);
    }

    @Test
    void takesNoAccountOfTokensThatAreAnotherTextEachTime() throws Exception {
        workOnNothing();
        var page =
                get("/settings/security-devices/" + device("Contoso").id()).header("Gatehouse-Region", "device-live");
        var first = ask(page);
        assertThat(first.getContentAsString()).contains("name=\"_csrf\"");

        assertThat(tag(ask(page))).isEqualTo(tag(first));
    }

    @Test
    void sendsTheWholePageWhenItHasNoSuchRegion() throws Exception {
        assertThat(ask(get("/vendor-alerts").header("Gatehouse-Region", "nothing-of-ours"))
                        .getContentAsString())
                .startsWith("<!DOCTYPE html>");
    }

    private void received(String id, String title) {
        var device = devices.all(Scope.everything()).stream().findFirst().orElseGet(() -> device("Contoso"));
        receive(device, Feed.ALERTS, Originals.dcSync(id, title, "high"));
    }

    private static MockHttpServletRequestBuilder region() {
        return get("/vendor-alerts").header("Gatehouse-Region", REGION);
    }

    private static String tag(MockHttpServletResponse answer) {
        return requireNonNull(answer.getHeader("ETag"));
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(people.admin())).andReturn().getResponse();
    }
}
