package dev.gatehouse.workbench.web.pages.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AlertAnalysisPagesTest extends ScreenTest {

    private static final String PATH = "/dashboards/alert-analysis";

    @Autowired
    private AlertMaking making;

    private SecurityDevice received(String name, String... vendorAlerts) {
        var device = device(name);
        receive(device, Feed.ALERTS, vendorAlerts);
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        return device;
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void showsWhatCameInAndWhatBecameOfIt() {
        var contoso = received(
                "Contoso",
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Something else", "low"));
        receive(contoso, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));

        assertThat(words(textOf(open(PATH))))
                .contains(
                        "3 Raw Events Ingested", "2 Vendor Alerts", "2 Expel Alerts", "Contoso My Organization 3 2 2");
    }

    @Test
    void itsNumbersAgreeWithTheRowsBehindThem() {
        received(
                "Contoso",
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Something else", "low"));

        assertThat(database.sql("select sum(records) from record_day_total where feed = 'alerts'")
                        .query(Long.class)
                        .single())
                .isEqualTo(database.sql("select count(*) from vendor_alert")
                        .query(Long.class)
                        .single());
        assertThat(database.sql("select sum(alerts) from alert_day_total")
                        .query(Long.class)
                        .single())
                .isEqualTo(database.sql("select count(*) from alert")
                        .query(Long.class)
                        .single());
    }

    @Test
    void leavesOutWhatCameOnOtherDays() {
        received("Contoso", Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(words(textOf(open(PATH + "?from=2026-01-01&to=2026-01-31"))))
                .contains("0 Raw Events Ingested", "0 Expel Alerts");
        assertThat(words(textOf(open(PATH + "?from=2026-02-01&to=2026-01-31")))).contains("ends before it begins");
        assertThat(words(textOf(open(PATH + "?from=soon")))).contains("“soon” is no date");
    }

    @Test
    void aDeviceHasTabsForItsVendorAlertsAndItsAlerts() {
        var contoso = received("Contoso", Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var one = PATH + "/" + contoso.id();

        assertThat(words(textOf(open(one))))
                .contains("Overview", "Vendor Alerts", "Expel Alerts", "This device is new.");
        assertThat(textOf(open(one + "?tab=vendor-alerts"))).contains("Suspected DCSync attack");
        assertThat(textOf(open(one + "?tab=alerts"))).contains("DCSync", "/alerts/");
        assertThat(textOf(open(one + "/alerts.csv")))
                .startsWith("Created,Severity,Name,")
                .contains("DCSync", "contoso\\mallory");
    }
}
