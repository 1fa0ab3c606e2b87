package dev.gatehouse.workbench.web.pages.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VendorIncidentPagesTest extends ScreenTest {

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(open("/vendor-incidents")).hasStatusOk().bodyText().contains("There is no security device yet.");
    }

    @Test
    void listsIncidentsAndShowsTheirAlerts() {
        var device = device("Contoso");
        receive(device, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open("/vendor-incidents")).bodyText().contains("Multi-stage incident", "Contoso", "Active");
        assertThat(open("/vendor-incidents/" + device.directory() + "/28282"))
                .hasStatusOk()
                .bodyText()
                .contains("They belong together.", "Suspected DCSync attack", "crown jewels", "1 vendor alert")
                .contains("https://security.microsoft.com/incidents/28282");
    }

    @Test
    void namesTheViewThatHasTheVersionsItDoesNotShow() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                IntStream.rangeClosed(1, 201)
                        .mapToObj(version -> Originals.incident("28282", "Version " + version, ""))
                        .toArray(String[]::new));

        assertThat(open("/vendor-incidents/" + device.directory() + "/28282"))
                .bodyText()
                .contains("1 older ones are kept; the SQL view report.incident_versions has them.");
    }

    @Test
    void saysWhereAMergedIncidentWentAndLinksToIt() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("100", "The survivor", ""),
                Originals.incident("101", "The merged one", "100"));

        assertThat(open("/vendor-incidents/" + device.directory() + "/101"))
                .bodyText()
                .contains("Microsoft merged this vendor incident into another.", "The survivor")
                .contains("href=\"/vendor-incidents/" + device.directory() + "/100\"");
    }

    @Test
    void saysSoWhenTheSurvivorWasNotReadYet() {
        var device = device("Contoso");
        receive(device, Feed.INCIDENTS, Originals.incident("101", "The merged one", "100"));

        assertThat(open("/vendor-incidents/" + device.directory() + "/101"))
                .bodyText()
                .contains("vendor incident 100", "That one has not been read yet.");
    }

    @Test
    void followsAChainOfMergersToTheSurvivorAndShowsEverythingThere() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("100", "The survivor", ""),
                Originals.incident("101", "In the middle", "100"),
                Originals.incident("102", "The first one", "101")
                        .replace(
                                "\"comments\":[]",
                                "\"comments\":[{\"comment\":\"Seen this before.\",\"createdByDisplayName\":\"Grace\",\"createdDateTime\":\"2026-11-23T11:10:00Z\"}]"));
        receive(
                device,
                Feed.ALERTS,
                Originals.dcSync("da1", "Left behind in 102", "high").replace("28282", "102"),
                Originals.dcSync("da2", "Moved to 100", "high").replace("28282", "100"));
        var incidents = "/vendor-incidents/" + device.directory();

        assertThat(open(incidents + "/102"))
                .hasStatusOk()
                .bodyText()
                .contains("href=\"" + incidents + "/100\"", "The survivor", "by way of", "Seen this before.");
        assertThat(open(incidents + "/100"))
                .bodyText()
                .contains("Left behind in 102", "Moved to 100", "2 vendor alerts")
                .contains(
                        "Merged into this vendor incident",
                        "In the middle",
                        "The first one",
                        "Seen this before.",
                        "Grace");
        assertThat(open("/vendor-alerts/" + device.directory() + "/da1"))
                .bodyText()
                .contains("Microsoft merged it into", "href=\"" + incidents + "/100\"", "Moved to 100");
    }

    @Test
    void isNotCaughtInACircleOfMergers() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("100", "One", "101"),
                Originals.incident("101", "Two", "100"));

        assertThat(open("/vendor-incidents/" + device.directory() + "/100"))
                .hasStatusOk()
                .bodyText()
                .contains("The mergers lead in a circle");
    }

    @Test
    void hidesMergedIncidentsUntilSomebodyWantsThem() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("100", "The survivor", ""),
                Originals.incident("101", "The merged one", "100"));

        assertThat(open("/vendor-incidents"))
                .bodyText()
                .contains("The survivor")
                .doesNotContain("The merged one");
        assertThat(open("/vendor-incidents?merged=show"))
                .bodyText()
                .contains("The merged one", "merged into", "vendor incident 100");
    }

    @Test
    void hasNothingAtAnAddressOfNoIncident() {
        assertThat(open("/vendor-incidents/" + DIRECTORY + "/1")).hasStatus(404);
    }
}
