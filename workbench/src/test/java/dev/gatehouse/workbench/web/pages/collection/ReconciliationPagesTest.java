package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class ReconciliationPagesTest extends ScreenTest {

    private static final String PAGE = "/settings/collection/reconciliation";
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    @Autowired
    private Reconciliations reconciliations;

    @Test
    void saysOfEachHourWhatGraphHasAndWhatIsHere() {
        compared(device("Contoso"), Feed.ALERTS, NINE, State.EQUAL, new Count(214, 214, 0, 0, 0, 0, 0));

        assertThat(open(PAGE))
                .hasStatusOk()
                .bodyText()
                .contains("Contoso, 09:00–10:00: 214 in Graph, 214 here", "2026-11-23 09:00–10:00", "Equal");
    }

    @Test
    void filtersByDeviceFeedResultAndTime() {
        var contoso = device("Contoso");
        compared(contoso, Feed.ALERTS, NINE, State.EQUAL, new Count(1, 1, 0, 0, 0, 0, 0));
        compared(contoso, Feed.INCIDENTS, NINE, State.HEALED, new Count(2, 2, 1, 0, 0, 1, 0));
        compared(
                device("Fabrikam"),
                Feed.ALERTS,
                NINE.minus(Duration.ofDays(1)),
                State.DIFFERS,
                new Count(3, 4, 0, 1, 0, 0, 0));

        assertThat(open(PAGE + "?device=" + contoso.id()))
                .bodyText()
                .contains("1 in Graph", "2 in Graph")
                .doesNotContain("3 in Graph");
        assertThat(open(PAGE + "?feed=incidents"))
                .bodyText()
                .contains("2 in Graph")
                .doesNotContain("1 in Graph", "3 in Graph");
        assertThat(open(PAGE + "?state=differs"))
                .bodyText()
                .contains("3 in Graph, 4 here; 1 not in Graph any more")
                .doesNotContain("1 in Graph", "2 in Graph");
        assertThat(open(PAGE + "?to=2026-11-23T00:00"))
                .bodyText()
                .contains("3 in Graph")
                .doesNotContain("2 in Graph");
        assertThat(open(PAGE + "?from=soon"))
                .hasStatusOk()
                .bodyText()
                .contains("is no date and time such as 2026-11-23T09:00: it was left out.");
    }

    @Test
    void saysWhyAnHourCouldNotBeComparedAndWhatToDo() {
        var contoso = device("Contoso");
        reconciliations.failed(
                new Place(contoso.directory(), Feed.ALERTS, NINE),
                Diagnosis.of(Trouble.PERMISSION_MISSING, "A role is missing.", "Grant it."));

        assertThat(open(PAGE))
                .bodyText()
                .contains("Contoso, 09:00–10:00: could not be compared. A role is missing.", "Grant it.", "Failed");
    }

    @Test
    void queuesARangeForAllFeedsAndShowsThatItIsToCome() {
        var contoso = device("Contoso");

        assertThat(send(
                        PAGE,
                        Map.of(
                                "device",
                                contoso.id().toString(),
                                "from",
                                "2026-11-23T09:30",
                                "to",
                                "2026-11-23T11:00")))
                .hasStatus(HttpStatus.FOUND)
                .flash()
                .containsEntry("note", "10 comparisons are queued. The rows below fill as they are made.");

        assertThat(open(PAGE)).bodyText().contains("Contoso, 10:00–11:00: not compared yet", "asked for, to come");
    }

    @Test
    void saysWhatIsWrongWithARange() {
        var contoso = device("Contoso").id().toString();

        assertThat(send(PAGE, Map.of("device", contoso, "from", "2026-11-23T12:00")))
                .flash()
                .containsEntry("compareProblem", "No full hour has passed since then. Choose an earlier start.");
        assertThat(send(PAGE, Map.of("device", contoso, "from", "2026-11-01T12:00", "to", "2026-10-01T12:00")))
                .flash()
                .containsEntry("compareProblem", "The range is empty: its end must be later than its start.");
        assertThat(send(PAGE, Map.of("device", contoso, "from", "2026-09-01T12:00")))
                .flash()
                .containsEntry("compareProblem", "The range is longer than 31 days. Ask for a part of it.");
        assertThat(send(
                        PAGE,
                        Map.of(
                                "device",
                                contoso,
                                "feed",
                                "logon-events",
                                "from",
                                "2026-10-01T12:00",
                                "to",
                                "2026-10-02T12:00")))
                .flash()
                .hasEntrySatisfying("compareProblem", problem -> assertThat(problem.toString())
                        .startsWith("Microsoft keeps hunting rows for 30 days."));
        assertThat(send(PAGE, Map.of("device", contoso, "from", "soon")))
                .flash()
                .containsKey("compareProblem");
        assertThat(send(PAGE, Map.of("from", "2026-11-23T09:00"))).flash().containsKey("compareProblem");
    }

    @Test
    void letsAnalystsLookAndNotAsk() {
        var contoso = device("Contoso").id().toString();

        assertThat(openAsAnalyst(PAGE)).hasStatusOk().bodyText().doesNotContain("Compare now");
        assertThat(sendAsAnalyst(PAGE, Map.of("device", contoso, "from", "2026-11-23T09:00")))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void showsTheLastDayOfADeviceAsAStripThatCanBeRead() {
        var contoso = device("Contoso");
        compared(contoso, Feed.ALERTS, NINE, State.HEALED, new Count(5, 5, 2, 0, 0, 2, 0));

        assertThat(open("/settings/security-devices/" + contoso.id()))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Healed. 09:00–10:00: 5 in Graph, 5 here; 2 fetched because of this check",
                        "Not yet. 10:00–11:00: not compared yet");
    }

    private void compared(SecurityDevice device, Feed feed, Instant hour, State state, Count count) {
        reconciliations.checked(
                new Place(device.directory(), feed, hour),
                state,
                count,
                Optional.empty(),
                Optional.of("request-7"),
                clock.instant());
    }
}
