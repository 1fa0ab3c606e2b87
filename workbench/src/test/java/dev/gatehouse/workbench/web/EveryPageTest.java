package dev.gatehouse.workbench.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

class EveryPageTest extends ScreenTest {

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private Organizations organizations;

    @Autowired
    private ResourceUrlProvider files;

    /** What the content security policy would silently ignore, so that a page would work less than it seems to. */
    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|\\son[a-z]+=\"|<script(?![^>]*\\ssrc=)|javascript:|hx-on|hx-vals=.js");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/alerts",
                "/dashboards/alert-analysis",
                "/dashboards/alert-analysis/{id}",
                "/search",
                "/search?q=dc01",
                "/account/views",
                "/account/views/add",
                "/dashboards/raw-events",
                "/dashboards/time-metrics",
                "/dashboards/mitre-attack",
                "/activity",
                "/activity/{investigation}",
                "/activity/{investigation}/alerts",
                "/activity/{investigation}/findings",
                "/activity/{investigation}/actions",
                "/activity/{investigation}/timeline",
                "/activity/{investigation}/involved",
                "/activity/{investigation}/remediation",
                "/activity/{investigation}/comments",
                "/activity/{investigation}/files",
                "/activity/{investigation}/history",
                "/activity/{investigation}/update",
                "/vendor-alerts",
                "/vendor-alerts/{tenant}/da1",
                "/vendor-incidents",
                "/vendor-incidents/{tenant}/28282",
                "/settings/security-devices",
                "/hunting",
                "/detections/rules",
                "/detections/rules/suspected-dcsync-attack",
                "/detections/add-rule",
                "/detections/rules/default/history",
                "/detections/suppressions",
                "/detections/add-suppression",
                "/detections/import-suppression",
                "/settings/collection/ledger",
                "/settings/collection/budget",
                "/settings/collection/reconciliation",
                "/settings/collection/quarantine",
                "/settings/collection/unreadable",
                "/settings/collection/processes",
                "/settings/security-devices/add",
                "/settings/security-devices/add?setupIntegration=microsoft_defender_for_identity",
                "/settings/security-devices/{id}",
                "/settings/security-devices/{id}/edit",
                "/settings/security-devices/{id}/test",
                "/settings/security-devices/{id}/delete",
                "/settings/security-devices/{id}/console-access",
                "/settings/users",
                "/settings/users/add",
                "/settings/service-accounts",
                "/settings/service-accounts/add",
                "/settings/organizations",
                "/settings/organizations/add",
                "/settings/my-organization",
                "/settings/context",
                "/settings/context/add",
                "/settings/notes",
                "/settings/notes/add",
                "/settings/integrations",
                "/settings/integrations/add",
                "/settings/integrations/add?type=webhook",
                "/settings/integrations/add?type=slack",
                "/settings/notifications",
                "/settings/notifications/add",
                "/account/notifications",
                "/account/notifications/add",
                "/settings/setup-guide",
                "/settings/setup-guide/add",
                "/account/password",
                "/account/second-factor",
                "/account/second-factor/set-up"
            })
    void hasNothingInlineAndHasTheFrame(String address) {
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        receive(device, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));
        var investigation = investigations.open(
                Scope.everything(), Actor.GATEHOUSE, organizations.byDefault().id(), "Theft");

        assertThat(open(address.replace("{id}", device.id().toString())
                        .replace("{investigation}", investigation.toString())
                        .replace("{tenant}", device.directory().toString())))
                .hasStatusOk()
                .bodyText()
                .startsWith("<!DOCTYPE html>")
                .contains("Organization Settings", "Security Devices", "Log out", "Ada")
                .doesNotContainPattern(INLINE);
    }

    @Test
    void countsOnTheOverviewWhatIsOpen() {
        var device = device("Contoso");
        receive(
                device,
                Feed.ALERTS,
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Closed", "high").replace("\"new\"", "\"resolved\""));

        assertThat(textOf(open("/")).replaceAll("<[^>]+>", " ").replaceAll("\\s+", " "))
                .contains(
                        "High 1 open vendor alerts",
                        "Medium 0 open vendor alerts",
                        "Waiting 1",
                        "Suspected DCSync attack");
    }

    @Test
    void servesItsFilesUnderNamesThatChangeWithTheirContent() throws Exception {
        var sheet =
                Pattern.compile("href=\"(/css/gatehouse-[0-9a-f]{32}\\.css)\"").matcher(textOf(open("/")));
        assertThat(sheet.find()).isTrue();

        var response = mvc.perform(get(sheet.group(1))).andReturn().getResponse();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getHeader("Cache-Control")).contains("max-age=31536000");
    }

    /** To look for each of a page's links among the files of all libraries takes longer than the rest of the page. */
    @Test
    void looksForNothingButItsFilesAmongItsFiles() {
        assertThat(files.getHandlerMap().keySet())
                .containsExactlyInAnyOrder("/css/**", "/js/**", "/images/**", "/webjars/**", "/favicon.svg");
        assertThat(files.getForLookupPath("/images/gatehouse.svg")).matches("/images/gatehouse-[0-9a-f]{32}\\.svg");
    }

    @Test
    void bringsTheBrowsersLibraryAlong() throws Exception {
        var script = Pattern.compile("src=\"(/webjars/htmx[^\"]+)\"").matcher(textOf(open("/")));
        assertThat(script.find()).isTrue();

        assertThat(mvc.perform(get(script.group(1))).andReturn().getResponse().getStatus())
                .isEqualTo(200);
    }
}
