package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.RECON;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A directory takes its vendor alerts and alerts along to another organization. */
class MovedDirectoryTest {

    private final AlertParts parts = new AlertParts(new WorkbenchParts());
    private final SecurityDevice contoso = parts.device("Contoso");
    private final Organizations organizations = parts.get(Organizations.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private Organization globex() {
        return organizations.add(new OrganizationDraft("Globex", "GLOBEX", "", "", ""));
    }

    private List<String> alertsOf(Organization organization) {
        return parts
                .get(Alerts.class)
                .list(Scope.of(organization.id()), AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 10)
                .rows()
                .stream()
                .map(Alert::name)
                .toList();
    }

    private List<String> vendorAlertsOf(Organization organization) {
        return parts
                .get(VendorAlerts.class)
                .list(Scope.of(organization.id()), VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 0, 10)
                .rows()
                .stream()
                .map(row -> row.id())
                .toList();
    }

    @Test
    void withWhatCameBeforeAndWhatComesAfter() {
        var first = organizations.byDefault();
        var globex = globex();
        parts.make(contoso, json("a1", RECON, "low", "eve"));
        assertThat(alertsOf(first)).hasSize(1);
        assertThat(vendorAlertsOf(first)).containsExactly("a1");
        assertThat(vendorAlertsOf(globex)).isEmpty();

        organizations.move(contoso.directory(), globex.id());
        parts.make(contoso, json("a2", RECON, "low", "mallory"));

        assertThat(alertsOf(first)).isEmpty();
        assertThat(vendorAlertsOf(first)).isEmpty();
        assertThat(alertsOf(globex)).hasSize(2);
        assertThat(vendorAlertsOf(globex)).containsExactlyInAnyOrder("a1", "a2");
    }
}
