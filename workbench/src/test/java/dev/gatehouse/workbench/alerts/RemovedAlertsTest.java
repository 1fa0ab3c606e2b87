package dev.gatehouse.workbench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.Dangling;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is left of an alert that was removed, in all tables and on all pages of a whole Workbench. */
class RemovedAlertsTest extends ScreenTest {

    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    /** Whoever adds a table with ids of alerts gives it a row in {@link #fill}. */
    private static final List<String> TABLES = List.of(
            "alert_history",
            "alert_name",
            "alert_vendor_alert",
            "file",
            "investigation",
            "investigation_history",
            "investigative_action",
            "rule_reread_finding",
            "runbook_due",
            "suppression_dry_run_alert",
            "undecided_vendor_alert",
            "vendor_alert_entities",
            "vendor_alert_version",
            "vendor_incident_version");

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private AlertActions actions;

    @Autowired
    private AlertRemoval removal;

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private InvestigativeActions steps;

    private SecurityDevice make(String... vendorAlerts) {
        workOnNothing();
        var contoso = device("Contoso");
        // As long ago as no device is tuned for.
        database.sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', '2026-01-01') "
                        + "on conflict (tenant_id, feed) do update set first_data_at = excluded.first_data_at")
                .param("tenant", contoso.directory().value())
                .update();
        receive(contoso, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));
        receive(contoso, Feed.ALERTS, vendorAlerts);
        while (making.next(contoso.directory(), 1)) {
            // The next one: one joins the other.
            clock.advance(Duration.ofDays(2));
        }
        return contoso;
    }

    private List<Alert> all() {
        return alerts.list(ALL, AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 100)
                .rows();
    }

    /** Everything that can belong to an alert. */
    private void fill(Alert alert) {
        var step = steps.addToAlert(
                ALL,
                ADA,
                alert.id(),
                InvestigativeAction.Type.MANUAL,
                new InvestigativeAction.Said("Ask Ben", "", "", ""),
                Optional.empty());
        var file = UUID.randomUUID();
        var now = Columns.timestamp(clock.instant());
        database.sql("""
                        insert into file (id, tenant_id, alert_id, action_id, filename, file_type, meta, created_by, created_at,
                                          updated_at, revision)
                        values (:file, :tenant, :alert, :step, 'a.txt', '', '{}', 'Ada', :now, :now, 0)
                        """)
                .param("file", file)
                .param("tenant", alert.tenant().value())
                .param("alert", alert.id())
                .param("step", step)
                .param("now", now)
                .update();
        database.sql(
                        "insert into file_chunk (file_id, upload, number, tenant_id, bytes) values (:file, :file, 0, :tenant, 'x')")
                .param("file", file)
                .param("tenant", alert.tenant().value())
                .update();
        database.sql("update investigative_action set result_file_id = :file where id = :step")
                .param("file", file)
                .param("step", step)
                .update();
        database.sql(
                        "insert into runbook_due (alert_id, tenant_id, since) values (:alert, :tenant, :now) on conflict do nothing")
                .param("alert", alert.id())
                .param("tenant", alert.tenant().value())
                .param("now", now)
                .update();
        database.sql("""
                        with reread as (
                            insert into rule_reread (id, rule_id, looks_from, looks_to, state, requested_at, requested_by)
                            values (:id, 'recon', :now, :now, 'LOOKED', :now, 'Ada') returning id)
                        insert into rule_reread_finding (reread_id, tenant_id, vendor_alert_id, alert_id, joined_at, change,
                            from_rule, to_rule, to_key, from_severity, to_severity, is_untouched)
                        select id, :tenant, (select vendor_alert_id from alert_vendor_alert where alert_id = :alert limit 1), :alert,
                               :now, 'SEVERITY', 'recon', 'recon', '', 'LOW', 'HIGH', false
                        from reread
                        """)
                .param("id", UUID.randomUUID())
                .param("tenant", alert.tenant().value())
                .param("alert", alert.id())
                .param("now", now)
                .update();
        database.sql("""
                        with suppression as (
                            insert into suppression (id, name, owner_name, reason, condition, includes_severe, starts_at, ends_at,
                                review_at, comment, state, revision, created_at, created_by, updated_at)
                            values (:id, 'Backups', 'Ada', '', 'true', false, :now, :now, :now, '', 'DRAFT', 0, :now, 'Ada', :now)
                            returning id)
                        insert into suppression_dry_run_alert (suppression_id, alert_id, tenant_id, ending, created_at)
                        select id, :alert, :tenant, 1, :now from suppression
                        """)
                .param("id", UUID.randomUUID())
                .param("tenant", alert.tenant().value())
                .param("alert", alert.id())
                .param("now", now)
                .update();
    }

    private void removeAllOfLongAgo() {
        clock.advance(Duration.ofDays(300));
        var portion = removal.next(clock.instant().minus(Duration.ofDays(200)), AlertRemoval.Place.FIRST, 1_000);
        assertThat(portion.alerts()).isEqualTo(1);
    }

    @Test
    void noRowOfAnyTableNamesIt() {
        make(
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Other attack", "high"));
        var gone = all().getFirst();
        fill(gone);
        investigations.openFrom(ALL, ADA, List.of(all().getLast().id()), "Theft");
        actions.close(ALL, ADA, List.of(Seen.of(gone)), CloseReason.BENIGN, "A backup.");
        assertThat(Dangling.rows(database)).isEmpty();

        removeAllOfLongAgo();

        assertThat(Dangling.rows(database)).isEmpty();
        assertThat(new TreeSet<>(Dangling.references(database).stream()
                        .map(Dangling.Reference::table)
                        .toList()))
                .containsExactlyElementsOf(TABLES);
        for (var table : List.of("file", "file_chunk", "investigative_action", "rule_reread_finding")) {
            assertThat(database.sql("select count(*) from " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(all()).hasSize(1);
    }

    @Test
    void linksToItAreAnsweredByAPageThatSaysSo() {
        var contoso = make(
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Other attack", "high"));
        var gone = all().getFirst();
        var investigation = investigations.openFrom(
                ALL, ADA, List.of(gone.id(), all().getLast().id()), "Theft");
        investigations.remove(ALL, ADA, investigation, gone.id());
        gone = all().getFirst();
        actions.close(ALL, ADA, List.of(Seen.of(gone)), CloseReason.BENIGN, "A backup.");

        removeAllOfLongAgo();

        for (var address : List.of("/alerts/" + gone.id(), "/vendor-alerts/" + contoso.directory() + "/da1")) {
            assertThat(open(address)).as(address).hasStatus(404).bodyText().contains("kept no longer");
        }
        for (var address : List.of(
                "/activity/" + investigation,
                "/activity/" + investigation + "/history",
                "/alerts/" + all().getFirst().id(),
                "/alerts?status=any",
                "/vendor-alerts",
                "/vendor-alerts/" + contoso.directory() + "/da2",
                "/vendor-incidents/" + contoso.directory() + "/28282",
                "/search?text=DCSync",
                "/")) {
            assertThat(open(address).getResponse().getStatus()).as(address).isLessThan(500);
        }
        assertThat(textOf(open("/vendor-incidents/" + contoso.directory() + "/28282")))
                .contains("/da2")
                .doesNotContain("/da1");
    }

    @Test
    void aVendorAlertIsShownThoughItsVendorIncidentIsKeptNoLonger() {
        var contoso = make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        database.sql("delete from vendor_incident_version").update();
        database.sql("delete from vendor_incident").update();

        assertThat(open("/vendor-alerts/" + contoso.directory() + "/da1"))
                .hasStatusOk()
                .bodyText()
                .contains("or is kept no longer");
        assertThat(open("/alerts/" + all().getFirst().id())).hasStatusOk();
        assertThat(open("/vendor-incidents/" + contoso.directory() + "/28282")).hasStatus(404);
    }
}
