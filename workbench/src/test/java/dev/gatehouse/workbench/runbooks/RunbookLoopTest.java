package dev.gatehouse.workbench.runbooks;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.collect.PagesFirst;
import dev.gatehouse.workbench.detections.HuntingStep;
import dev.gatehouse.workbench.detections.Runbook;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.hunt.Hunt;
import dev.gatehouse.workbench.hunt.HuntingService.Automatic;
import dev.gatehouse.workbench.investigations.InvestigationParts;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Status;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunbookLoopTest {

    private static final HuntingStep REPLICATED = new HuntingStep(
            "replicated",
            "Who else replicated?",
            "IdentityDirectoryEvents\n| where AccountName !in~ ({accounts}) and Timestamp between ({from} .. {to})",
            Duration.ofHours(24),
            Duration.ofHours(2),
            Optional.of("{count} replications by others."));

    private static final HuntingStep ON_HOST = new HuntingStep(
            "on-host",
            "Who signed in there?",
            "IdentityLogonEvents\n| where DeviceName in~ ({hosts})",
            Duration.ofHours(1),
            Duration.ofHours(1),
            Optional.empty());

    private final AlertParts parts =
            new AlertParts(InvestigationParts.into(new WorkbenchParts()).with(DueRunbooks.class));
    private final List<HuntingQuery> asked = new ArrayList<>();
    private final SecurityDevice contoso = parts.device("Contoso");
    private Runbook runbook = new Runbook(List.of(REPLICATED));
    private Automatic answer = found("{\"AccountName\":\"eve\",\"DeviceName\":\"dc01\"}", "{\"AccountName\":\"bob\"}");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private static Automatic found(String... rows) {
        return new Automatic.Asked(new Hunt.Found(
                List.of(rows).stream().map(Original::of).toList(),
                false,
                Duration.ofMillis(80),
                Optional.of("request-1")));
    }

    private PagesFirst pages = new PagesFirst();

    private RunbookLoop loop() {
        return new RunbookLoop(
                contoso.directory(),
                new RunbookLoop.Surroundings(
                        parts.get(DueRunbooks.class),
                        parts.get(Alerts.class),
                        parts.get(VendorAlerts.class),
                        rule -> runbook,
                        parts.get(SecurityDevices.class),
                        (connection, query) -> {
                            asked.add(query);
                            return answer;
                        },
                        parts.get(InvestigativeActions.class),
                        parts.get(Fence.class),
                        pages,
                        parts.clock(),
                        event -> {}),
                new NoSleep());
    }

    /** Rounds until nothing is left to do at once; gives the last pause. */
    private Duration run() throws InterruptedException {
        var loop = loop();
        var pause = Duration.ZERO;
        for (var round = 0; round < 20 && pause.isZero(); round++) {
            pause = loop.attempt().orElseThrow();
        }
        return pause;
    }

    private List<InvestigativeAction> steps() {
        return parts.get(InvestigativeActions.class)
                .ofAlert(Scope.everything(), parts.only().id());
    }

    @Test
    void letsPagesThatWaitToBeStoredGoFirstButNotForEver() throws InterruptedException {
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        answer = found();
        pages = new PagesFirst() {
            @Override
            public boolean isCrowded() {
                return true;
            }
        };
        var loop = loop();

        for (var round = 0; round < 15; round++) {
            assertThat(loop.attempt()).contains(Duration.ofSeconds(2));
        }
        assertThat(asked).isEmpty();
        loop.attempt();
        assertThat(asked).isNotEmpty();
    }

    @Test
    void runsTheQueriesOfAnAlertsRuleByItselfAndKeepsTheAnswer() throws InterruptedException {
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        run();

        assertThat(asked).singleElement().satisfies(query -> assertThat(query.text())
                .contains("AccountName !in~ (\"mallory\")", "datetime(2026-11-22T08:40:00Z)"));
        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.what().title()).isEqualTo("Who else replicated?");
            assertThat(step.status()).isEqualTo(Status.READY_FOR_ANALYSIS);
            assertThat(step.query().sentence()).isEqualTo("2 replications by others.");
            assertThat(step.query().table().orElseThrow().columns()).containsExactly("AccountName", "DeviceName");
            assertThat(step.query().table().orElseThrow().rows())
                    .containsExactly(List.of("eve", "dc01"), List.of("bob", ""));
        });
    }

    @Test
    void saysWhyAQueryCouldNotBeRunAndGoesOnWithTheNext() throws InterruptedException {
        runbook = new Runbook(List.of(ON_HOST, REPLICATED));
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        run();

        assertThat(asked).hasSize(1);
        assertThat(steps())
                .extracting(InvestigativeAction::status)
                .containsExactlyInAnyOrder(Status.FAILED, Status.READY_FOR_ANALYSIS);
        assertThat(steps())
                .filteredOn(step -> step.status() == Status.FAILED)
                .singleElement()
                .satisfies(step -> assertThat(step.query().failure()).contains("needs a host"));
    }

    @Test
    void runsEachQueryOnceHoweverOftenALoopBegins() throws InterruptedException {
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        run();
        run();
        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"));
        run();

        assertThat(asked).hasSize(1);
        assertThat(steps()).hasSize(1);
    }

    @Test
    void waitsWhileTheTenantsBudgetHasNoRoomAndLosesNothing() throws InterruptedException {
        var there = answer;
        answer = new Automatic.NotYet(Duration.ofSeconds(7));
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        assertThat(run()).isEqualTo(Duration.ofSeconds(7));
        assertThat(steps()).isEmpty();

        answer = there;
        run();
        assertThat(steps()).hasSize(1);
    }

    @Test
    void whatMicrosoftRefusesIsTheResult() throws InterruptedException {
        answer = new Automatic.Asked(new Hunt.Refused(Diagnosis.of(
                Trouble.PERMISSION_MISSING, "ThreatHunting.Read.All is missing.", "Grant it and consent.")));
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        run();

        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.status()).isEqualTo(Status.FAILED);
            assertThat(step.query().failure()).isEqualTo("ThreatHunting.Read.All is missing. Grant it and consent.");
        });
    }

    @Test
    void aQueryThatCannotBeAskedLetsTheNextOnePass() throws InterruptedException {
        var tooLong = new HuntingStep(
                "too-long",
                "Who is it?",
                "IdentityInfo\n| where AccountName in~ ({accounts}) // " + "x".repeat(10_000),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Optional.empty());
        runbook = new Runbook(List.of(tooLong, REPLICATED));
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        run();

        assertThat(steps())
                .extracting(InvestigativeAction::status)
                .containsExactlyInAnyOrder(Status.FAILED, Status.READY_FOR_ANALYSIS);
        assertThat(parts.get(DueRunbooks.class).next(contoso.directory())).isEmpty();
    }

    @Test
    void runsNothingForWhatTuningClosed() throws InterruptedException {
        var fabrikam = parts.newDevice("Fabrikam");
        parts.make(fabrikam, json("a1", DCSYNC, "low", "mallory"));

        assertThat(parts.get(DueRunbooks.class).next(fabrikam.directory())).isEmpty();
        assertThat(asked).isEmpty();
    }
}
