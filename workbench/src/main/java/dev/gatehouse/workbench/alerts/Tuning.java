package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What keeps new alerts from flooding analysts: the first days of a device, and more alerts of one rule in an hour than
 * anybody could look at. What is tuned is closed at once and says why; nothing is left out. Alerts that are HIGH or CRITICAL
 * are never tuned.
 */
@Component
public class Tuning {

    private static final Duration KEEP_HOURS = Duration.ofDays(2);

    private final JdbcClient database;
    private final Fence fence;
    private final Feeds feeds;
    private final Settings settings;

    Tuning(JdbcClient database, Fence fence, Feeds feeds, Settings settings) {
        this.database = database;
        this.fence = fence;
        this.feeds = feeds;
        this.settings = settings;
    }

    /**
     * How an organization's alerts are tuned.
     *
     * @param newDevice for how long after a device's first data; zero for not at all
     * @param floodThreshold how many alerts of one rule and directory may be made in an hour
     */
    public record Rules(Duration newDevice, int floodThreshold) {}

    private static final String OF_ORGANIZATION = """
            select new_device_hours, flood_threshold from alert_tuning where organization_id = :organization
            """;

    /** How an organization's alerts are tuned; as the settings say where nobody said otherwise. */
    public Rules of(Optional<UUID> organization) {
        return organization
                .flatMap(id -> database.sql(OF_ORGANIZATION)
                        .param("organization", id)
                        .query((row, number) -> new Rules(
                                Duration.ofHours(row.getInt("new_device_hours")), row.getInt("flood_threshold")))
                        .optional())
                .orElseGet(() -> new Rules(
                        settings.alerts().newDeviceTuning(), settings.alerts().floodThreshold()));
    }

    private static final String SET = """
            insert into alert_tuning (organization_id, new_device_hours, flood_threshold)
            values (:organization, :hours, :threshold)
            on conflict (organization_id) do update set
                new_device_hours = excluded.new_device_hours, flood_threshold = excluded.flood_threshold
            """;

    private static final int SHORTEST_HOURS = 36;
    private static final int LONGEST_HOURS = 72;

    /**
     * Says how an organization's alerts are tuned from now on.
     *
     * @throws InvalidAlertChange when the time is not from 36 to 72 hours, or the threshold not above zero
     */
    public void set(Scope scope, UUID organization, int newDeviceHours, int floodThreshold) {
        if (!scope.includes(organization)) {
            throw new InvalidAlertChange("organization", "There is no such organization.");
        }
        if (newDeviceHours < SHORTEST_HOURS || newDeviceHours > LONGEST_HOURS) {
            throw new InvalidAlertChange(
                    "new_device_hours",
                    "Tuning of a new device takes from %d to %d hours.".formatted(SHORTEST_HOURS, LONGEST_HOURS));
        }
        if (floodThreshold < 1 || floodThreshold > 1_000_000) {
            throw new InvalidAlertChange("flood_threshold", "The threshold is a number from 1 to 1,000,000.");
        }
        fence.write(() -> database.sql(SET)
                .param("organization", organization)
                .param("hours", newDeviceHours)
                .param("threshold", floodThreshold)
                .update());
    }

    private static final String OWNER = "select organization_id from tenant where tenant_id = :tenant";

    /** Until when a tenant's new alerts are tuned because its devices are new; empty when they are not, or not any more. */
    public Optional<Instant> newDeviceUntil(TenantId tenant, Instant now) {
        var owner = database.sql(OWNER)
                .param("tenant", tenant.value())
                .query((row, number) -> row.getObject("organization_id", UUID.class))
                .optional();
        return newDeviceUntil(tenant, of(owner), now);
    }

    private Optional<Instant> newDeviceUntil(TenantId tenant, Rules rules, Instant now) {
        return feeds.firstData(tenant)
                .map(first -> first.plus(rules.newDevice()))
                .filter(now::isBefore);
    }

    /**
     * Why a new alert is closed at once.
     *
     * @param explanation what is said about that
     * @param suppression that closes it; empty when it is tuning
     */
    public record Tuned(CloseReason reason, String explanation, Optional<UUID> suppression) {

        Tuned(CloseReason reason, String explanation) {
            this(reason, explanation, Optional.empty());
        }
    }

    /** Decides about the new alerts of one page; counts them per rule and hour as it goes. */
    final class Batch {

        private final Rules rules;
        private final Optional<Instant> newDeviceUntil;
        private final Map<String, Integer> made = new HashMap<>();
        private final Map<String, Integer> before;
        private final Instant hour;

        private Batch(TenantId tenant, Optional<UUID> organization, Instant now) {
            this.rules = of(organization);
            this.newDeviceUntil = newDeviceUntil(tenant, rules, now);
            this.hour = now.truncatedTo(ChronoUnit.HOURS);
            this.before = madeIn(tenant, hour);
        }

        Optional<Tuned> check(String ruleId, AlertSeverity severity) {
            var count = before.getOrDefault(ruleId, 0) + made.merge(ruleId, 1, Integer::sum);
            if (Severities.isAtLeast(severity, AlertSeverity.HIGH)) {
                return Optional.empty();
            }
            if (newDeviceUntil.isPresent()) {
                return Optional.of(new Tuned(
                        CloseReason.SUPPRESSED_NEW_DEVICE,
                        ("The first data of this device came less than %d hours ago. Until %s its alerts are closed at"
                                        + " once while it is tuned, except those that are High or Critical.")
                                .formatted(rules.newDevice().toHours(), newDeviceUntil.get())));
            }
            if (count > rules.floodThreshold()) {
                return Optional.of(new Tuned(
                        CloseReason.SUPPRESSED_THRESHOLD_EXCEEDED,
                        ("It is alert %d of its rule in this directory since %s. More than %d in an hour are closed at"
                                        + " once, except those that are High or Critical.")
                                .formatted(count, hour, rules.floodThreshold())));
            }
            return Optional.empty();
        }

        int madeOf(String ruleId) {
            return made.getOrDefault(ruleId, 0);
        }
    }

    /** Begins to decide about new alerts of a tenant. */
    Batch begin(TenantId tenant, Optional<UUID> organization, Instant now) {
        return new Batch(tenant, organization, now);
    }

    private static final String MADE =
            "select rule_id, alerts from alert_flood where tenant_id = :tenant and hour = :hour";

    private Map<String, Integer> madeIn(TenantId tenant, Instant hour) {
        var made = new HashMap<String, Integer>();
        database.sql(MADE)
                .param("tenant", tenant.value())
                .param("hour", Columns.timestamp(hour))
                .query(row -> {
                    made.put(row.getString("rule_id"), row.getInt("alerts"));
                });
        return made;
    }

    private static final String FORGET = "delete from alert_flood where tenant_id = :tenant and hour < :before";

    private static final String COUNT = """
            insert into alert_flood (tenant_id, rule_id, hour, alerts)
            select :tenant, rule_id, :hour, alerts from unnest(:rules::text[], :counts::integer[]) as r (rule_id, alerts)
            on conflict (tenant_id, rule_id, hour) do update set alerts = alert_flood.alerts + excluded.alerts
            """;

    /** Keeps what was counted; a part of the transaction that keeps the alerts. */
    void count(TenantId tenant, Batch batch, Collection<String> ruleIds) {
        var rules = List.copyOf(ruleIds);
        if (rules.isEmpty()) {
            return;
        }
        database.sql(FORGET)
                .param("tenant", tenant.value())
                .param("before", Columns.timestamp(batch.hour.minus(KEEP_HOURS)))
                .update();
        database.sql(COUNT)
                .param("tenant", tenant.value())
                .param("hour", Columns.timestamp(batch.hour))
                .param("rules", rules.toArray(String[]::new))
                .param("counts", rules.stream().map(batch::madeOf).toArray(Integer[]::new))
                .update();
    }
}
