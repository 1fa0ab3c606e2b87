package dev.gatehouse.workbench.alerts;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.Delivery;
import dev.gatehouse.workbench.records.Delivery.Origin;
import dev.gatehouse.workbench.records.Records;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What makes alerts, on a real database, with {@link PretendRules}. Devices have had data for long unless a test says otherwise. */
public final class AlertParts implements AutoCloseable {

    public static final String DCSYNC = "Suspected DCSync attack";
    public static final String RECON = "Account enumeration";

    public final WorkbenchParts parts;
    final PretendRules rules = new PretendRules();

    public AlertParts() {
        this(new WorkbenchParts());
    }

    public AlertParts(WorkbenchParts parts) {
        this.parts = parts.with(Detector.class, () -> rules)
                .with(AlertTable.class, AlertMaking.class, AlertActions.class, Alerts.class, Tuning.class)
                .with(Rereads.class, RereadWork.class, RereadOfRemoved.class)
                .open();
    }

    public SettableClock clock() {
        return parts.clock();
    }

    public <T> T get(Class<T> type) {
        return parts.get(type);
    }

    /** A device of a new directory whose first data came long ago. */
    public SecurityDevice device(String name) {
        var device = newDevice(name);
        parts.get(JdbcClient.class)
                .sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', :at)")
                .param("tenant", device.directory().value())
                .param(
                        "at",
                        dev.gatehouse.workbench.platform.database.Columns.timestamp(
                                parts.clock().instant().minus(java.time.Duration.ofDays(30))))
                .update();
        return device;
    }

    /** A device of a new directory that has no data yet. */
    public SecurityDevice newDevice(String name) {
        return parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft(name), "tester");
    }

    /** A vendor alert about an account. */
    public static String json(String id, String title, String severity, String account, String... more) {
        return """
                {"id":"%s","title":"%s","severity":"%s","status":"new","serviceSource":"microsoftDefenderForIdentity",
                 "createdDateTime":"2026-11-23T08:50:00Z","lastUpdateDateTime":"2026-11-23T08:55:00Z",
                 "firstActivityDateTime":"2026-11-23T08:40:00Z","mitreTechniques":["T1003.006"],
                 "evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence","roles":["attacker"],
                   "userAccount":{"accountName":"%s","domainName":"contoso"}}]%s}""".formatted(id, title, severity, account, String.join("", more));
    }

    /** Stores vendor alerts, as polling does. */
    public void receive(SecurityDevice device, String... vendorAlerts) {
        store(device.directory(), vendorAlerts);
    }

    void store(TenantId tenant, String... vendorAlerts) {
        var records =
                Arrays.stream(vendorAlerts).map(json -> parsed(tenant, json)).toList();
        var now = parts.clock().instant();
        var origin = new Origin(tenant, Feed.ALERTS, now, Optional.empty());
        parts.get(Records.class).take(new Delivery(origin, records, List.of(), List.of(), List.of(taken -> parts.get(
                        Feeds.class)
                .counted(new Feeds.Brought(
                        tenant, Feed.ALERTS, now, taken.isNews(), taken.newRecords(), taken.newVersions(), 0, 0)))));
    }

    private static Collected parsed(TenantId tenant, String json) {
        return switch (new Parser().parse(tenant, Feed.ALERTS, Original.of(json))) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var original, var reason) ->
                throw new IllegalArgumentException("%s: %s".formatted(original, reason));
        };
    }

    /** Has the rules look at all that waits. */
    public void detect(SecurityDevice device) {
        detect(device.directory());
    }

    void detect(TenantId tenant) {
        while (parts.get(AlertMaking.class).next(tenant, 50)) {
            // The next portion.
        }
    }

    /** Reads the history of a directory again, as far as somebody has asked for. */
    void readAgain(SecurityDevice device) {
        while (parts.get(RereadWork.class).next(device.directory())) {
            // The next portion.
        }
    }

    /** Stores vendor alerts and has the rules look at them. */
    public void make(SecurityDevice device, String... vendorAlerts) {
        receive(device, vendorAlerts);
        detect(device);
    }

    public List<Alert> alerts() {
        return parts.get(Alerts.class)
                .list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 1_000)
                .rows();
    }

    public Alert only() {
        var all = alerts();
        if (all.size() != 1) {
            throw new AssertionError("There are %d alerts: %s".formatted(all.size(), all));
        }
        return all.getFirst();
    }

    List<AlertEvent> history(UUID alert) {
        return parts.get(Alerts.class).history(Scope.everything(), alert);
    }

    List<String> sentences(UUID alert) {
        return history(alert).stream().map(AlertWords::sentence).toList();
    }

    /** The rows of a query, each as one text. */
    List<String> rows(String sql) {
        return parts.get(JdbcClient.class)
                .sql("select r::text from (" + sql + ") r")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
