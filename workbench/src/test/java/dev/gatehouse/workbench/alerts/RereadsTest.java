package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.RECON;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.alerts.Reread.Difference;
import dev.gatehouse.workbench.alerts.Reread.Move;
import dev.gatehouse.workbench.alerts.Reread.State;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.NoSleep;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RereadsTest {

    private static final Scope ALL = Scope.everything();
    private static final RuleId RULE = new RuleId("account-enumeration");
    private static final RuleId ONE = new RuleId("one-for-all");

    private final AlertParts parts = new AlertParts(new WorkbenchParts().with("alerts.flood-threshold", "1000"));
    private final Rereads rereads = parts.get(Rereads.class);
    private final SecurityDevice contoso = parts.device("Contoso");
    private final Actor ada = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private Reread looked(RuleId rule) {
        rereads.begin(ALL, rule, 30, ada);
        parts.readAgain(contoso);
        return rereads.last(ALL, rule).orElseThrow();
    }

    private Reread applied(RuleId rule) {
        rereads.apply(ALL, looked(rule).id(), ada);
        parts.readAgain(contoso);
        return rereads.last(ALL, rule).orElseThrow();
    }

    private List<String> membersOf(Alert alert) {
        return parts.get(Alerts.class).vendorAlerts(ALL, alert.id(), 100).stream()
                .map(AlertVendorAlert::vendorAlertId)
                .sorted()
                .toList();
    }

    @Test
    void aChangedRuleChangesNothingUntilSomebodyAsks() {
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        parts.rules.become(1);
        parts.make(contoso, json("a2", RECON, "low", "mallory"));

        assertThat(parts.alerts()).extracting(Alert::ruleId).containsExactlyInAnyOrder(RULE.value(), ONE.value());
    }

    @Test
    void aDryRunTellsWhichRuleWouldTakeWhatAndChangesNothing() {
        parts.make(
                contoso,
                json("a1", RECON, "low", "eve"),
                json("a2", RECON, "low", "eve"),
                json("a3", DCSYNC, "low", "eve"));
        parts.rules.become(1);

        var reread = looked(ONE);

        assertThat(reread.state()).isEqualTo(State.LOOKED);
        assertThat(reread.progress().lookedAt()).isEqualTo(3);
        assertThat(reread.summary().moves())
                .containsExactly(
                        new Move(Difference.OTHER_RULE, RULE.value(), ONE.value(), 2),
                        new Move(Difference.OTHER_RULE, "suspected-dcsync-attack", ONE.value(), 1));
        assertThat(reread.summary().newAlerts()).isZero();
        assertThat(rereads.findings(ALL, reread.id(), Optional.empty(), 10))
                .extracting(Reread.Finding::vendorAlert)
                .containsExactly("a1", "a2", "a3");
        assertThat(looked(RULE).summary().vendorAlerts()).isEqualTo(2);
        assertThat(parts.alerts()).extracting(Alert::ruleId).doesNotContain(ONE.value());
    }

    @Test
    void whatAnotherRuleTakesAsAWholeStaysOneAlert() {
        parts.make(contoso, json("a1", RECON, "low", "eve"), json("a2", RECON, "low", "eve"));
        var before = parts.only();
        parts.rules.become(1);

        var reread = applied(ONE);

        assertThat(reread.state()).isEqualTo(State.APPLIED);
        assertThat(reread.summary().changed()).isEqualTo(2);
        assertThat(parts.only().id()).isEqualTo(before.id());
        assertThat(parts.only().ruleId()).isEqualTo(ONE.value());
        assertThat(parts.only().name()).isEqualTo("One for all");
        assertThat(parts.sentences(before.id()))
                .last()
                .isEqualTo("Ada had history read again: rule one-for-all takes it instead of account-enumeration.");
        parts.make(contoso, json("a3", RECON, "low", "eve"));
        assertThat(parts.only().vendorAlerts()).isEqualTo(3);
    }

    @Test
    void whatIsNotJoinedAnyMoreBecomesAlertsOfItsOwnWithTheNewSeverity() {
        parts.make(
                contoso,
                json("a1", RECON, "low", "eve"),
                json("a2", RECON, "low", "eve"),
                json("a3", RECON, "low", "eve"));
        parts.rules.become(2);
        assertThat(looked(RULE).summary().newAlerts()).isEqualTo(2);

        applied(RULE);

        assertThat(parts.alerts()).hasSize(3).allSatisfy(alert -> {
            assertThat(membersOf(alert)).hasSize(1);
            assertThat(alert.vendorAlerts()).isEqualTo(1);
            assertThat(alert.severity()).isEqualTo(AlertSeverity.HIGH);
        });
        assertThat(parts.alerts().stream().flatMap(alert -> membersOf(alert).stream()))
                .containsExactlyInAnyOrder("a1", "a2", "a3");
        assertThat(found("eve")).as("by what it was found by before").isEqualTo(3);
        assertThat(found("a2")).isEqualTo(1);
    }

    private int found(String text) {
        return parts.get(Alerts.class)
                .list(Scope.everything(), AlertFilter.ALL.withText(text), AlertOrder.OLDEST, Optional.empty(), 10)
                .rows()
                .size();
    }

    @Test
    void aSeverityCanBecomeLessAgain() {
        parts.rules.become(2);
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        parts.rules.become(0);

        applied(RULE);

        assertThat(parts.only().severity()).isEqualTo(AlertSeverity.LOW);
    }

    @Test
    void whatSomebodyHasWorkedOnIsOnlyTold() {
        parts.make(
                contoso,
                json("a1", RECON, "low", "eve"),
                json("a2", RECON, "low", "mallory"),
                json("a3", RECON, "low", "trent"));
        var alerts = parts.alerts();
        var actions = parts.get(AlertActions.class);
        actions.comment(ALL, ada, List.of(alerts.get(0).id()), "Hm.");
        actions.assign(ALL, ada, List.of(Seen.of(alerts.get(1))), Optional.of(ada));
        actions.close(ALL, ada, List.of(Seen.of(alerts.get(2))), CloseReason.BENIGN, "Known.");
        parts.rules.become(1);

        var reread = applied(ONE);

        assertThat(reread.summary().touched()).isEqualTo(3);
        assertThat(reread.summary().noted()).isEqualTo(3);
        assertThat(reread.summary().changed()).isZero();
        assertThat(parts.alerts()).extracting(Alert::ruleId).containsOnly(RULE.value());
        alerts.forEach(alert -> assertThat(parts.sentences(alert.id()))
                .last()
                .asString()
                .contains(
                        "rule one-for-all would take vendor alert",
                        "Nothing was changed, because somebody has worked on"));
    }

    @Test
    void goesOnWhereAnotherProcessStoppedAndCanBeStopped() {
        for (var number = 0; number < 250; number++) {
            parts.receive(contoso, json("a%03d".formatted(number), RECON, "low", "user" + number));
        }
        parts.detect(contoso);
        parts.rules.become(1);
        rereads.begin(ALL, ONE, 30, ada);
        parts.get(RereadWork.class).next(contoso.directory());
        assertThat(rereads.last(ALL, ONE).orElseThrow().progress().lookedAt()).isEqualTo(200);
        assertThatThrownBy(() -> rereads.begin(ALL, ONE, 30, ada)).hasMessageContaining("Stop that first");
        parts.readAgain(contoso);
        var reread = rereads.last(ALL, ONE).orElseThrow();
        assertThat(reread.summary().vendorAlerts()).isEqualTo(250);

        rereads.apply(ALL, reread.id(), ada);
        parts.get(RereadWork.class).next(contoso.directory());
        rereads.stop(ALL, reread.id());
        parts.readAgain(contoso);

        assertThat(rereads.last(ALL, ONE).orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(parts.alerts().stream().filter(alert -> alert.ruleId().equals(ONE.value())))
                .hasSize(20);
        assertThatThrownBy(() -> rereads.apply(ALL, reread.id(), ada)).isInstanceOf(InvalidAlertChange.class);
    }

    @Test
    void aLoopThatHadNothingToReadFindsWhatSomebodyAsksFor() throws InterruptedException {
        var work = parts.get(RereadWork.class);
        var loop = new RereadLoop(
                contoso.directory(),
                work,
                new TenantsWithWork(work::withWork, parts.clock(), Runnable::run),
                new Random(1),
                new NoSleep());
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        loop.attempt();
        parts.rules.become(1);
        rereads.begin(ALL, ONE, 30, ada);

        loop.attempt();

        assertThat(rereads.last(ALL, ONE).orElseThrow().state()).isEqualTo(State.LOOKED);
    }

    @Test
    void looksNoFurtherBackThanIsAskedFor() {
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        parts.clock().advance(Duration.ofDays(3));
        parts.make(contoso, json("a2", RECON, "low", "mallory"));
        parts.rules.become(1);

        rereads.begin(ALL, ONE, 2, ada);
        parts.readAgain(contoso);

        assertThat(rereads.last(ALL, ONE).orElseThrow().progress().lookedAt()).isEqualTo(1);
        assertThatThrownBy(() -> rereads.begin(ALL, ONE, 0, ada)).hasMessageContaining("from 1 to 180");
    }

    @Test
    void waitsForNoDirectoryWhoseLastDeviceIsRemovedMeanwhile() {
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        var fabrikam = parts.device("Fabrikam");
        rereads.begin(ALL, ONE, 30, ada);
        parts.readAgain(contoso);
        parts.get(DeviceEditing.class).remove(fabrikam.id(), "Ada");
        assertThat(rereads.last(ALL, ONE).orElseThrow().state()).isEqualTo(State.LOOKING);

        parts.get(RereadOfRemoved.class).run();

        assertThat(rereads.last(ALL, ONE).orElseThrow().state()).isEqualTo(State.LOOKED);
    }

    @Test
    void beginsAndAppliesWithoutDirectoriesThatHaveNoDeviceAnyMore() {
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        var editing = parts.get(DeviceEditing.class);
        editing.remove(parts.device("Fabrikam").id(), "Ada");
        parts.rules.become(1);
        var reread = looked(ONE);
        assertThat(reread.state()).isEqualTo(State.LOOKED);
        assertThat(reread.summary().vendorAlerts()).isEqualTo(1);

        editing.remove(contoso.id(), "Ada");
        rereads.apply(ALL, reread.id(), ada);

        assertThat(rereads.last(ALL, ONE).orElseThrow().state()).isEqualTo(State.APPLIED);
    }
}
