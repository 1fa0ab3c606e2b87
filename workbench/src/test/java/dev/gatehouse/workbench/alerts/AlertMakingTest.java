package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.RECON;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.UndecidedVendorAlerts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AlertMakingTest {

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AlertParts parts = new AlertParts(new WorkbenchParts().with("alerts.flood-threshold", "5"));

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void makesOneAlertOfVendorAlertsThatBelongTogether() {
        var contoso = parts.device("Contoso");

        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"), json("a3", DCSYNC, "high", "eve"));

        assertThat(parts.alerts())
                .extracting(Alert::name, Alert::vendorAlerts, Alert::status, Alert::severity)
                .containsExactlyInAnyOrder(
                        tuple(DCSYNC, 2, AlertStatus.OPEN, AlertSeverity.HIGH),
                        tuple(DCSYNC, 1, AlertStatus.OPEN, AlertSeverity.HIGH));
    }

    @Test
    void neverJoinsWhatIsOfTwoDirectories() {
        parts.make(parts.device("Contoso"), json("a1", DCSYNC, "high", "mallory"));
        parts.make(parts.device("Fabrikam"), json("a1", DCSYNC, "high", "mallory"));

        assertThat(parts.alerts()).hasSize(2).extracting(Alert::tenant).doesNotHaveDuplicates();
    }

    @Test
    void saysOfEachVendorAlertWhichRuleTookItAndWhy() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        assertThat(parts.get(Alerts.class).ofVendorAlert(Scope.everything(), contoso.directory(), "a1"))
                .get()
                .extracting(AlertVendorAlert::ruleId, AlertVendorAlert::reason, AlertVendorAlert::alert)
                .containsExactly(
                        "suspected-dcsync-attack",
                        "its title is " + DCSYNC,
                        parts.only().id());
    }

    @Test
    void makesAnAlertOfOneWhoseTechniquesAndDetectorAreLongerThanAnIndexTakes() {
        var contoso = parts.device("Contoso");
        // Of many different letters, as PostgreSQL packs what repeats.
        var endless = new Random(7)
                .ints(50_000, 'A', 'Z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        parts.make(
                contoso,
                json("a1", DCSYNC, "high", "mallory")
                        .replace("\"T1003.006\"", "\"T1003.006\",\"" + endless + "\"")
                        .replace("\"serviceSource\"", "\"detectorId\":\"" + endless + "\",\"serviceSource\""));

        assertThat(parts.only().techniques())
                .contains("T1003.006")
                .anyMatch(technique -> technique.startsWith(endless.substring(0, 100)));
    }

    @Test
    void makesANewAlertWhenTheLastVendorAlertIsLongAgo() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        parts.parts.clock().advance(PretendRules.WITHIN);
        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"));
        assertThat(parts.only().vendorAlerts()).isEqualTo(2);

        parts.parts.clock().advance(PretendRules.WITHIN.plusMillis(1));
        parts.make(contoso, json("a3", DCSYNC, "high", "mallory"));

        assertThat(parts.alerts()).hasSize(2);
    }

    @Test
    void neverJoinsAnAlertThatSomebodyClosed() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        close(parts.only());
        parts.parts.clock().advance(HOUR);

        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"));

        assertThat(parts.alerts())
                .extracting(Alert::status, Alert::vendorAlerts)
                .containsExactly(tuple(AlertStatus.CLOSED, 1), tuple(AlertStatus.OPEN, 1));
    }

    @Test
    void tellsWhatMicrosoftChangedAndNeitherClosesNorReopens() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        var revision = parts.only().revision();

        parts.make(
                contoso,
                json(
                        "a1",
                        DCSYNC,
                        "high",
                        "mallory",
                        ",\"status\":\"resolved\",\"lastUpdateDateTime\":\"2026-11-23T08:58:00Z\""));

        assertThat(parts.only())
                .returns(AlertStatus.OPEN, Alert::status)
                .returns(1, Alert::vendorResolved)
                .returns(revision, Alert::revision);
        assertThat(parts.sentences(parts.only().id()))
                .last()
                .asString()
                .isEqualTo("Microsoft changed vendor alert “%s”: status new → resolved.".formatted(DCSYNC));

        close(parts.only());
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory", ",\"lastUpdateDateTime\":\"2026-11-23T08:59:00Z\""));
        assertThat(parts.only()).returns(AlertStatus.CLOSED, Alert::status).returns(0, Alert::vendorResolved);
    }

    @Test
    void aWorseVendorAlertMakesItsAlertWorseAndAMilderOneDoesNotMakeItMilder() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "medium", "mallory"));
        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"));
        assertThat(parts.only().severity()).isEqualTo(AlertSeverity.HIGH);
        assertThat(parts.sentences(parts.only().id()))
                .contains("Gatehouse changed the severity from Medium to High: Microsoft says high.");

        parts.make(contoso, json("a3", DCSYNC, "low", "mallory"));
        assertThat(parts.only().severity()).isEqualTo(AlertSeverity.HIGH);
    }

    @Test
    void whatTheRulesFailAtWaitsAndKeepsNothingElseWaiting() {
        var contoso = parts.device("Contoso");
        parts.rules.failOn(RECON);

        parts.make(contoso, json("a1", RECON, "low", "eve"), json("a2", DCSYNC, "high", "mallory"));

        assertThat(parts.only().name()).isEqualTo(DCSYNC);
        assertThat(parts.get(UndecidedVendorAlerts.class).waiting(Scope.everything(), contoso.directory(), "a1"))
                .get()
                .returns(1, UndecidedVendorAlerts.Waiting::attempts)
                .extracting(UndecidedVendorAlerts.Waiting::fault)
                .asString()
                .contains("a mistake in " + RECON);

        parts.rules.failOn("");
        parts.detect(contoso);
        assertThat(parts.alerts()).hasSize(1);
        parts.parts.clock().advance(Duration.ofMinutes(2));
        parts.detect(contoso);
        assertThat(parts.alerts()).hasSize(2);
        assertThat(parts.get(UndecidedVendorAlerts.class).count(Scope.everything()))
                .isZero();
    }

    @Test
    void aVendorAlertWhoseOriginalIsDamagedKeepsNothingElseWaiting() {
        var contoso = parts.device("Contoso");
        parts.receive(contoso, json("a1", RECON, "low", "eve"), json("a2", DCSYNC, "high", "mallory"));
        parts.get(JdbcClient.class)
                .sql("update vendor_alert_version set original = 'damaged'::bytea where id = 'a1'")
                .update();
        // What was read when it came is handed out once: whoever had it did not get to its end.
        assertThat(parts.get(UndecidedVendorAlerts.class).next(contoso.directory(), WorkbenchParts.START, 10))
                .allMatch(each -> each.alert().isPresent());

        parts.detect(contoso);

        assertThat(parts.only().name()).isEqualTo(DCSYNC);
        assertThat(parts.get(UndecidedVendorAlerts.class).waiting(Scope.everything(), contoso.directory(), "a1"))
                .get()
                .extracting(UndecidedVendorAlerts.Waiting::fault)
                .asString()
                .contains("cannot be read again");
    }

    @Test
    void whatTheDatabaseRefusesKeepsNothingElseWaiting() {
        var contoso = parts.device("Contoso");
        parts.get(JdbcClient.class)
                .sql("alter table alert add constraint refused check (name <> '%s')".formatted(RECON))
                .update();

        parts.make(
                contoso,
                json("a1", RECON, "low", "eve"),
                json("a2", DCSYNC, "high", "mallory"),
                json("a3", DCSYNC, "high", "mallory"));

        assertThat(parts.only()).returns(DCSYNC, Alert::name).returns(2, Alert::vendorAlerts);
        assertThat(parts.get(UndecidedVendorAlerts.class).waiting(Scope.everything(), contoso.directory(), "a1"))
                .get()
                .extracting(UndecidedVendorAlerts.Waiting::fault)
                .asString()
                .contains("could not be stored");
    }

    @Test
    void closesTheFirstAlertsOfANewDeviceAtOnceAndSaysForHowLong() {
        var contoso = parts.newDevice("Contoso");

        parts.make(contoso, json("a1", RECON, "medium", "eve"));

        assertThat(parts.only())
                .returns(AlertStatus.CLOSED, Alert::status)
                .returns(Optional.of(CloseReason.SUPPRESSED_NEW_DEVICE), Alert::closeReason);
        assertThat(parts.only().closeComment())
                .contains(
                        "less than 48 hours ago",
                        "Until 2026-11-25T09:00:00Z",
                        "except those that are High or Critical");

        parts.parts.clock().advance(Duration.ofHours(47));
        parts.make(contoso, json("a2", RECON, "medium", "mallory"));
        parts.parts.clock().advance(HOUR);
        parts.make(contoso, json("a3", RECON, "medium", "trent"));
        assertThat(parts.alerts())
                .extracting(Alert::status)
                .containsExactly(AlertStatus.CLOSED, AlertStatus.CLOSED, AlertStatus.OPEN);
    }

    @Test
    void anOrganizationSaysHowLongItsNewDevicesAreTuned() {
        var contoso = parts.newDevice("Contoso");
        var organization = parts.get(dev.gatehouse.workbench.people.Organizations.class)
                .of(contoso.directory())
                .orElseThrow();
        parts.get(Tuning.class).set(Scope.everything(), organization.id(), 36, 5, Actor.GATEHOUSE);
        parts.make(contoso, json("a1", RECON, "medium", "eve"));

        parts.parts.clock().advance(Duration.ofHours(36));
        parts.make(contoso, json("a2", RECON, "medium", "mallory"));

        assertThat(parts.alerts()).extracting(Alert::status).containsExactly(AlertStatus.CLOSED, AlertStatus.OPEN);
    }

    @Test
    void neverClosesByTuningWhatIsHigh() {
        var contoso = parts.newDevice("Contoso");

        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));

        assertThat(parts.only().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void opensWhatTuningClosedWhenItBecomesHigh() {
        var contoso = parts.newDevice("Contoso");
        parts.make(contoso, json("a1", RECON, "medium", "eve"));

        parts.make(contoso, json("a1", RECON, "high", "eve", ",\"lastUpdateDateTime\":\"2026-11-23T08:58:00Z\""));

        assertThat(parts.only()).returns(AlertStatus.OPEN, Alert::status);
        assertThat(parts.sentences(parts.only().id()))
                .last()
                .asString()
                .startsWith("Gatehouse reopened it: It has become High");
    }

    @Test
    void theSameWhileADeviceIsNewIsOneAlert() {
        var contoso = parts.newDevice("Contoso");

        parts.make(contoso, json("a1", RECON, "medium", "eve"), json("a2", RECON, "medium", "eve"));

        assertThat(parts.only().vendorAlerts()).isEqualTo(2);
    }

    @Test
    void closesWhatIsTooManyOfOneRuleInAnHour() {
        var contoso = parts.device("Contoso");
        var flood = IntStream.range(0, 8)
                .mapToObj(number -> json("a" + number, RECON, "low", "user" + number))
                .toArray(String[]::new);

        parts.make(contoso, flood);
        parts.make(contoso, json("b1", DCSYNC, "low", "mallory"), json("b2", RECON, "high", "trent"));

        assertThat(parts.alerts())
                .filteredOn(alert -> alert.closeReason()
                        .filter(CloseReason.SUPPRESSED_THRESHOLD_EXCEEDED::equals)
                        .isPresent())
                .hasSize(3);
        assertThat(parts.alerts())
                .filteredOn(alert -> alert.status() == AlertStatus.OPEN)
                .hasSize(7);

        parts.parts.clock().advance(HOUR);
        parts.make(contoso, json("c1", RECON, "low", "peggy"));
        assertThat(parts.alerts()).last().returns(AlertStatus.OPEN, Alert::status);
    }

    @Test
    void countsAsManyAsThereAre() {
        var contoso = parts.device("Contoso");
        parts.make(
                contoso,
                json("a1", DCSYNC, "high", "mallory"),
                json("a2", DCSYNC, "high", "eve"),
                json("a3", RECON, "low", "eve"));
        close(parts.alerts().getFirst());

        assertThat(parts.get(Alerts.class)
                        .countBySeverity(
                                Scope.everything(),
                                AlertFilter.ALL.withStatuses(
                                        java.util.Set.of(AlertStatus.OPEN, AlertStatus.IN_PROGRESS))))
                .containsEntry(AlertSeverity.MEDIUM, 0L)
                .satisfies(counts -> assertThat(counts.getOrDefault(AlertSeverity.HIGH, 0L)
                                + counts.getOrDefault(AlertSeverity.LOW, 0L))
                        .isEqualTo(2));
    }

    private void close(Alert alert) {
        parts.get(AlertActions.class)
                .close(Scope.everything(), ADA, List.of(Seen.of(alert)), CloseReason.BENIGN, "The scanner of IT.");
    }
}
