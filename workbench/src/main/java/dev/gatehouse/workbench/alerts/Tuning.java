package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final InstantSource clock;

    Tuning(JdbcClient database, Fence fence, Feeds feeds, Settings settings, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.feeds = feeds;
        this.settings = settings;
        this.clock = clock;
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
        return organization.flatMap(this::ownOf).orElseGet(this::usual);
    }

    /** How alerts are tuned where nobody said otherwise. */
    public Rules usual() {
        return new Rules(settings.alerts().newDeviceTuning(), settings.alerts().floodThreshold());
    }

    /** What somebody has said about an organization; empty when it is as usual. */
    public Optional<Rules> own(Scope scope, UUID organization) {
        return scope.includes(organization) ? ownOf(organization) : Optional.empty();
    }

    private Optional<Rules> ownOf(UUID organization) {
        return database.sql(OF_ORGANIZATION)
                .param("organization", organization)
                .query((row, number) -> rules(row))
                .optional();
    }

    private static final String OF_ALL = """
            select t.organization_id, t.new_device_hours, t.flood_threshold from alert_tuning t where {scope}
            """;

    /** What somebody has said about organizations; those that are as usual are left out. */
    public Map<UUID, Rules> own(Scope scope) {
        var own = new HashMap<UUID, Rules>();
        scope.organizations(database, OF_ALL, "t.organization_id").query(row -> {
            own.put(row.getObject("organization_id", UUID.class), rules(row));
        });
        return own;
    }

    private static Rules rules(ResultSet row) throws SQLException {
        return new Rules(Duration.ofHours(row.getInt("new_device_hours")), row.getInt("flood_threshold"));
    }

    private static final String SET = """
            insert into alert_tuning (organization_id, new_device_hours, flood_threshold)
            values (:organization, :hours, :threshold)
            on conflict (organization_id) do update set
                new_device_hours = excluded.new_device_hours, flood_threshold = excluded.flood_threshold
            """;

    private static final String UNSET = "delete from alert_tuning where organization_id = :organization";

    private static final String LOCK =
            "select from (select pg_advisory_xact_lock(hashtextextended('alert_tuning ' || :organization, 0))) as locked";

    /** The shortest time that a new device can be tuned, in hours. */
    public static final int SHORTEST_HOURS = 36;

    /** The longest time that a new device can be tuned, in hours. */
    public static final int LONGEST_HOURS = 72;

    /**
     * Says how an organization's alerts are tuned from now on.
     *
     * @param newDeviceHours from 36 to 72, or 0 for not at all
     * @param floodThreshold from 1 to 1,000,000
     * @throws InvalidAlertChange when one of them is something else
     */
    public void set(Scope scope, UUID organization, int newDeviceHours, int floodThreshold, Actor actor) {
        if (newDeviceHours != 0 && (newDeviceHours < SHORTEST_HOURS || newDeviceHours > LONGEST_HOURS)) {
            throw new InvalidAlertChange(
                    "new_device_hours",
                    "Tuning of a new device takes from %d to %d hours, or is off, which is 0."
                            .formatted(SHORTEST_HOURS, LONGEST_HOURS));
        }
        if (floodThreshold < 1 || floodThreshold > 1_000_000) {
            throw new InvalidAlertChange("flood_threshold", "The threshold is a number from 1 to 1,000,000.");
        }
        change(scope, organization, Optional.of(new Rules(Duration.ofHours(newDeviceHours), floodThreshold)), actor);
    }

    /** Has an organization's alerts tuned as usual from now on. */
    public void setUsual(Scope scope, UUID organization, Actor actor) {
        change(scope, organization, Optional.empty(), actor);
    }

    private void change(Scope scope, UUID organization, Optional<Rules> to, Actor actor) {
        if (!scope.includes(organization)) {
            throw new InvalidAlertChange("organization", "There is no such organization.");
        }
        fence.run(() -> {
            database.sql(LOCK).param("organization", organization.toString()).query(row -> {});
            var from = ownOf(organization);
            if (from.equals(to)) {
                return;
            }
            to.ifPresentOrElse(
                    rules -> database.sql(SET)
                            .param("organization", organization)
                            .param("hours", (int) rules.newDevice().toHours())
                            .param("threshold", rules.floodThreshold())
                            .update(),
                    () -> database.sql(UNSET)
                            .param("organization", organization)
                            .update());
            remember(organization, new Change(clock.instant(), actor, from, to));
        });
    }

    /**
     * That somebody has changed how an organization's alerts are tuned.
     *
     * @param from before; empty for as usual
     * @param to after; empty for as usual
     */
    public record Change(Instant at, Actor actor, Optional<Rules> from, Optional<Rules> to) {

        /** As a sentence, e.g. {@code Ada changed it from as usual to 36 hours, 50 alerts an hour.} */
        public String sentence() {
            return "%s changed it from %s to %s.".formatted(actor.name(), words(from), words(to));
        }

        private static String words(Optional<Rules> rules) {
            return rules.map(each -> "%s, %,d alerts an hour"
                            .formatted(
                                    each.newDevice().isZero()
                                            ? "off"
                                            : each.newDevice().toHours() + " hours",
                                    each.floodThreshold()))
                    .orElse("as usual");
        }
    }

    private static final String REMEMBER = """
            insert into alert_tuning_history (organization_id, at, actor_kind, actor_id, actor_name, from_hours, to_hours,
                                              from_threshold, to_threshold)
            values (:organization, :at, :kind, :id, :name, :fromHours, :toHours, :fromThreshold, :toThreshold)
            """;

    private void remember(UUID organization, Change change) {
        database.sql(REMEMBER)
                .param("organization", organization)
                .param("at", Columns.timestamp(change.at()))
                .param("kind", change.actor().kind().key())
                .param("id", change.actor().id().orElse(null), Types.OTHER)
                .param("name", change.actor().name())
                .param("fromHours", hours(change.from()), Types.INTEGER)
                .param("toHours", hours(change.to()), Types.INTEGER)
                .param("fromThreshold", change.from().map(Rules::floodThreshold).orElse(null), Types.INTEGER)
                .param("toThreshold", change.to().map(Rules::floodThreshold).orElse(null), Types.INTEGER)
                .update();
    }

    private static @Nullable Integer hours(Optional<Rules> rules) {
        return rules.map(each -> (int) each.newDevice().toHours()).orElse(null);
    }

    private static final String HISTORY = """
            select * from alert_tuning_history where organization_id = :organization order by id desc limit 50
            """;

    /** Who has changed how an organization's alerts are tuned, the last first; at most 50 entries. */
    public List<Change> history(Scope scope, UUID organization) {
        if (!scope.includes(organization)) {
            return List.of();
        }
        return database.sql(HISTORY)
                .param("organization", organization)
                .query((row, number) ->
                        new Change(Columns.instant(row, "at"), Actor.of(row), rules(row, "from"), rules(row, "to")))
                .list();
    }

    private static Optional<Rules> rules(ResultSet row, String prefix) throws SQLException {
        var hours = row.getInt(prefix + "_hours");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Rules(Duration.ofHours(hours), row.getInt(prefix + "_threshold")));
    }

    /** Until when the new alerts of directories of one organization are tuned because their devices are new; the others are left out. */
    public Map<TenantId, Instant> newDevicesUntil(UUID organization, Collection<TenantId> tenants, Instant now) {
        var rules = of(Optional.of(organization));
        var until = new HashMap<TenantId, Instant>();
        feeds.firstData(tenants).forEach((tenant, first) -> {
            var end = first.plus(rules.newDevice());
            if (now.isBefore(end)) {
                until.put(tenant, end);
            }
        });
        return until;
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

        /** Whether it is closed because the device is new. */
        Optional<Tuned> newDevice(AlertSeverity severity) {
            return newDeviceUntil
                    .filter(any -> !Severities.isAtLeast(severity, AlertSeverity.HIGH))
                    .map(until -> new Tuned(
                            CloseReason.SUPPRESSED_NEW_DEVICE,
                            ("The first data of this device came less than %d hours ago. Until %s its alerts are closed at"
                                            + " once while it is tuned, except those that are High or Critical.")
                                    .formatted(rules.newDevice().toHours(), until)));
        }

        /** Whether it is closed because there are too many; counts it. */
        Optional<Tuned> flood(String ruleId, AlertSeverity severity) {
            var count = before.getOrDefault(ruleId, 0) + made.merge(ruleId, 1, Integer::sum);
            if (!Severities.isAtLeast(severity, AlertSeverity.HIGH) && count > rules.floodThreshold()) {
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
