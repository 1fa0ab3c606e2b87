package dev.gatehouse.workbench.investigations;

import static dev.gatehouse.workbench.investigations.InvestigationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvestigationActionsTest {

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

    private final InvestigationParts parts = new InvestigationParts();
    private final InvestigationActions actions = parts.get(InvestigationActions.class);
    private final Organization acme = parts.organization("ACME");
    private final SecurityDevice device = parts.device(acme);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private Alert alert(String id) {
        return parts.alert(device, id, "account-" + id);
    }

    private Alert again(Alert alert) {
        return parts.get(Alerts.class).find(ALL, alert.id()).orElseThrow();
    }

    private Seen seen(UUID id) {
        return Seen.of(parts.find(id));
    }

    @Test
    void opensFromAnAlertWhichLeadsAndIsWorkedOnFromThenOn() {
        var alert = alert("a1");

        var id = actions.openFrom(ALL, ADA, List.of(alert.id()), "");

        assertThat(parts.find(id))
                .returns("ACME-1", Investigation::shortLink)
                .returns(alert.name(), Investigation::title)
                .returns(Optional.of(alert.id()), Investigation::leadAlert)
                .returns(1, Investigation::alerts)
                .returns(true, Investigation::isOpen)
                .returns(false, Investigation::isIncident);
        assertThat(again(alert))
                .returns(Optional.of(id), Alert::investigation)
                .returns(AlertStatus.IN_PROGRESS, Alert::status);
        assertThat(parts.sentences(id))
                .containsExactly("Ada opened it.", "Ada put the alert “%s” into it.".formatted(alert.name()));
        assertThat(parts.get(Findings.class).of(ALL, id))
                .extracting(Finding::title)
                .isEqualTo(Findings.DEFAULT_QUESTIONS);
    }

    @Test
    void numbersOfAnOrganizationHaveNeitherGapsNorDoublesWhoeverOpensAtOnce() throws Exception {
        var globex = parts.organization("GLOBEX");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = IntStream.range(0, 24)
                    .mapToObj(number -> people.submit(() -> {
                        try {
                            // Every third is refused, and must leave no gap.
                            return Optional.of(
                                    number % 3 == 0
                                            ? actions.openFrom(ALL, ADA, List.of(UUID.randomUUID()), "No such alert")
                                            : actions.open(
                                                    ALL, ADA, (number % 2 == 0 ? acme : globex).id(), "N" + number));
                        } catch (InvalidInvestigationChange e) {
                            return Optional.<UUID>empty();
                        }
                    }))
                    .toList();
            for (var each : opening) {
                each.get();
            }
        }

        for (var organization : List.of(acme, globex)) {
            assertThat(parts.all())
                    .filteredOn(each -> each.organization().equals(organization.id()))
                    .extracting(Investigation::number)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 8).boxed().toList());
        }
    }

    @Test
    void keepsItsNameWhenTheOrganizationIsRenamed() {
        var id = actions.open(ALL, ADA, acme.id(), "By hand");

        parts.get(Organizations.class)
                .change(
                        acme.id(),
                        new OrganizationDraft("Acme", "ACM", acme.guid().value(), "", ""));

        assertThat(parts.find(id).shortLink()).isEqualTo("ACME-1");
        assertThat(parts.find(actions.open(ALL, ADA, acme.id(), "Next")).shortLink())
                .isEqualTo("ACM-2");
        assertThat(parts.get(Investigations.class).numbered(ALL, "acme-1")).contains(id);
    }

    @Test
    void anAlertIsInOneInvestigationAtMost() {
        var alert = alert("a1");
        actions.openFrom(ALL, ADA, List.of(alert.id()), "First");

        assertThatThrownBy(() -> actions.openFrom(ALL, BEN, List.of(alert.id()), "Second"))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessage("Already in ACME-1. Take it out there first.");
        var other = actions.open(ALL, BEN, acme.id(), "Other");
        assertThatThrownBy(() -> actions.add(ALL, BEN, other, List.of(alert.id())))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessageContaining("Already in ACME-1");

        assertThat(parts.all()).extracting(Investigation::alerts).containsExactlyInAnyOrder(1, 0);
    }

    @Test
    void ofTwoWhoOpenFromTheSameAlertAtOnceOneIsRefused() throws Exception {
        var alert = alert("a1");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = IntStream.range(0, 6)
                    .mapToObj(number -> people.submit(() -> {
                        try {
                            actions.openFrom(ALL, ADA, List.of(alert.id()), "N" + number);
                            return 1;
                        } catch (InvalidInvestigationChange e) {
                            return 0;
                        }
                    }))
                    .toList();
            var opened = 0;
            for (var each : opening) {
                opened += each.get();
            }
            assertThat(opened).isEqualTo(1);
        }
        assertThat(parts.all()).hasSize(1);
    }

    @Test
    void isAboutOneOrganization() {
        var globex = parts.organization("GLOBEX");
        var here = alert("a1");
        var there = parts.alert(parts.device(globex), "a2", "eve");

        assertThatThrownBy(() -> actions.openFrom(ALL, ADA, List.of(here.id(), there.id()), "Both"))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessageContaining("different organizations");
        var id = actions.openFrom(ALL, ADA, List.of(here.id()), "Here");
        assertThatThrownBy(() -> actions.add(ALL, ADA, id, List.of(there.id())))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessageContaining("another organization");

        assertThat(again(there).investigation()).isEmpty();
    }

    @Test
    void takesAlertsInAndOutAndKeepsALead() {
        var first = alert("a1");
        var second = alert("a2");
        var id = actions.openFrom(ALL, ADA, List.of(first.id()), "Theft");

        assertThat(actions.add(ALL, BEN, id, List.of(first.id(), second.id()))).isEqualTo(1);
        actions.lead(ALL, BEN, id, second.id());
        actions.remove(ALL, BEN, id, first.id());

        assertThat(parts.find(id))
                .returns(1, Investigation::alerts)
                .returns(Optional.of(second.id()), Investigation::leadAlert);
        assertThat(again(first).investigation()).isEmpty();
        assertThat(parts.sentences(id))
                .endsWith(
                        "Ben put the alert “%s” into it.".formatted(second.name()),
                        "Ben made “%s” its lead alert.".formatted(second.name()),
                        "Ben took the alert “%s” out of it.".formatted(first.name()));
    }

    @Test
    void theSecondOfTwoIsToldWhatTheFirstDidAndOverwritesNothing() {
        var id = actions.open(ALL, ADA, acme.id(), "Theft");
        var asBothSawIt = seen(id);
        actions.update(
                ALL,
                ADA,
                asBothSawIt,
                Map.of(InvestigationField.ANALYST_SEVERITY, "HIGH", InvestigationField.NEXT_STEPS, "Call them."),
                Optional.of(ADA));

        assertThatThrownBy(() -> actions.update(
                        ALL, BEN, asBothSawIt, Map.of(InvestigationField.ANALYST_SEVERITY, "LOW"), Optional.of(BEN)))
                .isInstanceOf(InvestigationChangedMeanwhile.class)
                .hasMessageContainingAll("Ada changed severity is “High”, next steps is “Call them.”.", "Ada took it.");

        assertThat(parts.find(id))
                .returns("HIGH", each -> each.field(InvestigationField.ANALYST_SEVERITY))
                .returns(Optional.of(ADA), Investigation::assignee);
    }

    @Test
    void closesWithTheAlertsThatAreNamedAndForTheSameReason() {
        var first = alert("a1");
        var second = alert("a2");
        var id = actions.openFrom(ALL, ADA, List.of(first.id(), second.id()), "Theft");

        actions.close(
                ALL,
                ADA,
                seen(id),
                Decision.IT_MISCONFIGURATION,
                "A scanner.",
                List.of(AlertActions.Seen.of(again(first))));

        assertThat(parts.find(id)).returns(Optional.of(Decision.IT_MISCONFIGURATION), Investigation::decision);
        assertThat(again(first)).returns(Optional.of(CloseReason.IT_MISCONFIGURATION), Alert::closeReason);
        assertThat(again(second)).returns(AlertStatus.IN_PROGRESS, Alert::status);
        assertThat(parts.sentences(id)).last().isEqualTo("Ada closed it as IT misconfiguration: “A scanner.”");
        assertThatThrownBy(() -> actions.add(ALL, ADA, id, List.of(alert("a3").id())))
                .hasMessage("ACME-1 is closed. Reopen it first.");
    }

    @Test
    void closesNothingWhenOneOfTheAlertsHasChangedSince() {
        var alert = alert("a1");
        var id = actions.openFrom(ALL, ADA, List.of(alert.id()), "Theft");
        var asSeen = AlertActions.Seen.of(again(alert));
        parts.alerts.make(
                device,
                dev.gatehouse.workbench.alerts.AlertParts.json(
                        "more", dev.gatehouse.workbench.alerts.AlertParts.DCSYNC, "high", "account-a1"));

        assertThatThrownBy(() -> actions.close(ALL, ADA, seen(id), Decision.BENIGN, "Known.", List.of(asSeen)))
                .isInstanceOf(AlertsChangedMeanwhile.class);

        assertThat(parts.find(id).isOpen()).isTrue();
        assertThat(again(alert).isClosed()).isFalse();
    }

    @Test
    void promotesDowngradesAndReopensUnderTheSameNumber() {
        var id = actions.open(ALL, ADA, acme.id(), "Theft");

        actions.promote(ALL, ADA, seen(id));
        assertThat(parts.find(id)).returns(true, Investigation::isIncident).returns("ACME-1", Investigation::shortLink);
        assertThatThrownBy(() -> actions.downgrade(ALL, BEN, seen(id), " "))
                .isInstanceOf(InvalidInvestigationChange.class);
        actions.downgrade(ALL, BEN, seen(id), "Only a test.");
        actions.close(ALL, BEN, seen(id), Decision.TESTING, "Red team.", List.of());
        actions.reopen(ALL, ADA, seen(id), "It goes on.");

        assertThat(parts.find(id))
                .returns(false, Investigation::isIncident)
                .returns(true, Investigation::isOpen)
                .returns("Only a test.", each -> each.standing().downgradeReason())
                .returns(true, each -> each.times().firstClosed().isPresent());
        assertThat(parts.sentences(id))
                .endsWith(
                        "Ada promoted it to an incident.",
                        "Ben downgraded it to an investigation: “Only a test.”",
                        "Ben closed it as Testing: “Red team.”",
                        "Ada reopened it: “It goes on.”");
    }

    @Test
    void saysWhichValueIsWrong() {
        var id = actions.open(ALL, ADA, acme.id(), "Theft");

        assertThatThrownBy(() -> actions.update(
                        ALL,
                        ADA,
                        seen(id),
                        Map.of(InvestigationField.ATTACK_VECTOR, "MAGIC", InvestigationField.TITLE, ""),
                        Optional.empty()))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessageContaining("Give it a title.")
                .hasMessageContaining("“MAGIC” is none of the choices for Attack vector.");
    }

    @Test
    void nobodyChangesOrSeesWhatIsNotTheirs() {
        var id = actions.openFrom(ALL, ADA, List.of(alert("a1").id()), "Theft");
        var stranger = Scope.of(parts.organization("GLOBEX").id());

        assertThatThrownBy(() -> actions.promote(stranger, BEN, seen(id))).isInstanceOf(NoSuchInvestigation.class);
        assertThatThrownBy(() -> parts.get(Comments.class).add(stranger, BEN, id, "Hello"))
                .isInstanceOf(NoSuchInvestigation.class);
        assertThatThrownBy(() ->
                        actions.openFrom(stranger, BEN, List.of(alert("a2").id()), ""))
                .isInstanceOf(InvalidInvestigationChange.class);
        assertThat(parts.get(Investigations.class).find(stranger, id)).isEmpty();
        assertThat(parts.get(Investigations.class).numbers(stranger, List.of(id)))
                .isEmpty();
        assertThat(parts.get(InvestigationHistory.class).of(stranger, id, 10)).isEmpty();
        assertThat(parts.find(id).isIncident()).isFalse();
    }

    @Test
    void listsCountsAndFindsByText() {
        var incident = actions.openFrom(ALL, ADA, List.of(alert("a1").id()), "Theft of the directory");
        actions.promote(ALL, ADA, seen(incident));
        parts.alerts.parts.clock().advance(Duration.ofMinutes(1));
        var closed = actions.open(ALL, ADA, acme.id(), "Nothing");
        actions.close(ALL, ADA, seen(closed), Decision.BENIGN, "Nothing.", List.of());
        var open = actions.open(ALL, ADA, acme.id(), "100% sure");
        actions.assign(ALL, ADA, seen(open), Optional.of(Actor.of(acme)));

        var investigations = parts.get(Investigations.class);
        var scope = Scope.of(acme.id());
        assertThat(investigations.count(scope, InvestigationFilter.ALL))
                .isEqualTo(new Investigations.Counts(2, 1, true));
        assertThat(found(scope, filter("0% s", new InvestigationFilter.Assignment.Any())))
                .containsExactly(open);
        assertThat(found(scope, filter("acme-1", new InvestigationFilter.Assignment.Any())))
                .containsExactly(incident);
        assertThat(found(scope, filter("", new InvestigationFilter.Assignment.AnOrganization())))
                .containsExactly(open);
        assertThat(investigations.open(scope, acme.id()))
                .extracting(NumberAndTitle::shortLink)
                .containsExactly("ACME-3", "ACME-1");
        assertThat(investigations.count(
                        scope,
                        new InvestigationFilter(
                                Optional.empty(),
                                Optional.of(true),
                                new InvestigationFilter.Assignment.Nobody(),
                                java.util.Set.of(),
                                java.util.Set.of(),
                                "",
                                Optional.empty(),
                                Optional.empty())))
                .isEqualTo(new Investigations.Counts(0, 1, true));
    }

    private static InvestigationFilter filter(String text, InvestigationFilter.Assignment assignee) {
        return new InvestigationFilter(
                Optional.empty(),
                Optional.empty(),
                assignee,
                java.util.Set.of(),
                java.util.Set.of(),
                text,
                Optional.empty(),
                Optional.empty());
    }

    private List<UUID> found(Scope scope, InvestigationFilter filter) {
        return parts
                .get(Investigations.class)
                .list(scope, filter, InvestigationOrder.NEWEST, Optional.empty(), 10)
                .rows()
                .stream()
                .map(Investigation::id)
                .toList();
    }

    @Test
    void everyPartOfTheListIsReachedInBothDirections() {
        for (var number = 0; number < 7; number++) {
            actions.open(ALL, ADA, acme.id(), "N" + number);
        }
        var investigations = parts.get(Investigations.class);
        for (var order : InvestigationOrder.values()) {
            var first = investigations.list(ALL, InvestigationFilter.ALL, order, Optional.empty(), 3);
            var second = investigations.list(ALL, InvestigationFilter.ALL, order, first.next(), 3);
            var third = investigations.list(ALL, InvestigationFilter.ALL, order, second.next(), 3);
            var back = investigations.list(ALL, InvestigationFilter.ALL, order, third.previous(), 3);

            assertThat(first.previous()).isEmpty();
            assertThat(third.next()).isEmpty();
            assertThat(back.rows()).isEqualTo(second.rows());
            assertThat(first.rows()).doesNotContainAnyElementsOf(second.rows());
            assertThat(third.rows()).hasSize(1);
            assertThat(KeysetPage.Place.of(first.next().orElseThrow().text()))
                    .contains(first.next().orElseThrow());
        }
    }
}
