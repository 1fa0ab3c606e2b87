package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationParts;
import dev.gatehouse.workbench.people.AccountParts;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What notifies, with what it hears of, on a real database. Nothing is delivered unless a test says so. */
final class NotificationParts implements AutoCloseable {

    static final Scope ALL = Scope.everything();
    static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    static final Author ADMIN = new Author(ADA, ADA.id(), true);

    final AlertParts alerts;
    final DeliveryLoop loop;
    final Organization acme;
    private int made;

    NotificationParts() {
        this(new WorkbenchParts());
    }

    NotificationParts(WorkbenchParts parts) {
        this.alerts = new AlertParts(AccountParts.into(InvestigationParts.into(parts))
                .with("notifications.allowed-destinations", "localhost")
                .with("notifications.ca-certificate", Receiver.certificateFile())
                .with("server.public-url", "https://soc.example.com")
                .with(
                        NetworkGuard.class,
                        TrustedAuthorities.class,
                        HttpSender.class,
                        Mail.class,
                        SealedIntegrations.class,
                        NotificationHistory.class,
                        Integrations.class,
                        NotificationRules.class,
                        Contents.class,
                        DeliverySignal.class,
                        DeliveryTable.class,
                        Deliveries.class,
                        Outbox.class,
                        DeviceHealthNews.class)
                .with(Background.class));
        this.loop = new DeliveryLoop(
                get(DeliveryTable.class),
                get(Integrations.class),
                get(Accounts.class),
                get(Mail.class),
                get(DeliverySignal.class),
                get(Background.class),
                get(MonotonicClock.class));
        this.acme = organization("ACME");
    }

    <T> T get(Class<T> type) {
        return alerts.get(type);
    }

    SettableClock clock() {
        return alerts.clock();
    }

    Organization organization(String shortName) {
        return get(Organizations.class).add(new OrganizationDraft(shortName + " Ltd", shortName, "", "", ""));
    }

    /** A device of a customer that has no data yet. */
    SecurityDevice newDevice(Organization owner) {
        var draft = WorkbenchParts.draft("%s %d".formatted(owner.name(), ++made))
                .with(DeviceField.ORGANIZATION, owner.shortName());
        return get(DeviceEditing.class).add(ALL, draft, "tester");
    }

    /** A device of a customer whose first data came long ago. */
    SecurityDevice device(Organization owner) {
        var device = newDevice(owner);
        get(JdbcClient.class)
                .sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', :at)")
                .param("tenant", device.directory().value())
                .param("at", Columns.timestamp(clock().instant().minus(Duration.ofDays(30))))
                .update();
        return device;
    }

    /** A webhook of a customer. */
    Integrations.Added webhook(Organization owner, String name, String url) {
        return get(Integrations.class)
                .add(ALL, Optional.of(owner.id()), new IntegrationDraft("webhook", name, url, "HMAC", "", ""), ADA);
    }

    /** A rule of a customer that tells events to an integration. */
    NotificationRule rule(Integration integration, EventName... events) {
        return get(NotificationRules.class)
                .add(
                        ALL,
                        integration.owner().organization(),
                        false,
                        draft(List.of(integration.destination().key()), events),
                        ADMIN);
    }

    static RuleDraft draft(List<String> destinations, EventName... events) {
        return new RuleDraft(
                "Tell us", Arrays.stream(events).map(EventName::key).toList(), "ALL_OF", List.of(), destinations, true);
    }

    /** Tries all that is due, one after the other; gives how many that were. */
    int deliver() {
        var claimed = get(DeliveryTable.class).claim(1_000, 1_000, DeliveryLoop.PATIENCE);
        claimed.forEach(loop::deliver);
        return claimed.size();
    }

    /** The rows of a query, each as one text. */
    List<String> rows(String sql) {
        return get(JdbcClient.class)
                .sql("select r::text from (" + sql + ") r")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public void close() throws IOException {
        alerts.close();
    }
}
