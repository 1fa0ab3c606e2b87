package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SimulatedDefenderTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void showsTheSameRecordsHoweverOftenItIsAsked() {
        var asleep = World.defender(TenantPlan.of("Contoso", 7, START, Pace.DEMO));
        var awake = World.defender(TenantPlan.of("Contoso", 7, START, Pace.DEMO));
        var end = START.plus(Duration.ofMinutes(12));

        for (var now = START.minusSeconds(9999); now.isBefore(end); now = now.plusMillis(1717)) {
            awake.alerts(now);
        }

        assertThat(awake.alerts(end)).isEqualTo(asleep.alerts(end));
        assertThat(awake.incidents(end)).isEqualTo(asleep.incidents(end));
        for (var table : Tables.names()) {
            assertThat(awake.table(table, end)).isEqualTo(asleep.table(table, end));
        }
    }

    @Test
    void beginsWithAHistoryOfFinishedAttacks() {
        var alerts =
                World.defender(TenantPlan.of("Contoso", 7, START, Pace.DEMO)).alerts(START);

        assertThat(alerts).hasSizeBetween(40, 80);
        assertThat(texts(alerts, "status")).containsOnly("resolved");
    }

    private static List<String> texts(List<ObjectNode> records, String property) {
        var texts = new ArrayList<String>();
        records.forEach(alert -> texts.add(alert.path(property).asString()));
        return texts;
    }
}
