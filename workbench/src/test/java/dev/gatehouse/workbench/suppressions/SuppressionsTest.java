package dev.gatehouse.workbench.suppressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.suppressions.DryRunAlert.Ending;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import dev.gatehouse.workbench.suppressions.Suppression.State;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SuppressionsTest extends ScreenTest {

    private static final Scope ALL = Scope.everything();
    private static final Duration LONG = Duration.ofMinutes(1);

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private SuppressionEditing writing;

    @Autowired
    private SuppressionProposals proposals;

    @Autowired
    private SuppressionYaml yaml;

    @Autowired
    private DryRuns dryRuns;

    @Autowired
    private AlertMaking making;

    @Autowired
    private AlertActions actions;

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private Alerts alerts;

    @Autowired
    private Organizations organizations;

    private final Actor ada = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    @BeforeEach
    void signIn() {
        workOnNothing();
        // Ada has an account from her first page on.
        open("/");
        suppressions.refresh();
    }

    private SecurityDevice device() {
        return device("Contoso");
    }

    private void make(SecurityDevice device, String... vendorAlerts) {
        database.sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', '2026-01-01') "
                        + "on conflict (tenant_id, feed) do update set first_data_at = excluded.first_data_at")
                .param("tenant", device.directory().value())
                .update();
        receive(device, Feed.ALERTS, vendorAlerts);
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
    }

    /** One that no shipped rule knows, so that its severity is Microsoft's. */
    private static String vendorAlert(String id, String account, String severity, String... more) {
        return """
                {"id":"%s","title":"Backup ran","severity":"%s","status":"new","serviceSource":"microsoftDefenderForIdentity",
                 "createdDateTime":"2026-11-23T11:50:00Z","lastUpdateDateTime":"2026-11-23T11:55:00Z",
                 "evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence","roles":["attacker"],
                   "userAccount":{"accountName":"%s","domainName":"contoso"}}]%s}""".formatted(id, severity, account, String.join("", more));
    }

    private List<Alert> all() {
        return alerts.list(ALL, AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 1_000)
                .rows();
    }

    private Alert about(String account) {
        return all().stream()
                .filter(alert -> alert.involved().contains("contoso\\" + account))
                .findFirst()
                .orElseThrow();
    }

    private SuppressionDraft draft(String condition) {
        return proposals
                .empty()
                .with(SuppressionField.NAME, "Backups")
                .with(SuppressionField.OWNER, "ada@example.com")
                .with(SuppressionField.REASON, "The backup runs every night.")
                .with(SuppressionField.COMMENT, "The backup.")
                .with(SuppressionField.CONDITION, condition);
    }

    private Suppression live(SuppressionDraft draft) {
        return live(ALL, Optional.empty(), draft);
    }

    private Suppression live(Scope scope, Optional<UUID> organization, SuppressionDraft draft) {
        var added = writing.add(scope, organization, draft, ada);
        tried(scope, added.id());
        return writing.goLive(scope, added.id(), added.revision(), ada);
    }

    private DryRun tried(Scope scope, UUID id) {
        dryRuns.begin(scope, id, ada);
        return dryRuns.goOn(scope, id, LONG).orElseThrow();
    }

    private static String mallory() {
        return "\"contoso\\\\mallory\" in accounts";
    }

    @Test
    void closesNewAlertsAtOnceAndSaysWhichAndWhy() {
        var contoso = device();
        var suppression = live(draft(mallory()));

        make(contoso, vendorAlert("v1", "mallory", "low"), vendorAlert("v2", "eve", "low"));

        var closed = about("mallory");
        assertThat(closed.status()).isEqualTo(AlertStatus.CLOSED);
        assertThat(closed.closeReason()).contains(CloseReason.SUPPRESSED);
        assertThat(closed.suppression()).contains(suppression.id());
        assertThat(closed.closeComment()).contains("Backups", "Ada", "The backup.");
        assertThat(about("eve").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(suppressions
                        .find(ALL, suppression.id())
                        .orElseThrow()
                        .closed()
                        .alerts())
                .isEqualTo(1);
        assertThat(textOf(open("/alerts/" + closed.id()))).contains("/detections/suppressions/" + suppression.id());
        assertThat(textOf(open("/alerts?status=any&suppression=" + suppression.id())))
                .contains(closed.id().toString())
                .doesNotContain(about("eve").id().toString());
    }

    @Test
    void aSecondVendorAlertJoinsWhatItsOwnSuppressionClosedAndNoOther() {
        var contoso = device();
        live(draft(mallory()).with(SuppressionField.NAME, "First"));
        make(contoso, vendorAlert("v1", "mallory", "low"));
        var first = about("mallory");
        make(contoso, vendorAlert("v2", "mallory", "low"));
        assertThat(alerts.find(ALL, first.id()).orElseThrow().vendorAlerts()).isEqualTo(2);

        var one = suppressions
                .list(ALL, SuppressionFilter.ALL, Optional.empty(), 10)
                .rows()
                .getFirst();
        writing.withdraw(ALL, one.id(), one.revision(), "Another one does it.", ada);
        var second = live(draft("accounts.size() == 1").with(SuppressionField.NAME, "Second"));
        make(contoso, vendorAlert("v3", "mallory", "low"));

        assertThat(all()).hasSize(2);
        assertThat(suppressions.find(ALL, second.id()).orElseThrow().closed().alerts())
                .isEqualTo(1);
    }

    @Test
    void neverClosesWhatIsHighUnlessItSaysSo() {
        var contoso = device();
        var careful = live(draft("true"));
        make(contoso, vendorAlert("v1", "mallory", "high"));
        assertThat(about("mallory").status()).isEqualTo(AlertStatus.OPEN);

        writing.withdraw(ALL, careful.id(), careful.revision(), "Another one does it.", ada);
        live(draft("true").with(SuppressionField.INCLUDES_SEVERE, "true"));
        make(contoso, vendorAlert("v2", "eve", "high"));
        assertThat(about("eve").closeReason()).contains(CloseReason.SUPPRESSED);
    }

    @Test
    void opensAgainWhatHasBecomeHighUnlessItSaysThatItIsForThatToo() {
        var contoso = device();
        var later = ",\"classification\":\"truePositive\"";
        live(draft(mallory()));
        live(draft("\"contoso\\\\eve\" in accounts").with(SuppressionField.INCLUDES_SEVERE, "true"));
        make(contoso, vendorAlert("v1", "mallory", "low"), vendorAlert("v2", "eve", "low"));

        make(contoso, vendorAlert("v1", "mallory", "high", later), vendorAlert("v2", "eve", "high", later));

        assertThat(about("mallory").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(about("eve").closeReason()).contains(CloseReason.SUPPRESSED);
    }

    @Test
    void isAboutOneRuleAndOneOrganizationWhenItSaysSo() {
        var contoso = device();
        var globex = organizations.add(OrganizationDraft.named("Globex"));
        live(draft("true").with(SuppressionField.RULE, "suspected-dcsync-attack"));
        live(ALL, Optional.of(globex.id()), draft("true"));
        make(contoso, vendorAlert("v1", "mallory", "low"));
        assertThat(about("mallory").status()).isEqualTo(AlertStatus.OPEN);

        live(
                ALL,
                Optional.of(organizations.byDefault().id()),
                draft("true").with(SuppressionField.RULE, "unlisted-identity-detection"));
        make(contoso, vendorAlert("v2", "eve", "low"));
        assertThat(about("eve").closeReason()).contains(CloseReason.SUPPRESSED);
    }

    @Test
    void startsAndEndsByItselfAndAsksForItsReview() {
        var contoso = device();
        var now = clock.instant();
        var suppression = live(draft("true")
                .with(SuppressionField.STARTS_AT, now.plus(Duration.ofDays(1)).toString())
                .with(SuppressionField.REVIEW_AT, now.plus(Duration.ofDays(2)).toString())
                .with(SuppressionField.ENDS_AT, now.plus(Duration.ofDays(3)).toString()));
        assertThat(standing(suppression)).isEqualTo(Standing.SCHEDULED);
        make(contoso, vendorAlert("v1", "ann", "low"));

        clock.advance(Duration.ofDays(1));
        assertThat(standing(suppression)).isEqualTo(Standing.ACTIVE);
        assertThat(suppressions.dueReviews(ALL)).isZero();
        make(contoso, vendorAlert("v2", "bob", "low"));

        clock.advance(Duration.ofDays(1));
        assertThat(standing(suppression)).isEqualTo(Standing.NEEDS_REVIEW);
        assertThat(suppressions.dueReviews(ALL)).isEqualTo(1);
        assertThat(suppressions.dueReviews(Scope.of(organizations.byDefault().id())))
                .isZero();
        assertThat(textOf(open("/alerts"))).contains("id=\"due-reviews\"");
        make(contoso, vendorAlert("v3", "cid", "low"));

        clock.advance(Duration.ofDays(1));
        assertThat(standing(suppression)).isEqualTo(Standing.ENDED);
        assertThat(suppressions.dueReviews(ALL)).isZero();
        make(contoso, vendorAlert("v4", "dan", "low"));

        assertThat(about("ann").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(about("bob").status()).isEqualTo(AlertStatus.CLOSED);
        assertThat(about("cid").status()).isEqualTo(AlertStatus.CLOSED);
        assertThat(about("dan").status()).isEqualTo(AlertStatus.OPEN);
    }

    private Standing standing(Suppression suppression) {
        return suppressions.find(ALL, suppression.id()).orElseThrow().standing(clock.instant());
    }

    @Test
    void isNotPutInForceWithoutAFinishedDryRunOfExactlyThisCondition() {
        var added = writing.add(ALL, Optional.empty(), draft("true"), ada);
        assertThatThrownBy(() -> writing.goLive(ALL, added.id(), 0, ada)).hasMessageContaining("Run it dry first");

        dryRuns.begin(ALL, added.id(), ada);
        assertThatThrownBy(() -> writing.goLive(ALL, added.id(), 0, ada)).hasMessageContaining("Run it dry first");

        dryRuns.goOn(ALL, added.id(), LONG);
        var other = writing.change(ALL, added.id(), 0, draft("accounts.size() > 0"), ada);
        assertThatThrownBy(() -> writing.goLive(ALL, added.id(), other.revision(), ada))
                .hasMessageContaining("Run it dry first");

        tried(ALL, added.id());
        clock.advance(Duration.ofHours(25));
        assertThatThrownBy(() -> writing.goLive(ALL, added.id(), other.revision(), ada))
                .hasMessageContaining("older than a day");
        tried(ALL, added.id());
        assertThat(writing.goLive(ALL, added.id(), other.revision(), ada).state())
                .isEqualTo(State.LIVE);
    }

    @Test
    void isADraftAgainWhenItWouldCloseOtherAlertsAndStaysInForceOtherwise() {
        var contoso = device();
        var suppression = live(draft("false"));

        var renamed =
                writing.change(ALL, suppression.id(), 1, draft("false").with(SuppressionField.NAME, "Other"), ada);
        assertThat(renamed.state()).isEqualTo(State.LIVE);
        var wider = writing.change(ALL, suppression.id(), 2, draft("true"), ada);
        assertThat(wider.state()).isEqualTo(State.DRAFT);

        make(contoso, vendorAlert("v1", "mallory", "low"));
        assertThat(about("mallory").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(suppressions.history(ALL, suppression.id()).stream().map(SuppressionEvent::sentence))
                .anyMatch(sentence -> sentence.contains("Ada changed it: Name Backups → Other"))
                .anyMatch(sentence -> sentence.contains("draft again") && sentence.contains("Condition false → true"));
    }

    @Test
    void theSecondOfTwoWhoChangeItIsTold() {
        var added = writing.add(ALL, Optional.empty(), draft("true"), ada);
        writing.change(ALL, added.id(), 0, draft("true").with(SuppressionField.NAME, "Mine"), ada);

        assertThatThrownBy(() -> writing.withdraw(ALL, added.id(), 0, "Not wanted.", ada))
                .isInstanceOf(SuppressionChangedMeanwhile.class)
                .hasMessageContaining("Name Backups → Mine");
        assertThat(suppressions.find(ALL, added.id()).orElseThrow().state()).isEqualTo(State.DRAFT);
    }

    @Test
    void saysAtEachFieldWhatIsWrongWithIt() {
        var wrong = SuppressionDraft.EMPTY
                .with(SuppressionField.CONDITION, "true &&\n alert.titel == \"x\"")
                .with(SuppressionField.OWNER, "nobody@example.com")
                .with(SuppressionField.RULE, "no-such-rule")
                .with(SuppressionField.STARTS_AT, "2026-12-02T00:00:00Z")
                .with(SuppressionField.ENDS_AT, "2026-12-01T00:00:00Z")
                .with(SuppressionField.REVIEW_AT, "tomorrow");

        assertThatThrownBy(() -> writing.add(ALL, Optional.empty(), wrong, ada))
                .isInstanceOfSatisfying(InvalidFields.class, failure -> {
                    assertThat(failure.problems())
                            .extracting(FieldProblem::field)
                            .contains(
                                    "name", "reason", "comment", "condition", "owner", "rule", "ends_at", "review_at");
                    assertThat(failure).hasMessageContaining("Line 2, column").hasMessageContaining("before it starts");
                });
    }

    @Test
    void aDryRunShowsWhatItWouldHaveClosedAndHowThatEndedTheWorstFirst() {
        var contoso = device();
        make(
                contoso,
                vendorAlert("v1", "ann", "low"),
                vendorAlert("v2", "bob", "low"),
                vendorAlert("v3", "cid", "low"),
                vendorAlert("v4", "dan", "low"),
                vendorAlert("v5", "eve", "low"),
                vendorAlert("v6", "fay", "high"));
        close("ann", CloseReason.BENIGN);
        close("bob", CloseReason.TRUE_POSITIVE);
        investigations.openFrom(ALL, ada, List.of(about("cid").id()), "Case");
        promote(investigations.openFrom(ALL, ada, List.of(about("dan").id()), "Theft"));

        var suppression = writing.add(ALL, Optional.empty(), draft("accounts.size() == 1"), ada);
        var run = tried(ALL, suppression.id());

        assertThat(run.isFinished()).isTrue();
        assertThat(run.lookedAt()).isEqualTo(6);
        assertThat(run.closed())
                .isEqualTo(Map.of(
                        Ending.INCIDENT, 1L,
                        Ending.TRUE_POSITIVE, 1L,
                        Ending.INVESTIGATION, 1L,
                        Ending.OPEN, 1L,
                        Ending.HARMLESS, 1L));
        assertThat(run.sentence())
                .startsWith(
                        "It would have closed 5 alerts: 1 became part of an incident, 1 was true, 1 was investigated");
        assertThat(found(suppression)).containsExactly("dan", "bob", "cid", "eve", "ann");
        assertThat(all().stream().filter(alert -> alert.status() == AlertStatus.CLOSED))
                .hasSize(2);
    }

    private List<String> found(Suppression suppression) {
        var first = dryRuns.alerts(ALL, suppression.id(), Optional.empty(), 2);
        var rest = dryRuns.alerts(ALL, suppression.id(), first.next(), 100);
        var byId = alerts.all(ALL, all().stream().map(Alert::id).toList());
        return java.util.stream.Stream.concat(first.rows().stream(), rest.rows().stream())
                .map(row -> Objects.requireNonNull(byId.get(row.alert()))
                        .involved()
                        .getFirst()
                        .replace("contoso\\", ""))
                .toList();
    }

    private void close(String account, CloseReason reason) {
        actions.close(ALL, ada, List.of(Seen.of(about(account))), reason, "Looked at.");
    }

    private void promote(UUID investigation) {
        database.sql("update investigation set is_incident = true where id = :id")
                .param("id", investigation)
                .update();
    }

    @Test
    void aDryRunLooksAtAlertsAsTheyWereWhenTheyWereMade() {
        var contoso = device();
        make(contoso, vendorAlert("v1", "mallory", "low"));
        clock.advance(Duration.ofMinutes(5));
        make(
                contoso,
                vendorAlert("v1", "mallory", "high")
                        .replace("\"new\"", "\"resolved\"")
                        .replace("11:55", "11:56"));
        assertThat(about("mallory").severity().name()).isEqualTo("HIGH");

        var suppression = writing.add(ALL, Optional.empty(), draft("alert.status == \"new\""), ada);

        assertThat(tried(ALL, suppression.id()).count()).isEqualTo(1);
    }

    @Test
    void aDryRunGoesOnWhereItStopped() {
        var contoso = device();
        for (var number = 0; number < 450; number += 150) {
            var some = new String[150];
            for (var at = 0; at < 150; at++) {
                some[at] = vendorAlert("v" + (number + at), "user" + (number + at), "low");
            }
            make(contoso, some);
            // Not before the next hour is another hundred let through.
            clock.advance(Duration.ofHours(1));
        }
        var suppression = writing.add(ALL, Optional.empty(), draft("true"), ada);
        dryRuns.begin(ALL, suppression.id(), ada);

        var first = dryRuns.goOn(ALL, suppression.id(), Duration.ZERO).orElseThrow();
        assertThat(first.isFinished()).isFalse();
        assertThat(first.lookedAt()).isEqualTo(200);
        var second = dryRuns.goOn(ALL, suppression.id(), LONG).orElseThrow();
        assertThat(second.isFinished()).isTrue();
        assertThat(second.lookedAt()).isEqualTo(450);
        assertThat(second.count()).isEqualTo(450);
        assertThat(second.closed().getOrDefault(Ending.SUPPRESSED, 0L)).isEqualTo(150);
    }

    @Test
    void aDryRunSaysWhereTheConditionFailed() {
        var contoso = device();
        make(contoso, vendorAlert("v1", "mallory", "low"));
        var suppression = writing.add(ALL, Optional.empty(), draft("hosts[0] == \"dc\""), ada);

        var run = tried(ALL, suppression.id());

        assertThat(run.count()).isZero();
        assertThat(run.failed()).isEqualTo(1);
        assertThat(run.failure()).isNotBlank();
    }

    @Test
    void aProposalClosesTheAlertThatItWasMadeFrom() {
        var contoso = device();
        make(contoso, vendorAlert("v1", "o'neil \\\"x", "low").replace("\\\"x", "\\\\\\\"x"));
        var alert = all().getFirst();

        var proposal = proposals.like(ALL, alert.id()).orElseThrow();
        assertThat(proposal.organization()).contains(organizations.byDefault().id());
        var suppression = writing.add(
                ALL,
                proposal.organization(),
                proposal.draft()
                        .with(SuppressionField.OWNER, "ada@example.com")
                        .with(SuppressionField.REASON, "Known")
                        .with(SuppressionField.COMMENT, "Known"),
                ada);

        assertThat(suppression.terms().rule().map(Object::toString)).contains("unlisted-identity-detection");
        assertThat(tried(ALL, suppression.id()).count()).isEqualTo(1);
    }

    @Test
    void whatItSaysIsTheSameAfterItWasWrittenAsYamlAndReadAgain() throws Exception {
        var draft = draft("\"a: b\" in accounts &&\n  \"#c\" in hosts")
                .with(SuppressionField.NAME, "true: and \"false\" #1")
                .with(SuppressionField.REASON, "First line\n\n  second: line\nthird")
                .with(SuppressionField.RULE, "default")
                .with(SuppressionField.INCLUDES_SEVERE, "true");

        assertThat(yaml.read(yaml.write(draft))).isEqualTo(draft);
        assertThatThrownBy(() -> yaml.read("name: x\ncondition: |\n  true &&\n  alert.titel == 1\nextra: y\n"))
                .isInstanceOfSatisfying(SuppressionYaml.Invalid.class, failure -> assertThat(failure.problems())
                        .anyMatch(problem -> problem.line() == 4)
                        .anyMatch(problem -> problem.line() == 5));
    }

    @Test
    void customersSeeWhatIsForEverybodyAndChangeOnlyTheirOwn() {
        var globex = organizations.add(OrganizationDraft.named("Globex"));
        var everybody = writing.add(ALL, Optional.empty(), draft("true"), ada);
        var theirs = writing.add(ALL, Optional.of(globex.id()), draft("true"), ada);
        var ours = Scope.of(organizations.byDefault().id());

        assertThat(suppressions.find(ours, everybody.id())).isPresent();
        assertThat(suppressions.find(ours, theirs.id())).isEmpty();
        assertThatThrownBy(() -> writing.withdraw(ours, everybody.id(), 0, "Mine now.", ada))
                .isInstanceOf(NoSuchSuppression.class);
        assertThatThrownBy(() -> dryRuns.begin(ours, everybody.id(), ada)).isInstanceOf(NoSuchSuppression.class);
        assertThatThrownBy(() -> writing.add(ours, Optional.of(globex.id()), draft("true"), ada))
                .isInstanceOf(InvalidFields.class);
        assertThat(dryRuns.find(ours, everybody.id())).isEmpty();
    }
}
