package dev.gatehouse.workbench.web.pages.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorAlertPagesTest extends ScreenTest {

    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(open("/vendor-alerts")).hasStatusOk().bodyText().contains("there is no security device");

        device("Contoso");
        assertThat(open("/vendor-alerts")).bodyText().contains("They appear here by themselves");
        assertThat(open("/vendor-alerts?severity=high")).bodyText().contains("No vendor alert fits the filters");
    }

    @Test
    void listsAlertsWithWhatAnAnalystLooksFor() {
        receive(device("Contoso"), Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open("/vendor-alerts"))
                .hasStatusOk()
                .bodyText()
                .contains("Suspected DCSync attack", "Contoso", "High", "New")
                .contains("contoso\\mallory", "DC01.contoso.local", "Credential Access", "T1003.006", "28282")
                .contains("9 min ago", "5 min ago");
    }

    @ParameterizedTest
    @CsvSource({
        "severity=low, Recon",
        "severity=high, DCSync",
        "text=recon, Recon",
        "text=MALLORY, 'DCSync,Recon'",
        "text=10.1.4.7, 'DCSync,Recon'",
        "text=nobody, ''",
        "status=resolved, ''",
        "status=open, 'DCSync,Recon'",
        "period=1h, 'DCSync,Recon'",
        "'sort=title', 'DCSync,Recon'",
        "'sort=most_severe', 'DCSync,Recon'"
    })
    void filtersAndSorts(String parameters, String expected) {
        receive(
                device("Contoso"),
                Feed.ALERTS,
                Originals.dcSync("da1", "DCSync", "high"),
                Originals.dcSync("da2", "Recon", "low"));

        assertThat(String.join(",", titlesIn(textOf(open("/vendor-alerts?" + parameters)))))
                .isEqualTo(expected);
    }

    @Test
    void filtersByDevice() {
        var contoso = device("Contoso");
        receive(contoso, Feed.ALERTS, Originals.dcSync("da1", "At Contoso", "high"));
        receive(device("Fabrikam"), Feed.ALERTS, Originals.dcSync("da1", "At Fabrikam", "high"));

        assertThat(titlesIn(textOf(open("/vendor-alerts?device=" + contoso.id()))))
                .containsExactly("At Contoso");
    }

    @Test
    void countsOnEveryTabWhatTheOtherFiltersLetThrough() {
        receive(
                device("Contoso"),
                Feed.ALERTS,
                Originals.dcSync("da1", "DCSync", "high"),
                Originals.dcSync("da2", "DCSync again", "high"),
                Originals.dcSync("da3", "Recon", "low"));

        var page = textOf(open("/vendor-alerts?severity=low&text=DCSync"));

        assertThat(page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " "))
                .contains("All 2", "High 2", "Medium 0", "Low 0", "Informational 0");
    }

    @Test
    void turnsPages() {
        receive(
                device("Contoso"),
                Feed.ALERTS,
                IntStream.range(0, 60)
                        .mapToObj(number -> Originals.dcSync("da" + number, "Alert " + number, "high"))
                        .toArray(String[]::new));

        assertThat(textOf(open("/vendor-alerts?severity=high")))
                .contains("1–50 of 60", "/vendor-alerts?severity=high&amp;page=2");
        assertThat(titlesIn(textOf(open("/vendor-alerts?severity=high&page=2"))))
                .hasSize(10);
        assertThat(textOf(open("/vendor-alerts?page=99"))).contains("Nothing is on this page.");
    }

    @Test
    void showsEverythingAboutAnAlert() {
        var device = device("Contoso");
        receive(
                device,
                Feed.ALERTS,
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Recon", "low"));
        receive(device, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));

        assertThat(open(addressOf(device, "da1")))
                .hasStatusOk()
                .bodyText()
                .contains("An actor replicated directory secrets.", "1. Disable the account.")
                .contains("Who", "contoso\\mallory", "Attacker", "Suspicious")
                .contains("Where", "DC01.contoso.local", "10.1.4.7")
                .contains("T1003.006 DCSync", "https://attack.mitre.org/techniques/T1003/006/")
                .contains("https://security.microsoft.com/alerts/da1")
                .contains("Multi-stage incident", "Recon")
                .contains("xdr_DcSync", "1 version")
                .contains("Looks real.", "Ben");
    }

    @Test
    void countsVersionsAndGivesEachAsItWasReceived() {
        var device = device("Contoso");
        var first = Originals.dcSync("da1", "Suspected DCSync attack", "high");
        var second = first.replace("\"status\":\"new\"", "\"status\":\"inProgress\"")
                .replace("2026-11-23T11:55:00Z", "2026-11-23T11:56:00Z");
        receive(device, Feed.ALERTS, first);
        receive(device, Feed.ALERTS, second);

        var page = textOf(open(addressOf(device, "da1")));

        assertThat(page).contains("2 versions", "In progress");
        var addresses = Pattern.compile("href=\"([^\"]+/original\\?version=[^\"]+)\"")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(addresses).hasSize(2);
        assertThat(textOf(open(addresses.getFirst()))).isEqualTo(second);
        assertThat(textOf(open(addresses.getLast()))).isEqualTo(first);
        assertThat(open(addresses.getFirst().replace("/original", "/changes")))
                .bodyText()
                .contains("status", "<del class=\"break\">new</del>", "<ins class=\"break\">inProgress</ins>");
        assertThat(open(addressOf(device, "da1") + "/original"))
                .hasHeader("Content-Disposition", "attachment; filename=\"vendor-alert.json\"")
                .bodyText()
                .isEqualTo(second);
    }

    @Test
    void showsHostileTextAsText() {
        var device = device("Contoso");
        var hostile = Originals.dcSync("da1", HOSTILE, "high")
                .replace("An actor replicated directory secrets.", HOSTILE)
                .replace("mallory", "\\\" onmouseover=\\\"alert(3)")
                .replace("CredentialAccess", HOSTILE)
                .replace("\"new\"", "\"" + HOSTILE + "\"")
                .replace("T1003.006", HOSTILE)
                .replace("Looks real.", HOSTILE)
                .replace("https://security.microsoft.com/alerts/da1", "javascript:alert(4)");
        receive(device, Feed.ALERTS, hostile);

        for (var address : List.of("/", "/vendor-alerts", addressOf(device, "da1"))) {
            assertThat(open(address))
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain("<script>alert", "<img src=x", "\" onmouseover=\"", "href=\"javascript:")
                    .contains("&lt;script&gt;");
        }
    }

    @Test
    void keepsAWordThatMicrosoftInventsTomorrow() {
        var device = device("Contoso");
        receive(
                device,
                Feed.ALERTS,
                Originals.dcSync("da1", "DCSync", "apocalyptic").replace("\"new\"", "\"underReviewByMachine\""));

        assertThat(open("/vendor-alerts")).bodyText().contains("Apocalyptic", "Under review by machine", "Unknown");
    }

    @Test
    void hasNothingAtAnAddressOfNoAlert() {
        assertThat(open("/vendor-alerts/" + DIRECTORY + "/da1"))
                .hasStatus(404)
                .bodyText()
                .contains("There is nothing at this address.");
        assertThat(open("/vendor-alerts/not-a-guid/da1")).hasStatus(404);
    }

    static String addressOf(SecurityDevice device, String id) {
        return "/vendor-alerts/" + device.directory() + "/" + id;
    }

    private static List<String> titlesIn(String page) {
        var rows = page.substring(page.indexOf("id=\"vendor-alert-rows\""));
        return Pattern.compile("<a class=\"title\"[^>]*>([^<]+)</a>")
                .matcher(rows)
                .results()
                .map(row -> row.group(1))
                .toList();
    }
}
