package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static dev.gatehouse.workbench.records.Examples.incident;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(Lifecycle.PER_CLASS)
class VendorAlertsTest {

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final VendorAlerts alerts = parts.get(VendorAlerts.class);
    private final VendorIncidents incidents = parts.get(VendorIncidents.class);
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "x");
    private final SecurityDevice fabrikam =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Fabrikam"), "x");

    @BeforeAll
    void fill() {
        var records = parts.get(PageTransaction.class);
        records.keep(delivery(
                contoso,
                Feed.ALERTS,
                NINE,
                alert(contoso, "dcsync", NINE.minusSeconds(10), account("svc_sql")),
                alert(
                        contoso,
                        "ldap",
                        NINE.minusSeconds(20),
                        ",\"severity\":\"low\",\"status\":\"inProgress\",\"title\":\"Odd LDAP search 100%\"",
                        account("svcxsql")),
                alert(contoso, "golden", NINE.minusSeconds(30), ",\"severity\":\"medium\",\"incidentId\":\"8\"")));
        records.keep(delivery(
                fabrikam, Feed.ALERTS, NINE, alert(fabrikam, "dcsync", NINE, ",\"severity\":\"catastrophic\"")));
        records.keep(delivery(
                contoso,
                Feed.INCIDENTS,
                NINE,
                incident(contoso, "7", NINE),
                incident(
                        contoso,
                        "6",
                        NINE.minusSeconds(5),
                        ",\"status\":\"redirected\",\"redirectIncidentId\":\"7\"")));
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void listsTheNewestFirstWithTheirDevices() {
        var slice = alerts.list(Scope.everything(), VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 0, 3);

        assertThat(slice.rows())
                .extracting(VendorAlertRow::deviceName)
                .containsExactly("Fabrikam", "Contoso", "Contoso");
        assertThat(slice.total()).isEqualTo(4);
        assertThat(slice.hasMore()).isTrue();
        assertThat(alerts.list(Scope.everything(), VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 3, 3)
                        .rows())
                .extracting(VendorAlertRow::id)
                .containsExactly("golden");
    }

    @Test
    void sortsBySeverityWithWordsThatNobodyKnowsLast() {
        assertThat(alerts.list(Scope.everything(), VendorAlertFilter.ALL, VendorAlertOrder.MOST_SEVERE, 0, 10)
                        .rows())
                .extracting(row -> row.severity().written())
                .containsExactly("high", "medium", "low", "catastrophic");
    }

    @Test
    void filtersByDeviceSeverityStatusAndTime() {
        assertThat(ids(VendorAlertFilter.ALL.ofDevice(contoso.id()))).containsExactly("dcsync", "ldap", "golden");
        assertThat(ids(VendorAlertFilter.ALL.withSeverities(Set.of(Severity.LOW, Severity.MEDIUM))))
                .containsExactly("ldap", "golden");
        assertThat(ids(VendorAlertFilter.ALL.withStatuses(Set.of(VendorAlertStatus.IN_PROGRESS))))
                .containsExactly("ldap");
        assertThat(ids(VendorAlertFilter.ALL.ofDevice(contoso.id()).since(NINE.minusSeconds(75))))
                .containsExactly("dcsync");
    }

    @Test
    void findsTextInTitlesAndNamesAndTakesItLiterally() {
        assertThat(ids(VendorAlertFilter.ALL.withText("ldap SEARCH"))).containsExactly("ldap");
        assertThat(ids(VendorAlertFilter.ALL.withText("SVC_SQL"))).containsExactly("dcsync");
        assertThat(ids(VendorAlertFilter.ALL.withText("contoso\\svc"))).containsExactly("dcsync", "ldap");
        assertThat(ids(VendorAlertFilter.ALL.withText("100%"))).containsExactly("ldap");
        assertThat(ids(VendorAlertFilter.ALL.withText("golden"))).containsExactly("golden");
        assertThat(ids(VendorAlertFilter.ALL.withText("'; drop table vendor_alert; --")))
                .isEmpty();
    }

    @Test
    void countsBySeverityWhateverSeverityIsFiltered() {
        var counts = alerts.countBySeverity(
                Scope.everything(), VendorAlertFilter.ALL.ofDevice(contoso.id()).withSeverities(Set.of(Severity.LOW)));

        assertThat(counts)
                .containsEntry(Severity.HIGH, 1L)
                .containsEntry(Severity.MEDIUM, 1L)
                .containsEntry(Severity.LOW, 1L)
                .containsEntry(Severity.INFORMATIONAL, 0L);
        assertThat(alerts.newSince(Scope.everything(), NINE.minusSeconds(1))).containsEntry(contoso.directory(), 3L);
    }

    @Test
    void theIndexOfTextsGivesWhatTheListGivesAndKeepsToTheScope() {
        var owner = contoso.organization().id().toString();

        assertThat(byIndex("%SVC\\_SQL%", "all")).containsExactly("dcsync");
        assertThat(byIndex("%ldap search%", owner)).containsExactly("ldap");
        assertThat(byIndex("golden", owner)).containsExactly("golden");
        assertThat(byIndex("%ldap search%", UUID.randomUUID().toString())).isEmpty();
        assertThat(byIndex("%ldap search%", "")).isEmpty();
    }

    private List<String> byIndex(String pattern, String scope) {
        return parts
                .get(JdbcClient.class)
                .sql("""
                        select f.id from (select set_config('gatehouse.scope', :scope, true)) as asked
                        cross join lateral vendor_alerts_like(:pattern, :pattern) f order by f.id
                        """)
                .param("scope", scope)
                .param("pattern", pattern)
                .query(String.class)
                .list()
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void opensAnAlertAsItCame() {
        var opened =
                alerts.find(Scope.everything(), contoso.directory(), "dcsync").orElseThrow();

        assertThat(opened.alert().techniques()).containsExactly("T1003.006");
        assertThat(opened.row().entities()).containsExactly("contoso\\svc_sql");
        assertThat(alerts.original(
                        Scope.everything(),
                        contoso.directory(),
                        "dcsync",
                        opened.versions().getFirst().hash()))
                .contains(opened.alert().original());
        assertThat(alerts.find(Scope.everything(), contoso.directory(), "nobody"))
                .isEmpty();
    }

    @Test
    void opensAnIncidentWithItsAlerts() {
        var opened =
                incidents.find(Scope.everything(), contoso.directory(), "7").orElseThrow();

        assertThat(opened.incident().displayName()).isEqualTo("Credential theft");
        assertThat(opened.alerts()).extracting(VendorAlertRow::id).containsExactly("ldap", "dcsync");
        assertThat(opened.row().alerts()).isEqualTo(2);
    }

    @Test
    void leavesMergedIncidentsOutOfTheListButOpensThem() {
        assertThat(incidents
                        .list(
                                Scope.everything(),
                                new VendorIncidentFilter(
                                        Optional.of(contoso.id()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        "",
                                        Optional.empty(),
                                        false),
                                VendorIncidentOrder.RECENTLY_UPDATED,
                                0,
                                10)
                        .rows())
                .extracting(VendorIncidentRow::id)
                .containsExactly("7");
        assertThat(incidents.row(Scope.everything(), contoso.directory(), "6"))
                .map(VendorIncidentRow::redirectId)
                .contains("7");
    }

    private List<String> ids(VendorAlertFilter filter) {
        return alerts.list(Scope.everything(), filter, VendorAlertOrder.NEWEST, 0, 10).rows().stream()
                .map(VendorAlertRow::id)
                .toList();
    }

    private static String account(String name) {
        return ",\"evidence\":[{\"@odata.type\":\"#microsoft.graph.security.userEvidence\","
                + "\"userAccount\":{\"accountName\":\"" + name + "\",\"domainName\":\"contoso\"}}]";
    }
}
