package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vendor alerts, their versions and clicks of two people in any order, on two directories. Whatever the order, no vendor alert
 * is lost, no alert is of two directories, and no state is without the history that led to it.
 */
class AlertLifeTest {

    private static final List<String> TITLES = List.of("Recon", "Brute force");
    private static final List<String> SEVERITIES = List.of("low", "medium", "high");
    private static final List<String> ACCOUNTS = List.of("mallory", "eve");
    private static final List<Actor> PEOPLE = List.of(
            new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada"),
            new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben"));
    private static final int STEPS = 150;

    private final AlertParts parts = new AlertParts(new WorkbenchParts().with("alerts.flood-threshold", "6"));
    private final AlertActions actions = parts.get(AlertActions.class);
    private final Rereads rereads = parts.get(Rereads.class);

    /** What each of two people has on the screen. */
    private final Map<Actor, List<Seen>> screens = new HashMap<>();

    private final Map<UUID, Integer> vendorAlertsWhenClosed = new HashMap<>();
    private int vendorAlerts;
    private Instant updated = Instant.parse("2026-11-20T00:00:00Z");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void losesNothingAndLeavesNoStateWithoutHistory(long seed) {
        var random = new Random(seed);
        var devices = List.of(parts.device("Contoso"), parts.newDevice("Fabrikam"));

        for (var step = 0; step < STEPS; step++) {
            play(random, devices);
            requireNoVendorAlertJoinsWhatAPersonClosed();
        }
        parts.rules.failOn("");
        parts.parts.clock().advance(Duration.ofHours(2));
        devices.forEach(parts::detect);

        requireEachVendorAlertInOneAlertOfItsDirectory();
        requireHistoryExplainsEachState();
        requireCountersAgree();
    }

    private void play(Random random, List<SecurityDevice> devices) {
        var device = devices.get(random.nextInt(devices.size()));
        var who = PEOPLE.get(random.nextInt(PEOPLE.size()));
        switch (random.nextInt(12)) {
            case 10 -> parts.rules.become(random.nextInt(3));
            case 11 -> readAgain(random, devices);
            case 0, 1, 2 -> parts.receive(device, vendorAlert(random, vendorAlerts++));
            case 3 -> parts.receive(device, vendorAlert(random, random.nextInt(vendorAlerts + 1)));
            case 4, 5 -> parts.detect(device);
            case 6 -> {
                parts.rules.failOn(random.nextInt(3) == 0 ? TITLES.get(random.nextInt(2)) : "");
                parts.parts.clock().advance(Duration.ofMinutes(random.nextInt(600)));
            }
            case 7 -> screens.put(who, parts.alerts().stream().map(Seen::of).toList());
            default -> click(random, who);
        }
    }

    /** Looks or applies, of all directories or of one only, so that it is under way while other things happen. */
    private void readAgain(Random random, List<SecurityDevice> devices) {
        var rule = new RuleId(pick(random, List.of("recon", "brute-force", "one-for-all")));
        try {
            var last = rereads.last(Scope.everything(), rule);
            if (last.filter(each -> each.state() == Reread.State.LOOKED).isPresent()) {
                rereads.apply(Scope.everything(), last.get().id(), PEOPLE.getFirst());
            } else {
                rereads.begin(Scope.everything(), rule, 30, PEOPLE.getFirst());
            }
        } catch (InvalidAlertChange e) {
            assertThat(e).hasMessageContaining("Stop that first");
        }
        if (random.nextBoolean()) {
            parts.parts.get(RereadWork.class).next(devices.getFirst().directory());
        } else {
            devices.forEach(parts::readAgain);
        }
    }

    private String vendorAlert(Random random, int number) {
        updated = updated.plusSeconds(1);
        vendorAlerts = Math.max(vendorAlerts, number + 1);
        return json(
                "v" + number,
                pick(random, TITLES),
                pick(random, SEVERITIES),
                pick(random, ACCOUNTS),
                ",\"lastUpdateDateTime\":\"%s\"".formatted(updated),
                random.nextBoolean() ? ",\"status\":\"resolved\"" : "");
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void click(Random random, Actor who) {
        var screen = screens.getOrDefault(who, List.of());
        if (screen.isEmpty()) {
            return;
        }
        var chosen = new ArrayList<Seen>();
        for (var each : screen) {
            if (random.nextInt(3) == 0) {
                chosen.add(each);
            }
        }
        try {
            switch (random.nextInt(5)) {
                case 0 -> actions.start(Scope.everything(), who, chosen);
                case 1 -> actions.reopen(Scope.everything(), who, chosen, "Again.");
                case 2 -> actions.assign(Scope.everything(), who, chosen, Optional.of(PEOPLE.get(random.nextInt(2))));
                case 3 -> actions.putBack(Scope.everything(), who, chosen);
                default -> actions.close(Scope.everything(), who, chosen, CloseReason.BENIGN, "Known.");
            }
        } catch (AlertsChangedMeanwhile e) {
            assertThat(e.since().values()).allSatisfy(since -> assertThat(since).isNotEmpty());
        }
    }

    private void requireNoVendorAlertJoinsWhatAPersonClosed() {
        for (var alert : parts.alerts()) {
            if (alert.closeReason().filter(reason -> !reason.isBySystem()).isPresent()) {
                assertThat(alert.vendorAlerts())
                        .isEqualTo(vendorAlertsWhenClosed.computeIfAbsent(alert.id(), id -> alert.vendorAlerts()));
            } else {
                vendorAlertsWhenClosed.remove(alert.id());
            }
        }
    }

    private void requireEachVendorAlertInOneAlertOfItsDirectory() {
        assertThat(parts.rows("""
                        select v.id from vendor_alert v
                        left join alert_vendor_alert m on m.tenant_id = v.tenant_id and m.vendor_alert_id = v.id
                             and m.version = v.version
                        left join alert a on a.id = m.alert_id and a.tenant_id = v.tenant_id
                        where a.id is null
                        """)).isEmpty();
        assertThat(parts.rows("""
                        select a.id from alert a
                        where a.vendor_alerts <> (select count(*) from alert_vendor_alert m where m.alert_id = a.id)
                           or a.vendor_resolved <> (select count(*) from alert_vendor_alert m
                                                    where m.alert_id = a.id and (m.facts ->> 'is_resolved')::boolean)
                           or a.vendor_alerts = 0
                        """)).isEmpty();
    }

    private void requireHistoryExplainsEachState() {
        assertThat(parts.alerts()).isNotEmpty().allSatisfy(alert -> {
            var status = AlertStatus.OPEN.name();
            var assignee = "";
            var revision = 0;
            for (var event : parts.history(alert.id())) {
                assertThat(event.revision()).isGreaterThanOrEqualTo(revision);
                revision = event.revision();
                for (var change : event.changes()) {
                    if (event.action() == AlertAction.STATUS_CHANGED) {
                        assertThat(change.from()).isEqualTo(status);
                        status = change.to();
                    } else if (event.action() == AlertAction.ASSIGNED) {
                        assertThat(change.from()).isEqualTo(assignee);
                        assignee = change.to();
                    }
                }
            }
            assertThat(alert.status().name()).isEqualTo(status);
            assertThat(alert.assignee().map(Actor::name).orElse("")).isEqualTo(assignee);
            assertThat(alert.revision()).isEqualTo(revision);
        });
    }

    private void requireCountersAgree() {
        var counted = """
                select tenant_id, (created_at at time zone 'UTC')::date as day, severity_rank, coalesce(close_reason, status),
                       investigation_id is not null, count(*)
                from alert group by 1, 2, 3, 4, 5
                """;
        var kept = """
                select tenant_id, day, severity_rank, outcome, investigated, alerts from alert_day where alerts <> 0
                """;
        assertThat(parts.rows(counted + " except " + kept)).isEmpty();
        assertThat(parts.rows(kept + " except " + counted)).isEmpty();
        assertThat(parts.rows("""
                        select day, severity_rank, outcome, investigated, sum(alerts) from alert_day group by 1, 2, 3, 4
                        except
                        select day, severity_rank, outcome, investigated, sum(alerts) from alert_day_total group by 1, 2, 3, 4
                        """)).isEmpty();
        var byRule = """
                select tenant_id, day, rule_id, sum(alerts), sum(vendor_alerts) from (
                    select tenant_id, (created_at at time zone 'UTC')::date as day, rule_id, 1 as alerts, 0 as vendor_alerts from alert
                    union all
                    select a.tenant_id, (m.joined_at at time zone 'UTC')::date, a.rule_id, 0, 1
                    from alert_vendor_alert m join alert a on a.id = m.alert_id) made
                group by 1, 2, 3
                """;
        var keptByRule = """
                select tenant_id, day, rule_id, alerts::numeric, vendor_alerts::numeric from alert_rule_day
                where alerts <> 0 or vendor_alerts <> 0
                """;
        assertThat(parts.rows(byRule + " except " + keptByRule)).isEmpty();
        assertThat(parts.rows(keptByRule + " except " + byRule)).isEmpty();
        assertThat(parts.rows("""
                        select day, rule_id, sum(alerts), sum(vendor_alerts) from alert_rule_day group by 1, 2
                        except
                        select day, rule_id, sum(alerts), sum(vendor_alerts) from alert_rule_day_total group by 1, 2
                        """)).isEmpty();
        assertThat(parts.rows("""
                        select tenant_id, outcome, severity_rank, alerts from alert_count where alerts <> 0
                        except
                        select tenant_id, coalesce(close_reason, status), severity_rank, count(*) from alert group by 1, 2, 3
                        """)).isEmpty();
        assertThat(parts.rows("""
                        select tenant_id, coalesce(close_reason, status), severity_rank, count(*) from alert group by 1, 2, 3
                        except
                        select tenant_id, outcome, severity_rank, alerts from alert_count
                        """)).isEmpty();
    }
}
