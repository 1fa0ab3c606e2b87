package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What makes investigations, on a real database, with alerts of organizations of their own. */
public final class InvestigationParts implements AutoCloseable {

    static final Scope ALL = Scope.everything();

    final AlertParts alerts = new AlertParts(into(new WorkbenchParts()));

    /** Adds what makes investigations. */
    public static WorkbenchParts into(WorkbenchParts parts) {
        return parts.with(
                InvestigationTable.class,
                InvestigationHistory.class,
                InvestigationActions.class,
                Investigations.class,
                InvestigationEvidence.class,
                Findings.class,
                Comments.class,
                TimelineEntries.class,
                InvestigativeActions.class,
                Remediations.class,
                Attachments.class,
                StepsOfAlerts.class);
    }

    private int made;

    <T> T get(Class<T> type) {
        return alerts.get(type);
    }

    /** A customer. */
    Organization organization(String shortName) {
        return get(Organizations.class).add(new OrganizationDraft(shortName + " Ltd", shortName, "", "", ""));
    }

    /** A directory of a customer, with a device whose first data came long ago. */
    SecurityDevice device(Organization owner) {
        var draft = WorkbenchParts.draft("%s %d".formatted(owner.name(), ++made))
                .with(DeviceField.ORGANIZATION, owner.shortName());
        var device = get(DeviceEditing.class).add(ALL, draft, "tester");
        get(JdbcClient.class)
                .sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', :at)")
                .param("tenant", device.directory().value())
                .param("at", Columns.timestamp(alerts.parts.clock().instant().minus(Duration.ofDays(30))))
                .update();
        return device;
    }

    /** An alert of a directory, of one vendor alert. */
    Alert alert(SecurityDevice device, String id, String account) {
        // Lists order by when alerts were made.
        alerts.parts.clock().advance(Duration.ofSeconds(1));
        alerts.make(device, AlertParts.json(id, AlertParts.DCSYNC, "high", account));
        return alerts.alerts().stream()
                .filter(alert -> alert.tenant().equals(device.directory()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    Investigation find(UUID id) {
        return get(Investigations.class).find(ALL, id).orElseThrow();
    }

    List<Investigation> all() {
        return get(Investigations.class)
                .list(ALL, InvestigationFilter.ALL, InvestigationOrder.OLDEST, Optional.empty(), 1_000)
                .rows();
    }

    /** What happened, oldest first, without the questions that every investigation begins with. */
    List<String> sentences(UUID investigation) {
        return get(InvestigationHistory.class).of(ALL, investigation, 1_000).reversed().stream()
                .filter(event -> event.subject() != Subject.FINDING || event.action() != HistoryAction.CREATED)
                .map(InvestigationWords::sentence)
                .toList();
    }

    List<Map<String, @Nullable Object>> rows(String sql) {
        return get(JdbcClient.class).sql(sql).query().listOfRows();
    }

    @Override
    public void close() throws IOException {
        alerts.close();
    }
}
