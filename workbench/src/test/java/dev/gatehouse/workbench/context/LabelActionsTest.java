package dev.gatehouse.workbench.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.AlertWords;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.context.LabelAction.Target;
import dev.gatehouse.workbench.context.LabelDraft.TypedAction;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.suppressions.DryRuns;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionProposals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What follows for new alerts from the labels in their evidence. */
class LabelActionsTest extends ScreenTest {

    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

    /** The rule that takes what no other does. */
    private static final String RULE = "unlisted-identity-detection";

    @Autowired
    private ContextLabels labels;

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private Tuning tuning;

    @Autowired
    private Investigations investigations;

    @Autowired
    private InvestigationActions investigating;

    @Autowired
    private SuppressionEditing suppressions;

    @Autowired
    private SuppressionProposals proposals;

    @Autowired
    private DryRuns dryRuns;

    private Optional<SecurityDevice> device = Optional.empty();

    @BeforeEach
    void aDevice() {
        workOnNothing();
        device = Optional.of(device("Contoso"));
        firstDataAt(clock.instant().minus(Duration.ofDays(30)));
        // Ada has an account from her first page on.
        open("/");
    }

    private void firstDataAt(Instant at) {
        database.sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', :at) "
                        + "on conflict (tenant_id, feed) do update set first_data_at = excluded.first_data_at")
                .param("tenant", device.orElseThrow().directory().value())
                .param("at", Columns.timestamp(at))
                .update();
    }

    private UUID organization() {
        return device.orElseThrow().organization().id();
    }

    private static TypedAction typed(LabelAction.Type type, String... severities) {
        return new TypedAction(Optional.empty(), type.name(), "", List.of(), List.of(severities));
    }

    private static TypedAction addTo(Investigation investigation) {
        return new TypedAction(
                Optional.empty(), LabelAction.Type.ADD_TO.name(), investigation.shortLink(), List.of(), List.of());
    }

    private static LabelDraft draft(String title, String account, TypedAction... actions) {
        return new LabelDraft(title, "Known", Map.of(ValueKind.USERNAME, List.of(account)), Arrays.asList(actions), "");
    }

    private ContextLabel label(String title, String account, TypedAction... actions) {
        return labels.add(ALL, Optional.of(organization()), draft(title, account, actions), ADA);
    }

    private Investigation investigation(String title) {
        return investigations
                .find(ALL, investigating.open(ALL, ADA, organization(), title))
                .orElseThrow();
    }

    private static String vendorAlert(String id, String account, String severity, String... more) {
        return """
                {"id":"%s","title":"Backup ran","severity":"%s","status":"new","serviceSource":"microsoftDefenderForIdentity",
                 "createdDateTime":"2026-11-23T11:50:00Z","lastUpdateDateTime":"2026-11-23T11:55:00Z",
                 "evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence","roles":["attacker"],
                   "userAccount":{"accountName":"%s","domainName":"contoso"}}]%s}""".formatted(id, severity, account, String.join("", more));
    }

    private void make(String... all) {
        receive(device.orElseThrow(), Feed.ALERTS, all);
        while (making.next(device.orElseThrow().directory(), 100)) {
            // The next portion.
        }
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

    private List<String> said(Alert alert) {
        return alerts.history(ALL, alert.id()).stream()
                .map(AlertWords::sentence)
                .toList();
    }

    @Test
    void closesAtOnceAndSaysWhichLabelDidItAndWhoSaidSo() {
        label("Backup accounts", "svc-backup", typed(LabelAction.Type.SUPPRESS));

        make(vendorAlert("v1", "svc-backup", "low"), vendorAlert("v2", "eve", "low"));

        var closed = about("svc-backup");
        assertThat(closed.closeReason()).contains(CloseReason.SUPPRESSED);
        assertThat(closed.closeComment())
                .isEqualTo(
                        "Its evidence has the label “Backup accounts”, and Ada says that such alerts are closed at once.");
        assertThat(about("eve").status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void neverClosesWhatIsHighAndOpensAgainWhatBecomesSo() {
        label("Backup accounts", "svc-backup", typed(LabelAction.Type.SUPPRESS));

        make(vendorAlert("v1", "svc-backup", "high"));
        assertThat(about("svc-backup").status()).isEqualTo(AlertStatus.OPEN);

        label("Others", "eve", typed(LabelAction.Type.SUPPRESS));
        make(vendorAlert("v2", "eve", "low"));
        assertThat(about("eve").status()).isEqualTo(AlertStatus.CLOSED);
        make(vendorAlert("v2", "eve", "high", ",\"classification\":\"truePositive\""));
        assertThat(about("eve").status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void isAboutTheRulesAndSeveritiesThatItNamesAndNothingElse() {
        assertThat(LabelAction.SEVERITIES)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(AlertSeverity.values()).map(Enum::name).toList());
        for (var type : LabelAction.Type.values()) {
            for (var rules : List.of(List.<String>of(), List.of("one"), List.of("one", "two"))) {
                for (var severities : List.of(List.<String>of(), List.of("LOW"), List.of("HIGH", "LOW"))) {
                    var action = new LabelAction(UUID.randomUUID(), type, Optional.empty(), rules, severities);
                    for (var rule : List.of("one", "two", "three")) {
                        for (var severity : LabelAction.SEVERITIES) {
                            assertThat(action.fits(rule, severity))
                                    .as("%s of %s %s", action, rule, severity)
                                    .isEqualTo((rules.isEmpty() || rules.contains(rule))
                                            && (severities.isEmpty() || severities.contains(severity))
                                            && (type != LabelAction.Type.SUPPRESS
                                                    || !List.of("HIGH", "CRITICAL")
                                                            .contains(severity)));
                        }
                    }
                }
            }
        }
        label(
                "Backup accounts",
                "svc-backup",
                new TypedAction(Optional.empty(), "SUPPRESS", "", List.of("suspected-dcsync-attack"), List.of()));
        label("Others", "eve", new TypedAction(Optional.empty(), "SUPPRESS", "", List.of(RULE), List.of("low")));
        make(vendorAlert("v1", "svc-backup", "low"), vendorAlert("v2", "eve", "low"));
        assertThat(about("svc-backup").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(about("eve").status()).isEqualTo(AlertStatus.CLOSED);
    }

    @Test
    void aLabelThatWantsAnAlertWinsOverLabelsSuppressionsAndNewDevices() {
        label("Backup accounts", "svc-backup", typed(LabelAction.Type.SUPPRESS));
        label("Crown jewels", "svc-backup", typed(LabelAction.Type.ALERT_ON));
        label("Domain admins", "root", typed(LabelAction.Type.ALERT_ON));
        label("Owners", "ann", typed(LabelAction.Type.ALERT_ON));
        var suppression = suppressions.add(
                ALL,
                Optional.empty(),
                proposals
                        .empty()
                        .with(SuppressionField.NAME, "Root")
                        .with(SuppressionField.OWNER, "ada@example.com")
                        .with(SuppressionField.REASON, "Known")
                        .with(SuppressionField.COMMENT, "Known.")
                        .with(SuppressionField.CONDITION, "\"contoso\\\\root\" in accounts"),
                ADA);
        dryRuns.begin(ALL, suppression.id(), ADA);
        assertThat(dryRuns.goOn(ALL, suppression.id(), Duration.ofMinutes(1))).isPresent();
        suppressions.goLive(ALL, suppression.id(), suppression.revision(), ADA);

        make(vendorAlert("v1", "svc-backup", "low"), vendorAlert("v2", "root", "low"));
        firstDataAt(clock.instant());
        make(vendorAlert("v3", "ann", "low"), vendorAlert("v4", "eve", "low"));

        assertThat(List.of(about("svc-backup"), about("root"), about("ann")))
                .extracting(Alert::status)
                .containsOnly(AlertStatus.OPEN);
        assertThat(about("eve").closeReason()).contains(CloseReason.SUPPRESSED_NEW_DEVICE);
        assertThat(said(about("svc-backup")))
                .anyMatch(line -> line.contains("label “Crown jewels”, and Ada says that such alerts stay open.")
                        && line.contains("closed: Its evidence has the label “Backup accounts”"));
        assertThat(said(about("root"))).anyMatch(line -> line.contains("closed: Suppression “Root”"));
        assertThat(said(about("ann"))).anyMatch(line -> line.contains("The first data of this device"));
    }

    @Test
    void whatIsWantedIsStillClosedWhenThereAreTooManyAndSaysNothingWhereNothingWouldHaveClosedIt() {
        label("Crown jewels", "svc-backup", typed(LabelAction.Type.ALERT_ON));
        make(vendorAlert("v1", "svc-backup", "low"));
        assertThat(said(about("svc-backup"))).hasSize(1);

        tuning.set(ALL, organization(), 48, 1, ADA);
        clock.advance(Duration.ofDays(2));
        label("Others", "ann", typed(LabelAction.Type.ALERT_ON));
        make(vendorAlert("v2", "eve", "low"));
        make(vendorAlert("v3", "ann", "low"));
        assertThat(about("ann").closeReason()).contains(CloseReason.SUPPRESSED_THRESHOLD_EXCEEDED);
    }

    @Test
    void addsToAnOpenInvestigationAndSaysWhyNotOtherwise() {
        var open = investigation("Odd sign-ins");
        var closed = investigation("Old sign-ins");
        label("Both", "svc-backup", addTo(closed), addTo(open));
        label("Closed", "eve", addTo(closed));
        label("Suppressed", "ann", typed(LabelAction.Type.SUPPRESS), addTo(open));
        investigating.close(ALL, ADA, Seen.of(closed), Decision.BENIGN, "Nothing.", List.of());

        make(vendorAlert("v1", "svc-backup", "high"), vendorAlert("v2", "eve", "low"), vendorAlert("v3", "ann", "low"));

        assertThat(about("svc-backup").investigation()).contains(open.id());
        assertThat(said(about("svc-backup")))
                .anyMatch(line -> line.contains(
                        "label “Both”, and Ada says that such alerts are added to %s.".formatted(open.shortLink())));
        assertThat(about("eve").investigation()).isEmpty();
        assertThat(about("eve").status()).isEqualTo(AlertStatus.OPEN);
        assertThat(said(about("eve")))
                .anyMatch(line ->
                        line.contains("such alerts are added to %s, which is closed.".formatted(closed.shortLink())));
        assertThat(about("ann").investigation()).isEmpty();
        assertThat(investigations.find(ALL, open.id()).orElseThrow().alerts()).isEqualTo(1);
        assertThat(database.sql("select outcome from alert_count where alerts > 0 order by outcome")
                        .query(String.class)
                        .list())
                .containsExactly("IN_PROGRESS", "OPEN", "SUPPRESSED");

        database.sql("update context_label_action set investigation_id = :other where investigation_id = :id")
                .param("other", UUID.randomUUID())
                .param("id", closed.id())
                .update();
        clock.advance(Duration.ofDays(2));
        make(vendorAlert("v4", "eve", "low"));
        assertThat(said(all().getLast())).anyMatch(line -> line.contains("which is not there any more."));
    }

    @Test
    void neverFillsAnInvestigationBeyondItsRoom() {
        var investigation = investigation("Nearly full");
        database.sql("update investigation set alerts = :alerts where id = :id")
                .param("alerts", InvestigationActions.MOST_ALERTS - 1)
                .param("id", investigation.id())
                .update();
        label("One", "ann", addTo(investigation));
        label("Two", "eve", addTo(investigation));

        make(vendorAlert("v1", "ann", "low"), vendorAlert("v2", "eve", "low"));

        assertThat(List.of(about("ann"), about("eve")))
                .extracting(alert -> alert.investigation().isPresent())
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void refusesWhatCannotFollow() {
        var elsewhere = organizations.add(OrganizationDraft.named("Globex"));
        var foreign = investigations
                .find(ALL, investigating.open(ALL, ADA, elsewhere.id(), "Theirs"))
                .orElseThrow();

        assertThat(problems(typed(LabelAction.Type.SUPPRESS, "HIGH")))
                .containsExactly("No label closes alerts that are High or Critical.");
        assertThat(problems(typed(LabelAction.Type.ALERT_ON, "PURPLE")).getFirst())
                .startsWith("“PURPLE” is no severity");
        assertThat(problems(typed(LabelAction.Type.ADD_TO)).getFirst()).startsWith("ADD_TO needs an investigation");
        assertThat(problems(addTo(foreign)).getFirst()).contains("“%s” is none".formatted(foreign.shortLink()));
        assertThat(problems(new TypedAction(Optional.empty(), "IGNORE", "", List.of(), List.of()))
                        .getFirst())
                .startsWith("“IGNORE” is no action");
        assertThat(problems(new TypedAction(Optional.empty(), "SUPPRESS", "", List.of("x; drop"), List.of()))
                        .getFirst())
                .startsWith("“x; drop” is no id of a detection rule");
    }

    /** The first sentence of each. */
    private List<String> problems(TypedAction action) {
        return catchThrowableOfType(InvalidFields.class, () -> label("Refused", "eve", action)).problems().stream()
                .peek(problem -> assertThat(problem.field()).isEqualTo("actions"))
                .map(FieldProblem::message)
                .map(message -> message.replaceFirst("(?<=Critical\\.) .*", ""))
                .toList();
    }

    @Test
    void whatFollowsIsInTheHistoryAndStaysOfWhomSaidItLast() {
        var investigation = investigation("Odd sign-ins");
        var label =
                label("Servers", "svc-backup", typed(LabelAction.Type.SUPPRESS, "LOW", "MEDIUM"), addTo(investigation));
        var actions = label.terms().draft().actions();

        labels.change(ALL, label.id(), 0, draft("Backup", "svc-backup", actions.toArray(TypedAction[]::new)), BEN);
        assertThat(saidBy()).containsExactly("Ada", "Ada");
        var second = actions.get(1);
        labels.change(
                ALL,
                label.id(),
                1,
                draft(
                        "Backup",
                        "svc-backup",
                        actions.getFirst(),
                        new TypedAction(second.id(), "ADD_TO", investigation.shortLink(), List.of(RULE), List.of())),
                BEN);

        assertThat(saidBy()).containsExactly("Ada", "Ben");
        assertThat(labels.find(ALL, label.id()).orElseThrow().terms().actions())
                .extracting(LabelAction::id)
                .containsExactly(
                        actions.getFirst().id().orElseThrow(), second.id().orElseThrow());
        assertThat(labels.history(ALL, label.id()).stream().map(HistoryEntry::sentence))
                .first()
                .isEqualTo("Ben changed it: actions SUPPRESS (severities MEDIUM LOW), ADD_TO %1$s → "
                                .formatted(investigation.shortLink())
                        + "SUPPRESS (severities MEDIUM LOW), ADD_TO %s (rules %s)."
                                .formatted(investigation.shortLink(), RULE));
        labels.change(
                ALL, label.id(), 2, draft("Backup", "svc-backup", actions.getFirst(), actions.getFirst(), second), BEN);
        assertThat(labels.find(ALL, label.id()).orElseThrow().terms().actions()).hasSize(3);
        var other = label("Other", "eve", new TypedAction(second.id(), "ALERT_ON", "", List.of(), List.of()));
        assertThat(other.terms().actions().getFirst().id())
                .isNotEqualTo(second.id().orElseThrow());
        assertThat(labels.find(ALL, label.id())
                        .orElseThrow()
                        .terms()
                        .actions()
                        .getLast()
                        .investigation())
                .contains(new Target(investigation.id(), investigation.shortLink()));
    }

    private List<String> saidBy() {
        return database.sql("select updated_by from context_label_action order by place")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void costsOneStatementWhereNothingFollowsAndTheSameForFewAlertsAndForMany() {
        var investigation = investigation("Odd sign-ins");
        make(vendorAlert("warm", "svc-backup", "low"));
        var without = statements(2, "a");
        label("Servers", "svc-backup-b-0");
        label("Others", "nobody-else");
        var nothing = statements(2, "b");
        label("More", "svc-backup", addTo(investigation), typed(LabelAction.Type.ALERT_ON));
        database.sql("insert into context_value (label_id, organization_id, kind, value)"
                        + " select id, organization_id, 'username', 'svc-backup-' || p || '-' || n from context_label,"
                        + " unnest(array['c', 'd']) p, generate_series(0, 60) n where key = 'more'")
                .update();
        var few = statements(2, "c");
        var many = statements(40, "d");

        assertThat(nothing).isEqualTo(without + 2);
        assertThat(many).isEqualTo(few);
        assertThat(investigations.find(ALL, investigation.id()).orElseThrow().alerts())
                .isEqualTo(42);
    }

    /** As many as it takes to make so many alerts of accounts of their own. */
    private int statements(int count, String prefix) {
        receive(
                device.orElseThrow(),
                Feed.ALERTS,
                IntStream.range(0, count)
                        .mapToObj(n -> vendorAlert(prefix + n, "svc-backup-%s-%d".formatted(prefix, n), "low"))
                        .toArray(String[]::new));
        try (var statements = Statements.listen()) {
            making.next(device.orElseThrow().directory(), 100);
            return statements.heard().size();
        }
    }
}
