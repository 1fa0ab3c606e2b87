package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several people change alerts of tenants that are added up in the same rows. */
class CountingTogetherTest {

    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

    private final AlertParts parts = new AlertParts();
    private final AlertActions actions = parts.get(AlertActions.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    /** Three whose alerts are added up together, in the order of their ids. */
    private List<SecurityDevice> devicesOfOneSum() {
        var bySum = new HashMap<Integer, List<SecurityDevice>>();
        for (var number = 0; ; number++) {
            var device = parts.device("Device " + number);
            var same = bySum.computeIfAbsent(sumOf(device), _ -> new ArrayList<>());
            same.add(device);
            if (same.size() == 3) {
                same.sort((one, other) -> one.directory()
                        .value()
                        .toString()
                        .compareTo(other.directory().value().toString()));
                return same;
            }
        }
    }

    private int sumOf(SecurityDevice device) {
        return parts.get(JdbcClient.class)
                .sql("select abs(hashtext(:tenant::text)) % 16")
                .param("tenant", device.directory().value().toString())
                .query(Integer.class)
                .single();
    }

    private Seen seen(SecurityDevice device, int place) {
        return Seen.of(parts.get(Alerts.class)
                .list(ALL, AlertFilter.ALL.ofTenant(device.directory()), AlertOrder.NEWEST, Optional.empty(), 2)
                .rows()
                .reversed()
                .get(place));
    }

    private void awaitWaiting(int many) {
        await().atMost(Duration.ofSeconds(30)).until(() -> parts.parts
                .database()
                .look()
                .sql("""
                            select count(*) from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock'
                            """)
                .query(Integer.class)
                .single()
                .equals(many));
    }

    private Connection holdingWhatWasOpenOnTheFirstDay() throws SQLException {
        var connection = parts.parts.database().connections().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select from alert_day_total where outcome = 'OPEN' and day = '2026-11-23' for update");
        }
        return connection;
    }

    @Test
    void neverWaitForEachOther() throws Exception {
        var devices = devicesOfOneSum();
        var first = devices.get(0);
        var second = devices.get(1);
        var third = devices.get(2);
        parts.make(second, json("b1", DCSYNC, "high", "mallory"));
        parts.make(third, json("c1", DCSYNC, "high", "mallory"));
        parts.clock().advance(Duration.ofDays(1));
        parts.make(first, json("a2", DCSYNC, "high", "mallory"));
        parts.make(third, json("c2", DCSYNC, "high", "eve"));
        var ofBen = List.of(seen(third, 0), seen(third, 1));
        var ofAda = List.of(seen(first, 0), seen(second, 0));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var holding = holdingWhatWasOpenOnTheFirstDay()) {
            var ben = threads.submit(() -> actions.close(ALL, BEN, ofBen, CloseReason.BENIGN, "Known."));
            awaitWaiting(1);
            var ada = threads.submit(() -> actions.close(ALL, ADA, ofAda, CloseReason.BENIGN, "Known."));
            awaitWaiting(2);
            holding.rollback();

            ben.get();
            ada.get();
        }

        assertThat(parts.get(JdbcClient.class)
                        .sql("select day || ' ' || outcome || ' ' || sum(alerts) from alert_day_total"
                                + " group by day, outcome having sum(alerts) <> 0 order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("2026-11-23 BENIGN 2", "2026-11-24 BENIGN 2");
    }
}
