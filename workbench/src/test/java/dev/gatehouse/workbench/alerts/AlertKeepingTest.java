package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.Dangling;
import dev.gatehouse.workbench.RetentionLog;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.collect.RetentionPasses;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationParts;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts are kept for 200 days here. What is closed is closed on 23 November 2026, at nine. */
class AlertKeepingTest {

    private static final Scope ALL = Scope.everything();
    private static final Duration KEPT = Duration.ofDays(200);
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    private final WorkbenchParts workbench = InvestigationParts.into(new WorkbenchParts())
            .with(MeterRegistry.class, SimpleMeterRegistry::new)
            .with(RetentionPasses.class, AlertRemoval.class, AlertKeeping.class)
            .with("retention.alerts", "200d");
    private final AlertParts parts = new AlertParts(workbench);
    private final AlertActions actions = parts.get(AlertActions.class);
    private final SecurityDevice contoso = parts.device("Contoso");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private Alert made(String id) {
        return made(contoso, id);
    }

    private Alert made(SecurityDevice device, String id) {
        // Lists order by when alerts were made.
        parts.clock().advance(Duration.ofMillis(1));
        parts.make(device, json(id, DCSYNC, "high", id));
        return parts.alerts().getLast();
    }

    private Alert closed(String id) {
        var made = made(id);
        close(made);
        return made;
    }

    private void close(Alert alert) {
        actions.close(ALL, ADA, List.of(Seen.of(alert)), CloseReason.BENIGN, "A backup.");
    }

    private void keep() {
        parts.get(AlertKeeping.class).run();
    }

    private void keepAfter(Duration time) {
        parts.clock().advance(time);
        keep();
    }

    private List<UUID> kept() {
        return parts.alerts().stream().map(Alert::id).toList();
    }

    private long count(String table) {
        return parts.get(JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasClosedLongerAgoGoesAndWhatIsJustYoungerStays() {
        var older = closed("one");
        parts.clock().advance(Duration.ofSeconds(1));
        var younger = closed("two");

        keepAfter(KEPT);
        assertThat(kept()).containsExactly(younger.id());

        keepAfter(Duration.ofMillis(2));
        assertThat(kept()).isEmpty();
        assertThat(parts.get(Alerts.class).find(ALL, older.id())).isEmpty();
    }

    @Test
    void itsVendorAlertsAndAllThatBelongsToItGoesWithIt() {
        closed("one");

        keepAfter(KEPT.plusSeconds(1));

        for (var table : List.of(
                "alert",
                "alert_history",
                "alert_name",
                "alert_vendor_alert",
                "vendor_alert",
                "vendor_alert_version",
                "vendor_alert_entities")) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    @Test
    void whatIsOpenOrReopenedOrInAnInvestigationStaysWithItsVendorAlerts() {
        var open = made("open");
        var reopened = closed("reopened");
        actions.reopen(ALL, ADA, List.of(Seen.of(parts.alerts().getLast())), "Again.");
        var investigated = made("investigated");
        parts.get(InvestigationActions.class).openFrom(ALL, ADA, List.of(investigated.id()), "Theft");
        close(parts.alerts().getLast());
        closed("gone");

        keepAfter(KEPT.plusSeconds(1));

        assertThat(kept()).containsExactly(open.id(), reopened.id(), investigated.id());
        assertThat(parts.rows("select id from vendor_alert order by id"))
                .containsExactly("(investigated)", "(open)", "(reopened)");
        assertThat(Dangling.rows(parts.get(JdbcClient.class))).isEmpty();
    }

    @Test
    void staysWhileAnythingOfItHasChangedSince() {
        var commented = closed("commented");
        var updated = closed("updated");
        var step = closed("step");
        parts.clock().advance(Duration.ofDays(1));
        actions.comment(ALL, ADA, List.of(commented.id()), "It was one.");
        parts.receive(
                contoso,
                json("updated", DCSYNC, "high", "updated", ",\"lastUpdateDateTime\":\"2026-11-24T08:00:00Z\""));
        parts.detect(contoso);
        parts.get(InvestigativeActions.class)
                .addToAlert(
                        ALL,
                        ADA,
                        step.id(),
                        InvestigativeAction.Type.MANUAL,
                        new InvestigativeAction.Said("Ask Ben", "", "", ""),
                        Optional.empty());

        keepAfter(KEPT);
        assertThat(kept()).containsExactly(commented.id(), updated.id(), step.id());

        keepAfter(Duration.ofSeconds(1));
        assertThat(kept()).isEmpty();
    }

    @Test
    void staysWhileARuleHasYetToLookAtAVendorAlertOfIt() {
        var waiting = closed("waiting");
        parts.clock().advance(KEPT.plusSeconds(1));
        parts.receive(
                contoso,
                json("waiting", DCSYNC, "high", "waiting", ",\"lastUpdateDateTime\":\"2026-11-24T08:00:00Z\""));
        parts.get(JdbcClient.class)
                .sql("update vendor_alert set last_changed_at = '2026-11-23'")
                .update();

        keep();

        assertThat(kept()).containsExactly(waiting.id());
    }

    @Test
    void countersOfWhatThereIsFollowAndSumsByDayStay() {
        closed("one");
        closed("two");
        made("three");
        var days = "select * from (select 'alert_day_total', outcome, alerts from alert_day_total where alerts <> 0"
                + " union all select 'alert_day', outcome, alerts from alert_day where alerts <> 0"
                + " union all select 'alert_rule_day', rule_id, alerts from alert_rule_day"
                + " union all select 'record_day_total', feed, records from record_day_total"
                + " union all select 'record_day', feed, records from record_day) d order by 1, 2";
        var before = parts.rows(days);

        keepAfter(KEPT.plusSeconds(1));

        assertThat(before).hasSize(7);
        assertThat(parts.rows(days)).isEqualTo(before);
        assertThat(parts.rows("select outcome, alerts from alert_count where alerts <> 0"))
                .containsExactly("(OPEN,1)");
        assertThat(parts.rows("select status, vendor_alerts from vendor_alert_count where vendor_alerts <> 0"))
                .containsExactly("(NEW,1)");
        assertThat(parts.get(Alerts.class).number(ALL)).isEqualTo(1);
    }

    @Test
    void nothingIsRemovedWithoutTheSetting() {
        closed("one");
        parts.clock().advance(Duration.ofDays(3_650));
        var without = new AlertKeeping(
                parts.get(AlertRemoval.class),
                parts.get(RetentionPasses.class),
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("gatehouse", Settings.class));

        without.run();

        assertThat(kept()).hasSize(1);
    }

    @Test
    void goesOnUntilNothingIsDue() {
        for (var number = 0; number < 7; number++) {
            closed("v" + number);
        }
        parts.clock().advance(KEPT.plusSeconds(1));
        var before = parts.clock().instant().minus(KEPT);
        var removal = parts.get(AlertRemoval.class);

        var place = Optional.of(AlertRemoval.Place.FIRST);
        var portions = new ArrayList<Integer>();
        while (place.isPresent()) {
            var portion = removal.next(before, place.get(), 3);
            portions.add(portion.alerts());
            place = portion.next();
        }

        assertThat(portions).containsExactly(3, 3, 1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aVendorAlertThatGraphShowsAgainIsNew() {
        var before = closed("one");
        keepAfter(KEPT.plusSeconds(1));

        parts.make(contoso, json("one", DCSYNC, "high", "one"));

        assertThat(parts.only().id()).isNotEqualTo(before.id());
        assertThat(parts.only().status()).isEqualTo(AlertStatus.OPEN);
        assertThat(parts.only().vendorAlerts()).isEqualTo(1);
        assertThat(parts.rows("select id, versions from vendor_alert")).containsExactly("(one,1)");
        assertThat(Dangling.rows(parts.get(JdbcClient.class))).isEmpty();
    }

    @Test
    void whoeverComesTooLateHearsThatItIsNotThereAnyMore() {
        closed("one");
        var seen = Seen.of(parts.only());
        keepAfter(KEPT.plusSeconds(1));

        assertThatThrownBy(() -> actions.reopen(ALL, ADA, List.of(seen), "Again."))
                .isInstanceOf(AlertsChangedMeanwhile.class)
                .hasMessage("One is not there any more.");
        assertThatThrownBy(() -> parts.get(InvestigationActions.class).openFrom(ALL, ADA, List.of(seen.id()), "Theft"))
                .hasMessageContaining("not there any more");
        assertThat(count("investigation")).isZero();
    }

    @Test
    void whatSomebodyIsChangingIsPassedOver() throws SQLException {
        var held = closed("held");
        var other = closed("other");
        closed("gone");

        try (var connection = workbench.database().connections().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("select from alert where id = '%s' for update".formatted(held.id()));
                statement.execute("select from vendor_alert where id = 'other' for update");
            }
            keepAfter(KEPT.plusSeconds(1));
            assertThat(kept()).containsExactly(held.id(), other.id());
            connection.rollback();
        }
        keep();
        assertThat(kept()).isEmpty();
    }

    @Test
    void takesNoMoreVendorAlertsThanATransactionMayHold() {
        closed("one");
        closed("two");
        parts.get(JdbcClient.class).sql("update alert set vendor_alerts = 5001").update();
        parts.clock().advance(KEPT.plusSeconds(1));
        var before = parts.clock().instant().minus(KEPT);

        var first = parts.get(AlertRemoval.class).next(before, AlertRemoval.Place.FIRST, 1_000);

        assertThat(first.alerts()).isEqualTo(1);
        assertThat(first.next()).isPresent();
    }

    @Test
    void saysWhatItRemovedAndWhy() {
        closed("one");
        closed("two");

        try (var log = RetentionLog.listen()) {
            keepAfter(KEPT.plusSeconds(1));
            keep();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("Removed alerts 2, vendor alerts 2, versions 2: older than 2026-11-23T09:00:01")
                    .endsWith("since retention.alerts is 200 days");
        }
        assertThat(parts.get(MeterRegistry.class)
                        .get("gatehouse.retention.removed")
                        .tag("kind", "vendor_alerts")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    /** Everything is due here, also what has just come: only locks keep the one from the other. */
    @Test
    void nothingIsHalfRemovedWhileVendorAlertsComeAndAreWorkedOn() throws Exception {
        var removal = parts.get(AlertRemoval.class);
        var later = parts.clock().instant().plus(Duration.ofDays(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var removing = threads.submit(() -> {
                var removed = 0;
                while (removed < 20) {
                    removed += removal.next(later, AlertRemoval.Place.FIRST, 3).alerts();
                }
                return removed;
            });
            for (var step = 0; !removing.isDone(); step++) {
                var id = "v" + step % 5;
                parts.receive(
                        contoso,
                        json(
                                id,
                                DCSYNC,
                                "high",
                                id,
                                ",\"lastUpdateDateTime\":\"%s\"".formatted(WorkbenchParts.START.plusSeconds(step))));
                parts.detect(contoso);
                var open = parts.alerts().stream()
                        .filter(alert -> alert.status() != AlertStatus.CLOSED)
                        .toList();
                for (var alert : open) {
                    try {
                        close(alert);
                    } catch (AlertsChangedMeanwhile e) {
                        // It has been removed, or joined, since.
                    }
                }
            }
            assertThat(removing.get()).isGreaterThanOrEqualTo(20);
        }
        parts.clock().advance(Duration.ofHours(2));
        parts.detect(contoso);

        assertThat(Dangling.rows(parts.get(JdbcClient.class))).isEmpty();
        assertThat(parts.rows("""
                        select v.id from vendor_alert v
                        where not exists (select from alert_vendor_alert m where m.tenant_id = v.tenant_id and m.vendor_alert_id = v.id)
                           or not exists (select from vendor_alert_version w
                                          where w.tenant_id = v.tenant_id and w.id = v.id and w.version = v.version)
                           or not exists (select from vendor_alert_entity e where e.tenant_id = v.tenant_id and e.alert_id = v.id)
                           or v.versions <> (select count(*) from vendor_alert_version w where w.tenant_id = v.tenant_id and w.id = v.id)
                        """)).isEmpty();
        assertThat(parts.rows("""
                        select coalesce(sum(alerts), 0) - (select count(*) from alert) from alert_count
                        """)).containsExactly("(0)");
        assertThat(parts.rows("""
                        select coalesce(sum(vendor_alerts), 0) - (select count(*) from vendor_alert) from vendor_alert_count
                        """)).containsExactly("(0)");
    }
}
