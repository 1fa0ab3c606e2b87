package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The counters of the tabs of the list of vendor alerts. */
@TestInstance(Lifecycle.PER_CLASS)
class VendorAlertCountTest {

    private final WorkbenchParts parts = new WorkbenchParts().open();

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void countersFollowWhatBecomesOfVendorAlerts() {
        var records = parts.get(PageTransaction.class);
        var tailspin = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Tailspin"), "x");
        records.keep(delivery(
                tailspin,
                Feed.ALERTS,
                NINE.minusSeconds(900),
                alert(tailspin, "one", NINE.minusSeconds(1_000), ",\"severity\":\"low\""),
                alert(tailspin, "two", NINE.minusSeconds(1_000), ",\"severity\":\"low\"")));
        records.keep(delivery(
                tailspin,
                Feed.ALERTS,
                NINE.minusSeconds(800),
                alert(tailspin, "two", NINE.minusSeconds(850), ",\"severity\":\"high\",\"status\":\"inProgress\"")));

        assertThat(parts.get(JdbcClient.class)
                        .sql("""
                                select status || ' ' || severity_rank || ' ' || vendor_alerts from vendor_alert_count
                                where tenant_id = :tenant and vendor_alerts <> 0 order by 1
                                """)
                        .param("tenant", tailspin.directory().value())
                        .query(String.class)
                        .set())
                .containsExactlyInAnyOrder("INPROGRESS 4 1", "NEW 2 1");
    }
}
