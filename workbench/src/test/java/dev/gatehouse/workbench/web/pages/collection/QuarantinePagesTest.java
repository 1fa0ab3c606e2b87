package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.Quarantine.Owed;
import dev.gatehouse.workbench.collect.QuarantineService;
import dev.gatehouse.workbench.collect.QuarantinedWindow;
import dev.gatehouse.workbench.collect.ReadPage.Detour;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class QuarantinePagesTest extends ScreenTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00.250Z");
    private static final Instant LATER = NINE.plus(Duration.ofDays(365));

    @Autowired
    private PageTransaction records;

    @Autowired
    private QuarantineService service;

    @Test
    void listsWhatIsOwedWithCauseAndRequestIdAndTriesItAgain() {
        var contoso = device("Contoso");
        passOver(contoso);

        assertThat(open("/settings/collection/quarantine"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Contoso",
                        "2026-11-23 09:00:00.250",
                        "Owed",
                        "Microsoft Graph answered with error 500 for vendor alerts.",
                        "Wait.",
                        "HTTP 500",
                        "UnknownError",
                        "request-17",
                        "Retry");
        assertThat(open("/settings/security-devices/" + contoso.id()))
                .hasStatusOk()
                .bodyText()
                .contains("Quarantine", "request-17", "One window could not be read and waits in quarantine.");

        assertThat(send("/settings/collection/quarantine/" + only().id() + "/retry", Map.of("back", "device")))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/settings/security-devices/" + contoso.id());
        assertThat(only().nextAt())
                .hasValueSatisfying(next -> assertThat(next).isBefore(NINE.plus(Duration.ofHours(9))));
    }

    @Test
    void triesAllWindowsOfADeviceAgainAtOneButton() {
        var contoso = device("Contoso");
        passOver(contoso);
        assertThat(open("/settings/security-devices/" + contoso.id()))
                .bodyText()
                .doesNotContain("Retry all");
        passOver(contoso, new Window(NINE.plusSeconds(30), NINE.plusSeconds(31)));
        var fabrikam = device("Fabrikam");
        passOver(fabrikam);

        assertThat(open("/settings/security-devices/" + contoso.id()))
                .bodyText()
                .contains("Retry all");
        assertThat(send(
                        "/settings/collection/quarantine/retry",
                        Map.of("device", contoso.id().toString())))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/settings/security-devices/" + contoso.id());

        assertThat(owed(Optional.of(contoso.id()))).hasSize(2).allSatisfy(window -> assertThat(window.nextAt())
                .hasValueSatisfying(next -> assertThat(next).isBefore(LATER)));
        assertThat(owed(Optional.of(fabrikam.id()))).singleElement().satisfies(window -> assertThat(window.nextAt())
                .contains(LATER));
        assertThat(sendAsAnalyst(
                        "/settings/collection/quarantine/retry",
                        Map.of("device", fabrikam.id().toString())))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void letsAnalystsLookAndNotAsk() {
        passOver(device("Contoso"));

        assertThat(openAsAnalyst("/settings/collection/quarantine"))
                .hasStatusOk()
                .bodyText()
                .contains("request-17")
                .doesNotContain("Retry</button>");
        assertThat(sendAsAnalyst("/settings/collection/quarantine/" + only().id() + "/retry", Map.of()))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void doesNotKnowAWindowThatNeverWas() {
        assertThat(send("/settings/collection/quarantine/00000000-0000-0000-0000-000000000001/retry", Map.of()))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    private QuarantinedWindow only() {
        var windows = owed(Optional.empty());
        assertThat(windows).hasSize(1);
        return windows.getFirst();
    }

    private List<QuarantinedWindow> owed(Optional<UUID> device) {
        return service.list(Scope.everything(), device, Optional.empty(), Optional.of(true), 0, 10)
                .rows();
    }

    private void passOver(SecurityDevice device) {
        passOver(device, new Window(NINE, NINE.plusSeconds(1)));
    }

    private void passOver(SecurityDevice device, Window window) {
        var why = new Diagnosis(
                Trouble.MICROSOFT_ERROR,
                "Microsoft Graph answered with error 500 for vendor alerts.",
                "Wait.",
                Optional.of("UnknownError"),
                OptionalInt.of(500),
                Optional.of("request-17"),
                Optional.empty());
        records.passOver(new Detour(
                new Request(
                        device.directory(),
                        Feed.ALERTS,
                        PollWindow.begin(Purpose.POLL, window),
                        NINE.plusSeconds(60),
                        Duration.ZERO,
                        0,
                        Optional.of("request-17"),
                        ""),
                Optional.of(new Owed(window, why, 5, LATER)),
                Optional.of(window.to()),
                Optional.empty()));
    }
}
