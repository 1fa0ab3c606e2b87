package dev.gatehouse.workbench.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.suppressions.DryRuns;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionProposals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people say about their accounts, hosts and addresses, and what follows from it. */
class ContextLabelsTest extends ScreenTest {

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    /** Rules are remembered longer than the rows of a test. */
    private static final AtomicInteger RULES = new AtomicInteger();

    @Autowired
    private ContextLabels labels;

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private VendorAlerts vendorAlerts;

    @Autowired
    private RuleEditing rules;

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
    }

    private SecurityDevice device() {
        return device.orElseThrow();
    }

    private UUID organization() {
        return device().organization().id();
    }

    private Scope scope() {
        return Scope.of(organization());
    }

    private static LabelDraft draft(String title, ValueKind kind, String... values) {
        return new LabelDraft(title, "Known", Map.of(kind, List.of(values)), "");
    }

    private ContextLabel add(String title, ValueKind kind, String... values) {
        return labels.add(scope(), Optional.empty(), draft(title, kind, values), ADA);
    }

    private VendorAlert receive(String id, String host) {
        receive(device(), Feed.ALERTS, """
                {"id": "%s", "title": "Backup ran", "severity": "low", "status": "new", "incidentId": "%s",
                 "serviceSource": "microsoftDefenderForIdentity", "createdDateTime": "2026-11-23T11:50:00Z",
                 "lastUpdateDateTime": "2026-11-23T11:55:00Z", "evidence": [
                 {"@odata.type": "#microsoft.graph.security.userEvidence",
                  "userAccount": {"accountName": "SVC-Backup", "domainName": "CONTOSO", "userPrincipalName": "svc-backup@contoso.com"}},
                 {"@odata.type": "#microsoft.graph.security.deviceEvidence", "deviceDnsName": "%s"},
                 {"@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": "10.1.2.3"},
                 {"@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": "2001:db8::7"},
                 {"@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": "no address"}]}""".formatted(id, id, host));
        return vendorAlerts
                .open(Scope.everything(), device().directory(), List.of(id))
                .getFirst()
                .alert();
    }

    private List<Alert> made() {
        while (making.next(device().directory(), 100)) {
            // The next portion.
        }
        return alerts.list(scope(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 100)
                .rows();
    }

    @Test
    void anAccountAndAHostAreCalledWithTheirDomainOrWithout() {
        var alert = receive("one", "SRV1.contoso.com");
        add("In full", ValueKind.USERNAME, "contoso\\svc-backup");
        add("By principal", ValueKind.USERNAME, "SVC-BACKUP@contoso.com");
        add("In any domain", ValueKind.USERNAME, "svc-backup");
        add("Of another domain", ValueKind.USERNAME, "fabrikam\\svc-backup");
        add("Host in full", ValueKind.HOSTNAME, "srv1.contoso.com");
        add("Host", ValueKind.HOSTNAME, "srv1");
        add("Another host", ValueKind.HOSTNAME, "srv10", "srv1.fabrikam.com");

        var found = labels.of(organization(), List.of(alert));

        assertThat(found.of(EntityKind.ACCOUNT, "CONTOSO\\SVC-Backup")).containsExactly("In any domain", "In full");
        assertThat(found.of(EntityKind.ACCOUNT, "svc-backup@contoso.com"))
                .containsExactly("By principal", "In any domain");
        assertThat(found.of(EntityKind.HOST, "SRV1.contoso.com")).containsExactly("Host", "Host in full");
        assertThat(found.of(EntityKind.DOMAIN, "srv1")).isEmpty();
    }

    @Test
    void anAddressIsKnownHoweverItIsWrittenAndByTheBlocksAroundIt() {
        var alert = receive("one", "srv1");
        add("Six", ValueKind.IP_ADDRESS, "2001:0DB8:0:0::7");
        add("Four", ValueKind.IP_ADDRESS, "10.1.2.3");
        add("Block", ValueKind.CIDR_BLOCK, "10.1.9.9/16", "2001:db8::/32");
        add("Another block", ValueKind.CIDR_BLOCK, "10.2.0.0/16");

        var found = labels.of(organization(), List.of(alert));

        assertThat(found.of(EntityKind.IP_ADDRESS, "10.1.2.3")).containsExactly("Block", "Four");
        assertThat(found.of(EntityKind.IP_ADDRESS, "2001:db8::7")).containsExactly("Block", "Six");
        assertThat(found.of(EntityKind.IP_ADDRESS, "no address")).isEmpty();
    }

    @Test
    void alertsOfOthersHaveNoneOfThem() {
        var alert = receive("one", "srv1");
        var other = organizations.add(OrganizationDraft.named("Fabrikam")).id();
        labels.add(Scope.everything(), Optional.of(other), draft("Servers", ValueKind.HOSTNAME, "srv1"), ADA);

        assertThat(labels.of(organization(), List.of(alert)).of(EntityKind.HOST, "srv1"))
                .isEmpty();
        assertThat(labels.list(scope(), "", 0, 10).rows()).isEmpty();
        assertThat(labels.of(other, List.of(alert)).of(EntityKind.HOST, "srv1")).containsExactly("Servers");
    }

    @Test
    void aLabelEndsByTheClockAndStaysInTheList() {
        var alert = receive("one", "srv1");
        var ending = new LabelDraft("Servers", "Known", Map.of(ValueKind.HOSTNAME, List.of("srv1")), "2026-11-24");
        var added = labels.add(scope(), Optional.empty(), ending, ADA);
        assertThat(added.terms().ends()).contains(Instant.parse("2026-11-25T00:00:00Z"));
        assertThat(labels.of(organization(), List.of(alert)).of(EntityKind.HOST, "srv1"))
                .containsExactly("Servers");

        clock.set(Instant.parse("2026-11-25T00:00:00Z"));

        assertThat(labels.of(organization(), List.of(alert)).of(EntityKind.HOST, "srv1"))
                .isEmpty();
        assertThat(labels.list(scope(), "", 0, 10).rows())
                .hasSize(1)
                .allMatch(label -> label.hasEnded(clock.instant()));
        // What has ended may be put right without being extended.
        assertThat(labels.change(
                                scope(),
                                added.id(),
                                0,
                                new LabelDraft(
                                        "Old servers",
                                        "Known",
                                        added.terms().values(),
                                        added.terms().draft().ends()),
                                ADA)
                        .terms()
                        .title())
                .isEqualTo("Old servers");
    }

    @Test
    void aRuleAsksForALabelOfWhatTheVendorAlertNames() throws Exception {
        var id = "org-labels-" + RULES.incrementAndGet();
        rules.add(scope(), """
                id: %s
                version: 1
                name: The backup does this
                description: The backup does this every night.
                condition: '"backup servers" in context && context["backup servers"].exists(name, name == "srv1.contoso.com")'
                severity: {fidelity: high, impact: high, vendor: medium}
                join: {by: none, within: 2h}
                attack: {tactics: [TA0008], techniques: [T1078]}
                examples:
                  match: [{category: Night, context: {Backup servers: [SRV1.contoso.com]}}]
                  no_match: [{category: Night}]
                """.formatted(id), "Ada");
        receive("before", "SRV1.contoso.com");
        assertThat(made()).extracting(Alert::ruleId).hasSize(1).doesNotContain(id);
        add("Backup servers", ValueKind.HOSTNAME, "srv1");

        receive("after", "SRV1.contoso.com");
        receive("another", "SRV2.contoso.com");

        assertThat(made()).extracting(Alert::ruleId).filteredOn(id::equals).hasSize(1);
    }

    @Test
    void aDryRunOfASuppressionSeesTheLabelsOfNow() {
        // Ada has an account from her first page on.
        open("/");
        receive("one", "srv1");
        var alert = made().getFirst();
        var suppression = suppressions
                .add(
                        Scope.everything(),
                        Optional.of(organization()),
                        proposals
                                .like(Scope.everything(), alert.id())
                                .orElseThrow()
                                .draft()
                                .with(SuppressionField.OWNER, "ada@example.com")
                                .with(SuppressionField.REASON, "Known")
                                .with(SuppressionField.COMMENT, "Known")
                                .with(SuppressionField.CONDITION, "\"backup servers\" in context"),
                        ADA)
                .id();
        assertThat(wouldClose(suppression)).isEmpty();

        add("Backup servers", ValueKind.HOSTNAME, "srv1");

        assertThat(wouldClose(suppression)).containsExactly(alert.id());
    }

    private List<UUID> wouldClose(UUID suppression) {
        dryRuns.begin(Scope.everything(), suppression, ADA);
        assertThat(dryRuns.goOn(Scope.everything(), suppression, Duration.ofMinutes(1)))
                .hasValueSatisfying(run -> assertThat(run.isFinished()).isTrue());
        return dryRuns.alerts(Scope.everything(), suppression, Optional.empty(), 10).rows().stream()
                .map(each -> each.alert())
                .toList();
    }

    @Test
    void whoSavesSecondIsToldWhatTheFirstHasDone() {
        var label = add("Servers", ValueKind.HOSTNAME, "srv1");
        labels.change(scope(), label.id(), 0, draft("Servers", ValueKind.HOSTNAME, "srv1", "SRV2"), ADA);

        assertThatThrownBy(() -> labels.change(scope(), label.id(), 0, draft("Mine", ValueKind.HOSTNAME, "x"), ADA))
                .isInstanceOf(ContextChangedMeanwhile.class)
                .hasMessageContaining("Ada changed it: hostname srv1 → srv1, srv2.");
        assertThatThrownBy(() -> labels.remove(scope(), label.id(), 0, ADA))
                .isInstanceOf(ContextChangedMeanwhile.class);
        assertThat(labels.find(scope(), label.id()).orElseThrow().terms().title())
                .isEqualTo("Servers");
    }

    @Test
    void theHistoryTellsEverythingAndStaysWhenTheLabelIsRemoved() {
        var label = add("Servers", ValueKind.HOSTNAME, "srv1");
        labels.remove(scope(), label.id(), 0, ADA);

        assertThat(labels.find(scope(), label.id())).isEmpty();
        assertThat(labels.history(scope(), label.id()))
                .extracting(HistoryEntry::sentence)
                .containsExactly(
                        "Ada removed it: title Servers → nothing; reason Known → nothing; hostname srv1 → nothing.",
                        "Ada wrote it: title nothing → Servers; reason nothing → Known; hostname nothing → srv1.");
        assertThat(labels.history(Scope.of(UUID.randomUUID()), label.id())).isEmpty();
    }

    @Test
    void saysWhatIsWrongFieldByField() {
        var wrong = new LabelDraft(
                "",
                "",
                Map.of(
                        ValueKind.HOSTNAME, List.of("srv 1"),
                        ValueKind.IP_ADDRESS, List.of("10.1.2.300"),
                        ValueKind.CIDR_BLOCK, List.of("10.1.2.3", "10.0.0.0/33")),
                "tomorrow");

        var refused =
                catchThrowableOfType(InvalidFields.class, () -> labels.add(scope(), Optional.empty(), wrong, ADA));

        assertThat(refused.problems())
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder(
                        "title", "reason", "hostname", "ip_address", "cidr_block", "cidr_block", "ends_at");
        assertThatThrownBy(() -> add("Nothing", ValueKind.HOSTNAME)).hasMessageContaining("Name at least one");
        assertThatThrownBy(() -> labels.add(
                        Scope.everything(), Optional.empty(), draft("Whose?", ValueKind.HOSTNAME, "srv1"), ADA))
                .hasMessageContaining("choose an organization");
        add("Servers", ValueKind.HOSTNAME, "srv1");
        assertThatThrownBy(() -> add("SERVERS", ValueKind.HOSTNAME, "srv2")).hasMessageContaining("already");
    }
}
