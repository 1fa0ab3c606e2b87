package dev.gatehouse.workbench.investigations;

import static dev.gatehouse.workbench.investigations.InvestigationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.people.Actor;
import java.io.IOException;
import java.time.Duration;
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
 * Clicks of two people in any order, in two organizations, each on a screen that may be old. Whatever the order, no state is
 * without the history that led to it, numbers have no gaps, and no alert is in two investigations or in that of another
 * organization.
 */
class InvestigationLifeTest {

    private static final List<Actor> PEOPLE = List.of(
            new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada"),
            new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben"));
    private static final int STEPS = 120;

    private final InvestigationParts parts = new InvestigationParts();
    private final InvestigationActions actions = parts.get(InvestigationActions.class);

    /** What each of two people has on the screen. */
    private final Map<Actor, List<Investigation>> screens = new HashMap<>();

    private int toldOfTheOther;

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void leavesNoStateWithoutHistory(long seed) {
        var random = new Random(seed);
        var owners = List.of(parts.organization("ACME"), parts.organization("GLOBEX"));
        var alerts = new ArrayList<UUID>();
        for (var owner : owners) {
            SecurityDevice device = parts.device(owner);
            for (var number = 0; number < 5; number++) {
                alerts.add(
                        parts.alert(device, "v" + number, "account-" + number).id());
            }
        }

        for (var step = 0; step < STEPS; step++) {
            parts.alerts.parts.clock().advance(Duration.ofSeconds(30));
            var who = PEOPLE.get(random.nextInt(2));
            if (random.nextInt(4) == 0) {
                screens.put(who, parts.all());
            }
            try {
                click(
                        random,
                        who,
                        owners.get(random.nextInt(2)).id(),
                        alerts.get(random.nextInt(alerts.size())),
                        alerts.get(random.nextInt(alerts.size())));
            } catch (InvalidInvestigationChange e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (InvestigationChangedMeanwhile e) {
                toldOfTheOther++;
                assertThat(e.since()).isNotEmpty();
                assertThat(e.getMessage()).isNotBlank();
            } catch (AlertsChangedMeanwhile e) {
                assertThat(e.since()).isNotEmpty();
            }
        }

        assertThat(toldOfTheOther).isPositive();
        requireHistoryExplainsEachState();
        requireNumbersWithoutGaps();
        requireAlertsWhereTheyBelong();
        requireCountersAgree();
    }

    private void click(Random random, Actor who, UUID owner, UUID alert, UUID another) {
        var screen = screens.getOrDefault(who, List.of());
        if (screen.isEmpty() || random.nextInt(6) == 0) {
            if (random.nextBoolean()) {
                actions.openFrom(ALL, who, List.of(alert, another), "");
            } else {
                actions.open(ALL, who, owner, "By hand");
            }
            return;
        }
        var chosen = screen.get(random.nextInt(screen.size()));
        var seen = Seen.of(chosen);
        switch (random.nextInt(12)) {
            case 0, 1 -> actions.add(ALL, who, chosen.id(), List.of(alert));
            case 2 -> actions.remove(ALL, who, chosen.id(), alert);
            case 3 -> actions.lead(ALL, who, chosen.id(), alert);
            case 4 -> actions.assign(ALL, who, seen, Optional.of(PEOPLE.get(random.nextInt(2))));
            case 5 -> actions.assign(ALL, who, seen, Optional.empty());
            case 6 ->
                actions.close(
                        ALL,
                        who,
                        seen,
                        Decision.BENIGN,
                        "Known.",
                        random.nextBoolean()
                                ? List.of()
                                : parts.alerts.alerts().stream()
                                        .filter(each -> each.investigation().equals(Optional.of(chosen.id())))
                                        .map(AlertActions.Seen::of)
                                        .toList());
            case 7 -> actions.reopen(ALL, who, seen, "Again.");
            case 8 -> actions.promote(ALL, who, seen);
            case 9 -> actions.downgrade(ALL, who, seen, "No.");
            case 10 ->
                actions.update(
                        ALL,
                        who,
                        seen,
                        Map.of(
                                InvestigationField.ANALYST_SEVERITY,
                                Choices.SEVERITIES.get(random.nextInt(5)),
                                InvestigationField.OPEN_SUMMARY,
                                "Summary " + random.nextInt(3)),
                        chosen.assignee());
            default -> parts.get(Comments.class).add(ALL, who, chosen.id(), "Hm.");
        }
    }

    private void requireHistoryExplainsEachState() {
        assertThat(parts.all()).isNotEmpty().allSatisfy(investigation -> {
            var values = new HashMap<String, String>();
            var alerts = 0;
            var revision = 0;
            for (var event : parts.get(InvestigationHistory.class)
                    .of(ALL, investigation.id(), 10_000)
                    .reversed()) {
                if (event.subject() != Subject.INVESTIGATION) {
                    continue;
                }
                assertThat(event.revision()).isGreaterThanOrEqualTo(revision);
                revision = event.revision();
                for (var change : event.changes()) {
                    if (change.what().equals("alert")) {
                        alerts += change.to().isEmpty() ? -1 : 1;
                    } else if (!change.what().equals("lead_alert")) {
                        assertThat(change.from())
                                .as(change.what())
                                .isEqualTo(values.getOrDefault(
                                        change.what(), change.what().equals("is_incident") ? "false" : ""));
                        values.put(change.what(), change.to());
                    }
                }
            }
            assertThat(investigation.revision()).isEqualTo(revision);
            assertThat(investigation.alerts()).isEqualTo(alerts);
            assertThat(investigation.decision().map(Decision::name).orElse(""))
                    .isEqualTo(values.getOrDefault("decision", ""));
            assertThat(investigation.assignee().map(Actor::name).orElse(""))
                    .isEqualTo(values.getOrDefault("assignee", ""));
            assertThat(String.valueOf(investigation.isIncident()))
                    .isEqualTo(values.getOrDefault("is_incident", "false"));
            for (var field : InvestigationField.values()) {
                assertThat(investigation.field(field)).as(field.key()).isEqualTo(values.getOrDefault(field.key(), ""));
            }
        });
    }

    private void requireNumbersWithoutGaps() {
        assertThat(parts.rows("""
                        select organization_id from investigation group by organization_id
                        having min(number) <> 1 or max(number) <> count(*) or count(distinct number) <> count(*)
                        """)).isEmpty();
    }

    private void requireAlertsWhereTheyBelong() {
        assertThat(parts.rows("""
                        select a.id from alert a
                        join tenant t on t.tenant_id = a.tenant_id
                        left join investigation i on i.id = a.investigation_id
                        where a.investigation_id is not null
                          and (i.id is null or i.organization_id is distinct from t.organization_id)
                        """)).isEmpty();
        assertThat(parts.rows("""
                        select i.id from investigation i
                        where i.alerts <> (select count(*) from alert a where a.investigation_id = i.id)
                           or (i.lead_alert_id is not null
                               and not exists (select from alert a
                                               where a.id = i.lead_alert_id and a.investigation_id = i.id))
                        """)).isEmpty();
        assertThat(parts.alerts.alerts())
                .filteredOn(alert -> alert.investigation().isPresent())
                .extracting(Alert::id)
                .doesNotHaveDuplicates()
                .isNotEmpty();
    }

    private void requireCountersAgree() {
        assertThat(parts.rows("""
                        select coalesce(k.organization_id, c.organization_id)
                        from (select organization_id, is_incident, is_open, investigations from investigation_count
                              where investigations <> 0) k
                        full join (select organization_id, is_incident, decision is null as is_open, count(*) as investigations
                                   from investigation group by 1, 2, 3) c
                          using (organization_id, is_incident, is_open)
                        where k.investigations is distinct from c.investigations
                        """)).isEmpty();
    }
}
