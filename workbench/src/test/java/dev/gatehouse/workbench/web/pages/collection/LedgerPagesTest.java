package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class LedgerPagesTest extends ScreenTest {

    private static final String LEDGER = "/settings/collection/ledger";
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    @Autowired
    private Ledger ledger;

    @Test
    void showsWhatWasAskedAndWhatBecameOfIt() {
        var contoso = device("Contoso");
        failed(contoso, Feed.ALERTS, "/security/alerts_v2?$filter=lastUpdateDateTime ge 2026-11-23T08:00:00Z");

        assertThat(open(LEDGER))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Contoso",
                        "2026-11-23 08:00:00",
                        "Failed",
                        "Graph is busy",
                        "HTTP 503",
                        "$filter=lastUpdateDateTime ge 2026-11-23T08:00:00Z",
                        "request-503");
    }

    @Test
    void filters() {
        var contoso = device("Contoso");
        var fabrikam = device("Fabrikam");
        failed(contoso, Feed.ALERTS, "the question of Contoso");
        failed(fabrikam, Feed.INCIDENTS, "the question of Fabrikam");

        assertThat(open(LEDGER + "?device=" + contoso.id()))
                .bodyText()
                .contains("the question of Contoso")
                .doesNotContain("the question of Fabrikam");
        assertThat(open(LEDGER + "?feed=incidents&outcome=failed&purpose=poll"))
                .bodyText()
                .contains("the question of Fabrikam")
                .doesNotContain("the question of Contoso");
        assertThat(open(LEDGER + "?outcome=complete")).bodyText().contains("Nothing was read that these filters fit");
        assertThat(open(LEDGER + "?from=2026-11-23T08:59")).bodyText().contains("the question of Contoso");
        assertThat(open(LEDGER + "?from=2026-11-23T09:00")).bodyText().doesNotContain("the question of Contoso");
    }

    @Test
    void saysHowATimeIsWrittenWhenItIsNone() {
        assertThat(open(LEDGER + "?from=soon"))
                .hasStatusOk()
                .bodyText()
                .contains("is no date and time such as 2026-11-23T09:00: it was left out.");
    }

    @Test
    void isTheFirstOfTheScreensOnCollecting() {
        assertThat(open("/settings/collection"))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/settings/collection/ledger");
    }

    private void failed(SecurityDevice device, Feed feed, String asked) {
        ledger.failed(
                new Request(
                        device.directory(),
                        feed,
                        PollWindow.begin(Purpose.POLL, new Window(NINE.minus(Duration.ofHours(1)), NINE)),
                        NINE,
                        Duration.ofMillis(90),
                        120,
                        Optional.of("request-503"),
                        asked),
                new Diagnosis(
                        Trouble.UNREACHABLE,
                        "Graph is busy.",
                        "Wait.",
                        Optional.of("serviceUnavailable"),
                        OptionalInt.of(503),
                        Optional.of("request-503"),
                        Optional.empty()));
    }
}
