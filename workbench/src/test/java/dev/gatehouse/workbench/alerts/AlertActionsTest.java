package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertActionsTest {

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");
    private static final Scope ALL = Scope.everything();

    private final AlertParts parts = new AlertParts();
    private final AlertActions actions = parts.get(AlertActions.class);
    private SecurityDevice contoso;

    @BeforeEach
    void makeAnAlert() {
        contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private List<Seen> seen() {
        return List.of(Seen.of(parts.only()));
    }

    @Test
    void whoStartsWorkingOnItHasIt() {
        parts.parts.clock().advance(Duration.ofMinutes(3));

        actions.start(ALL, ADA, seen());

        assertThat(parts.only())
                .returns(AlertStatus.IN_PROGRESS, Alert::status)
                .returns(Optional.of(ADA), Alert::assignee);
        assertThat(parts.only().times().firstWorked())
                .contains(parts.parts.clock().instant());
        assertThat(parts.sentences(parts.only().id()))
                .containsExactly(
                        "Gatehouse made it from a vendor alert.", "Ada took it.", "Ada started working on it.");
    }

    @Test
    void closesWithReasonAndComment() {
        actions.close(ALL, ADA, seen(), CloseReason.BENIGN, " The scanner of IT. ");

        assertThat(parts.only())
                .returns(AlertStatus.CLOSED, Alert::status)
                .returns(Optional.of(CloseReason.BENIGN), Alert::closeReason)
                .returns("The scanner of IT.", Alert::closeComment);
        assertThat(parts.sentences(parts.only().id()))
                .last()
                .isEqualTo("Ada closed it as Benign: “The scanner of IT.”");
    }

    @Test
    void closingTakesAReasonForPeopleAndAComment() {
        assertThatThrownBy(() -> actions.close(ALL, ADA, seen(), CloseReason.SUPPRESSED_NEW_DEVICE, "no"))
                .isInstanceOf(InvalidAlertChange.class)
                .hasMessageContaining("given by Gatehouse only");
        assertThatThrownBy(() -> actions.close(ALL, ADA, seen(), CloseReason.BENIGN, "  "))
                .isInstanceOf(InvalidAlertChange.class)
                .hasMessageContaining("why it is closed");
        assertThat(parts.only().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void reopensWhatWasClosedAndKeepsWhenItWasClosedFirst() {
        actions.close(ALL, ADA, seen(), CloseReason.BENIGN, "IT.");
        var closed = parts.parts.clock().instant();
        parts.parts.clock().advance(Duration.ofHours(1));

        actions.reopen(ALL, BEN, seen(), "It happened again.");

        assertThat(parts.only())
                .returns(AlertStatus.OPEN, Alert::status)
                .returns(Optional.empty(), Alert::closeReason)
                .returns(Optional.of(closed), alert -> alert.times().firstClosed())
                .returns(Optional.empty(), alert -> alert.times().closed());
        assertThat(parts.sentences(parts.only().id())).last().isEqualTo("Ben reopened it: It happened again.");
    }

    @Test
    void assignsToAPersonToTheOrganizationAndToNobody() {
        var organization =
                Actor.of(parts.get(Organizations.class).of(contoso.directory()).orElseThrow());

        actions.assign(ALL, ADA, seen(), Optional.of(BEN));
        assertThat(parts.only().assignee()).contains(BEN);
        actions.assign(ALL, ADA, seen(), Optional.of(organization));
        assertThat(parts.only().assignee()).contains(organization);
        actions.assign(ALL, ADA, seen(), Optional.empty());

        assertThat(parts.only().assignee()).isEmpty();
        assertThat(parts.sentences(parts.only().id()))
                .containsSequence(
                        "Ada assigned it to Ben.",
                        "Ada assigned it to %s.".formatted(organization.name()),
                        "Ada unassigned it from %s.".formatted(organization.name()));
    }

    @Test
    void theSecondOfTwoIsToldWhatTheFirstDidAndOverwritesNothing() {
        var asBothSawIt = seen();
        actions.close(ALL, ADA, asBothSawIt, CloseReason.BENIGN, "The scanner of IT.");

        assertThatThrownBy(() -> actions.close(ALL, BEN, asBothSawIt, CloseReason.TRUE_POSITIVE, "Real."))
                .isInstanceOf(AlertsChangedMeanwhile.class)
                .hasMessage("Ada closed it as Benign: “The scanner of IT.”");

        assertThat(parts.only().closeReason()).contains(CloseReason.BENIGN);
    }

    @Test
    void whoeverClosesIsToldOfAVendorAlertThatJoinedSinceTheyLooked() {
        var asSeen = seen();
        parts.make(contoso, json("a2", DCSYNC, "high", "mallory"));

        assertThatThrownBy(() -> actions.close(ALL, ADA, asSeen, CloseReason.BENIGN, "IT."))
                .isInstanceOf(AlertsChangedMeanwhile.class)
                .hasMessageContaining("Vendor alert “%s” joined".formatted(DCSYNC));

        assertThat(parts.only().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void ofManyOnlyThoseThatChangedAreLeftAlone() {
        parts.make(contoso, json("a2", DCSYNC, "high", "eve"));
        var all = parts.alerts().stream().map(Seen::of).toList();
        actions.assign(ALL, BEN, List.of(all.getFirst()), Optional.of(BEN));

        assertThatThrownBy(() -> actions.close(ALL, ADA, all, CloseReason.BENIGN, "IT."))
                .isInstanceOfSatisfying(AlertsChangedMeanwhile.class, failure -> {
                    assertThat(failure.done()).isEqualTo(1);
                    assertThat(failure.since()).containsOnlyKeys(all.getFirst().id());
                });

        assertThat(parts.alerts())
                .filteredOn(alert -> alert.id().equals(all.getFirst().id()))
                .extracting(Alert::status)
                .containsExactly(AlertStatus.OPEN);
        assertThat(parts.alerts())
                .filteredOn(alert -> alert.id().equals(all.getLast().id()))
                .extracting(Alert::status)
                .containsExactly(AlertStatus.CLOSED);
    }

    @Test
    void nobodyChangesWhatTheyCannotSee() {
        assertThatThrownBy(() -> actions.close(Scope.of(UUID.randomUUID()), ADA, seen(), CloseReason.BENIGN, "IT."))
                .isInstanceOf(AlertsChangedMeanwhile.class)
                .hasMessage("One is not there any more.");
        assertThat(parts.only().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void tellsOpenPagesOfWhatChanged() {
        actions.start(ALL, ADA, seen());

        assertThat(parts.parts.events(AlertsChanged.class))
                .last()
                .isEqualTo(new AlertsChanged(List.of(parts.only().id())));
    }
}
