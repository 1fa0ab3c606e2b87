package dev.gatehouse.workbench.notifications;

import static dev.gatehouse.workbench.notifications.NotificationParts.ADA;
import static dev.gatehouse.workbench.notifications.NotificationParts.ADMIN;
import static dev.gatehouse.workbench.notifications.NotificationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of what happens, and that it is written down with it. */
class OutboxTest {

    private final NotificationParts parts = new NotificationParts();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() throws IOException {
        receiver.close();
        parts.close();
    }

    private Integrations.Added listenTo(EventName... events) {
        var webhook = parts.webhook(parts.acme, "Our program", receiver.url());
        parts.rule(webhook.integration(), events);
        return webhook;
    }

    private UUID alert() {
        var device = parts.device(parts.acme);
        parts.alerts.make(device, AlertParts.json("one", AlertParts.DCSYNC, "high", "jdoe"));
        return parts.alerts.only().id();
    }

    private AlertActions.Seen seen(UUID alert) {
        return AlertActions.Seen.of(parts.get(Alerts.class).find(ALL, alert).orElseThrow());
    }

    private InvestigationActions.Seen seenInvestigation(UUID id) {
        return InvestigationActions.Seen.of(
                parts.get(Investigations.class).find(ALL, id).orElseThrow());
    }

    private List<String> told() {
        parts.deliver();
        return receiver.got().stream()
                .map(got -> got.json().path("event_name").asString())
                .toList();
    }

    private JsonNode last() {
        return receiver.got().getLast().json();
    }

    @Test
    void aNewAlertIsToldWithASignatureThatTheReceiverCanCheck() {
        var webhook = listenTo(EventName.EXPEL_ALERT_CREATED);
        var alert = alert();

        assertThat(parts.deliver()).isEqualTo(1);

        var got = receiver.got().getFirst();
        assertThat(got.path()).isEqualTo("/hook");
        assertThat(got.headers().get("Content-Type")).startsWith("application/json");
        assertThat(got.headers())
                .containsEntry(
                        "Expel-Signature-256",
                        "sha256="
                                + Requests.signature(
                                        webhook.made().orElseThrow().reveal(),
                                        got.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(got.json().path("rule").asString()).isEqualTo("Tell us");
        assertThat(got.json().path("event_name").asString()).isEqualTo("expel_alert_created");
        assertThat(UUID.fromString(got.json().path("guid").asString())).isNotEqualTo(alert);
        var data = got.json().path("data");
        assertThat(data.path("expel_alert_id").asString()).isEqualTo(alert.toString());
        assertThat(data.path("change_action").asString()).isEqualTo("CREATED");
        assertThat(data.path("severity").asString()).isEqualTo("HIGH");
        assertThat(data.path("current").path("expel_name").asString()).isEqualTo(AlertParts.DCSYNC);
        assertThat(data.path("organization").path("short_name").asString()).isEqualTo("ACME");
        assertThat(data.path("url").asString()).isEqualTo("https://soc.example.com/alerts/" + alert);
        assertThat(parts.deliver()).isZero();
    }

    @Test
    void theLifeOfAnAlertIsToldStepByStep() {
        listenTo(EventName.values());
        var alert = alert();
        var actions = parts.get(AlertActions.class);

        actions.assign(ALL, ADA, List.of(seen(alert)), Optional.of(Actor.of(parts.acme)));
        actions.assign(ALL, ADA, List.of(seen(alert)), Optional.empty());
        actions.start(ALL, ADA, List.of(seen(alert)));
        actions.close(ALL, ADA, List.of(seen(alert)), CloseReason.BENIGN, "Known");
        actions.reopen(ALL, ADA, List.of(seen(alert)), "Not known");
        actions.comment(ALL, ADA, List.of(alert), "Hm");

        // Who starts takes it, too.
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "expel_alert_created",
                        "expel_alert_assigned",
                        "expel_alert_assigned",
                        "expel_alert_closed",
                        "expel_alert_reopened");
    }

    @Test
    void tellsEachOrganizationOfItsOwnAlertWhenSomebodyClosesThoseOfTwoAtOnce() {
        listenTo(EventName.EXPEL_ALERT_CLOSED);
        var globex = parts.organization("GLOBEX");
        var alerts = Stream.of(parts.acme, globex)
                .map(parts::device)
                .map(device -> {
                    parts.alerts.make(device, AlertParts.json("one", AlertParts.DCSYNC, "high", "jdoe"));
                    return parts.get(Alerts.class)
                            .list(
                                    ALL,
                                    AlertFilter.ALL.ofTenant(device.directory()),
                                    AlertOrder.NEWEST,
                                    Optional.empty(),
                                    1)
                            .rows()
                            .getFirst()
                            .id();
                })
                .toList();
        try (var other = new Receiver()) {
            parts.rule(parts.webhook(globex, "Theirs", other.url()).integration(), EventName.EXPEL_ALERT_CLOSED);

            parts.get(AlertActions.class)
                    .close(ALL, ADA, alerts.stream().map(this::seen).toList(), CloseReason.BENIGN, "Known");
            parts.deliver();

            assertThat(closed(receiver)).containsExactly(alerts.getFirst().toString());
            assertThat(closed(other)).containsExactly(alerts.getLast().toString());
        }
    }

    private static List<String> closed(Receiver receiver) {
        return receiver.got().stream()
                .map(got -> got.json().at("/data/expel_alert_id").asString())
                .toList();
    }

    @Test
    void theLifeOfAnIncidentIsToldStepByStep() {
        listenTo(EventName.values());
        var actions = parts.get(InvestigationActions.class);
        var id = actions.open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
        assertThat(told()).containsExactly("investigation_created");

        actions.assign(ALL, ADA, seenInvestigation(id), Optional.of(ADA));
        actions.promote(ALL, ADA, seenInvestigation(id));
        actions.assign(ALL, ADA, seenInvestigation(id), Optional.of(Actor.of(parts.acme)));
        actions.close(ALL, ADA, seenInvestigation(id), Decision.TRUE_POSITIVE, "Contained", List.of());
        actions.reopen(ALL, ADA, seenInvestigation(id), "Again");
        actions.downgrade(ALL, ADA, seenInvestigation(id), "Only a test");
        actions.promote(ALL, ADA, seenInvestigation(id));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "investigation_created",
                        "investigation_assigned",
                        "incident_created",
                        "incident_promoted",
                        "incident_assigned",
                        "incident_closed",
                        "incident_reopened",
                        "incident_downgraded",
                        // It was one before.
                        "incident_promoted");
    }

    @Test
    void anInvestigationThatIsOpenedFromAlertsIsOneEvent() {
        var first = alert();
        listenTo(EventName.INVESTIGATION_CREATED, EventName.INVESTIGATION_ALERT_ADDED);
        var actions = parts.get(InvestigationActions.class);
        var id = actions.openFrom(ALL, ADA, List.of(first), "");
        assertThat(told()).containsExactly("investigation_created");

        actions.remove(ALL, ADA, id, first);
        actions.add(ALL, ADA, id, List.of(first));

        assertThat(told()).containsExactly("investigation_created", "investigation_alert_added");
        assertThat(last().path("data").path("current").path("short_link").asString())
                .isEqualTo("ACME-1");
    }

    @Test
    void actionsAreToldByTheirKindAndAnswersByWhatTheySay() {
        listenTo(EventName.values());
        var id = parts.get(InvestigationActions.class).open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
        var actions = parts.get(InvestigativeActions.class);
        var said = new InvestigativeAction.Said("Was it you?", "", "Did Jo sign in?", "");
        var verify =
                actions.add(ALL, ADA, id, InvestigativeAction.Type.VERIFY, said, Optional.of(Actor.of(parts.acme)));
        actions.add(ALL, ADA, id, InvestigativeAction.Type.NOTIFY, said, Optional.of(ADA));
        actions.add(ALL, ADA, id, InvestigativeAction.Type.MANUAL, said, Optional.of(ADA));
        actions.add(ALL, ADA, id, InvestigativeAction.Type.MANUAL, said, Optional.empty());
        actions.answer(ALL, ADA, new InvestigationActions.Seen(verify, 0), false, "Jo", "");
        var remediation = parts.get(Remediations.class)
                .add(
                        ALL,
                        ADA,
                        id,
                        RemediationAction.Type.DISABLE_USER_ACCOUNT,
                        new RemediationAction.Said("Disable jo", "", ""),
                        Optional.of(Actor.of(parts.acme)),
                        List.of());
        parts.get(Remediations.class)
                .change(
                        ALL,
                        ADA,
                        id,
                        new InvestigationActions.Seen(remediation, 0),
                        new Remediations.Draft(
                                RemediationAction.Status.COMPLETED,
                                new RemediationAction.Said("Disable jo", "", ""),
                                Optional.of(Actor.of(parts.acme)),
                                List.of(),
                                List.of()));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "investigation_created",
                        "verify_action_assigned",
                        "notify_action_assigned",
                        "investigative_action_assigned",
                        "verify_action_acknowledged",
                        "verify_action_denied",
                        "remediation_action_assigned",
                        "investigation_manual_remediations_completed");
    }

    @Test
    void whatIsClosedAsItIsMadeBothersNobody() {
        listenTo(EventName.values());
        var device = parts.newDevice(parts.acme);

        parts.alerts.make(device, AlertParts.json("one", AlertParts.RECON, "low", "jdoe"));

        assertThat(parts.alerts.only().isClosed()).isTrue();
        assertThat(parts.rows("select event_name from notification_event")).isEmpty();
    }

    @Test
    void whatIsRolledBackIsNeverTold() {
        listenTo(EventName.INVESTIGATION_CREATED);

        assertThatThrownBy(() -> parts.get(Fence.class).run(() -> {
                    parts.get(InvestigationActions.class).open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
                    throw new IllegalStateException("The power is gone");
                }))
                .hasMessage("The power is gone");

        assertThat(parts.rows("select event_name from notification_event")).isEmpty();
        parts.get(InvestigationActions.class).open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
        assertThat(told()).containsExactly("investigation_created");
    }

    @Test
    void aChangeThatNobodyListensToCostsOneStatementForItsWholeTransaction() {
        listenTo(EventName.INCIDENT_CREATED);
        var device = parts.device(parts.acme);
        var many = new String[50];
        for (var number = 0; number < many.length; number++) {
            many[number] = AlertParts.json("v" + number, AlertParts.DCSYNC, "high", "account-" + number);
        }
        parts.alerts.receive(device, many);

        try (var statements = Statements.listen()) {
            parts.alerts.detect(device);

            assertThat(statements.heard())
                    .filteredOn(
                            statement -> statement.contains("listening_rules") || statement.contains("notification"))
                    .hasSize(1);
        }
        assertThat(parts.alerts.alerts()).hasSize(50);
        assertThat(parts.rows("select event_name from notification_event")).isEmpty();
    }

    @Test
    void manyAlertsAtOnceAreStoredInOneStatement() {
        listenTo(EventName.EXPEL_ALERT_CREATED);
        var device = parts.device(parts.acme);
        var many = new String[50];
        for (var number = 0; number < many.length; number++) {
            many[number] = AlertParts.json("v" + number, AlertParts.DCSYNC, "high", "account-" + number);
        }
        parts.alerts.receive(device, many);

        try (var statements = Statements.listen()) {
            parts.alerts.detect(device);

            assertThat(statements.heard())
                    .filteredOn(statement -> statement.contains("insert into notification"))
                    .hasSize(1);
        }
        assertThat(parts.rows("select id from notification_delivery")).hasSize(50);
    }

    @Test
    void anOrganizationHearsOfItselfAndTheProviderOfEverybody() {
        listenTo(EventName.INVESTIGATION_CREATED);
        var soc = parts.get(Integrations.class)
                .add(
                        ALL,
                        Optional.empty(),
                        new IntegrationDraft("webhook", "SOC", receiver.url() + "/soc", "HMAC", "", ""),
                        ADA);
        parts.rule(soc.integration(), EventName.INVESTIGATION_CREATED);
        var globex = parts.organization("GLOBEX");

        parts.get(InvestigationActions.class).open(ALL, ADA, globex.id(), "At Globex");
        // As somebody of the customer does it, whom PostgreSQL shows nothing of the provider.
        Scoped.within(Scope.of(parts.acme.id()), () -> parts.get(InvestigationActions.class)
                .open(Scope.of(parts.acme.id()), ADA, parts.acme.id(), "At Acme"));
        parts.deliver();

        assertThat(receiver.got())
                .extracting(got -> "%s %s"
                        .formatted(
                                got.path(),
                                got.json()
                                        .path("data")
                                        .path("current")
                                        .path("title")
                                        .asString()))
                .containsExactlyInAnyOrder("/hook At Acme", "/hook/soc At Globex", "/hook/soc At Acme");
    }

    @Test
    void conditionsDecideWhoIsTold() {
        var webhook = parts.webhook(parts.acme, "Our program", receiver.url()).integration();
        var toUs = new RuleDraft.TypedConditional("assignee", "is", List.of("my_organization"));
        var bySomebodyElse = new RuleDraft.TypedConditional("actor", "is_not", List.of("ada"));
        parts.get(NotificationRules.class)
                .add(
                        ALL,
                        Optional.of(parts.acme.id()),
                        false,
                        new RuleDraft(
                                "To us, by others",
                                List.of("investigation_assigned"),
                                "ALL_OF",
                                List.of(toUs, bySomebodyElse),
                                List.of(webhook.destination().key()),
                                true),
                        ADMIN);
        var actions = parts.get(InvestigationActions.class);
        var id = actions.open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
        var ben = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

        actions.assign(ALL, ADA, seenInvestigation(id), Optional.of(Actor.of(parts.acme)));
        actions.assign(ALL, ben, seenInvestigation(id), Optional.of(ADA));
        assertThat(told()).isEmpty();
        actions.assign(ALL, ben, seenInvestigation(id), Optional.of(Actor.of(parts.acme)));

        assertThat(told()).containsExactly("investigation_assigned");
        assertThat(last().path("data").path("actor").path("display_name").asString())
                .isEqualTo("Ben");
        assertThat(last().path("data").path("previous").path("assignee").asString())
                .isEqualTo("Ada");
    }
}
