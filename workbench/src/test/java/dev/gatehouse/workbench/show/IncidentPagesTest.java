package dev.gatehouse.workbench.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import org.junit.jupiter.api.Test;

class IncidentPagesTest extends ScreenTest {

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(open("/incidents")).hasStatusOk().bodyText().contains("There is no security device yet.");
    }

    @Test
    void listsIncidentsAndShowsTheirAlerts() {
        var device = device("Contoso");
        receive(device, Feed.INCIDENTS, AlertPagesTest.incident("28282", "Multi-stage incident", ""));
        receive(device, Feed.ALERTS, AlertPagesTest.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open("/incidents")).bodyText().contains("Multi-stage incident", "Contoso", "Active");
        assertThat(open("/incidents/" + device.directory() + "/28282"))
                .hasStatusOk()
                .bodyText()
                .contains("They belong together.", "Suspected DCSync attack", "crown jewels", "1 alert")
                .contains("https://security.microsoft.com/incidents/28282");
    }

    @Test
    void saysWhereAMergedIncidentWentAndLinksToIt() {
        var device = device("Contoso");
        receive(
                device,
                Feed.INCIDENTS,
                AlertPagesTest.incident("100", "The survivor", ""),
                AlertPagesTest.incident("101", "The merged one", "100"));

        assertThat(open("/incidents/" + device.directory() + "/101"))
                .bodyText()
                .contains("Microsoft merged this incident into another.", "The survivor")
                .contains("href=\"/incidents/" + device.directory() + "/100\"");
    }

    @Test
    void saysSoWhenTheSurvivorWasNotReadYet() {
        var device = device("Contoso");
        receive(device, Feed.INCIDENTS, AlertPagesTest.incident("101", "The merged one", "100"));

        assertThat(open("/incidents/" + device.directory() + "/101"))
                .bodyText()
                .contains("incident 100", "That one has not been read yet.");
    }

    @Test
    void hasNothingAtAnAddressOfNoIncident() {
        assertThat(open("/incidents/" + DIRECTORY + "/1")).hasStatus(404);
    }
}
