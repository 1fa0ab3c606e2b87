package dev.gatehouse.workbench.web.pages.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
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
    void findsThemByTextSeverityAndStatusAndSaysWhatThereIsNot() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("1", "Multi-stage incident", ""),
                Originals.incident("2", "Lone 100% sure", "")
                        .replace("\"high\"", "\"low\"")
                        .replace("\"active\"", "\"inProgress\""));

        assertThat(textOf(open("/vendor-incidents?text=100%25")))
                .contains("Lone 100%")
                .doesNotContain("Multi-stage");
        assertThat(textOf(open("/vendor-incidents?severity=high")))
                .contains("Multi-stage")
                .doesNotContain("Lone 100%");
        assertThat(textOf(open("/vendor-incidents?status=in_progress")))
                .contains("Lone 100%")
                .doesNotContain("Multi-stage");
        clock.advance(Duration.ofHours(2));
        assertThat(textOf(open("/vendor-incidents?period=1h&device=" + device.id())))
                .contains("No vendor incident fits the filters");
        assertThat(textOf(open("/vendor-incidents?severity=hgih")))
                .contains("There is no severity &#39;hgih&#39;: it was left out.", "Multi-stage", "Lone 100%");
    }

    @Test
    void sortsThemBothWays() {
        receive(
                device("Contoso"),
                Feed.INCIDENTS,
                Originals.incident("1", "Bold", ""),
                Originals.incident("2", "Anxious", "").replace("\"high\"", "\"low\""));

        assertThat(textOf(open("/vendor-incidents?sort=most_severe"))).containsSubsequence(">Bold<", ">Anxious<");
        assertThat(textOf(open("/vendor-incidents?sort=least_severe"))).containsSubsequence(">Anxious<", ">Bold<");
        assertThat(textOf(open("/vendor-incidents?sort=title"))).containsSubsequence(">Anxious<", ">Bold<");
        assertThat(textOf(open("/vendor-incidents?sort=title_reversed"))).containsSubsequence(">Bold<", ">Anxious<");
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
