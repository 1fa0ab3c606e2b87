package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.MadeAlerts;
import dev.gatehouse.workbench.alerts.MadeAlerts.Made;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.Labels;
import dev.gatehouse.workbench.detections.Condition;
import dev.gatehouse.workbench.detections.ConditionFailed;
import dev.gatehouse.workbench.detections.Conditions;
import dev.gatehouse.workbench.detections.Facts;
import dev.gatehouse.workbench.detections.InvalidCondition;
import dev.gatehouse.workbench.detections.Subject;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.NumberAndTitle;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.KeysetOrder;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.DryRunAlert.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tries suppressions on the alerts of the last 30 days. It goes through them in portions, the newest first, and writes after each
 * how far it has come: whoever asks waits a few seconds and asks again, a process that dies loses one portion, and a million
 * alerts need no more memory than a hundred. What it finds is what the suppression would have met: each alert with the severity
 * and the version of the vendor alert that it was made with.
 */
@Component
public class DryRuns {

    /** How far back they look. */
    public static final Duration BACK = Duration.ofDays(30);

    private static final int PORTION = 200;

    private final JdbcClient database;
    private final SuppressionTable table;
    private final Conditions conditions;
    private final MadeAlerts made;
    private final Investigations investigations;
    private final Organizations organizations;
    private final ContextLabels labels;
    private final SecurityDevices devices;
    private final Fence fence;
    private final InstantSource clock;
    private final MonotonicClock passing;

    DryRuns(
            JdbcClient database,
            SuppressionTable table,
            Conditions conditions,
            MadeAlerts made,
            Investigations investigations,
            Organizations organizations,
            ContextLabels labels,
            SecurityDevices devices,
            Fence fence,
            InstantSource clock,
            MonotonicClock passing) {
        this.database = database;
        this.table = table;
        this.conditions = conditions;
        this.made = made;
        this.investigations = investigations;
        this.organizations = organizations;
        this.labels = labels;
        this.devices = devices;
        this.fence = fence;
        this.clock = clock;
        this.passing = passing;
    }

    private static final String FORGET = """
            with alerts as (delete from suppression_dry_run_alert where suppression_id = :id)
            delete from suppression_dry_run where suppression_id = :id
            """;

    private static final String BEGIN = """
            insert into suppression_dry_run (suppression_id, organization_id, fingerprint, looks_from, looks_to, started_at,
                                             started_by, reached_at, reached_id, looked_at, failed, failure)
            values (:id, :organization, :fingerprint, :from, :to, :to, :by, :to, :reached, 0, 0, '')
            """;

    /**
     * Begins a dry run in place of the last one.
     *
     * @throws NoSuchSuppression when there is none that they may change
     */
    public DryRun begin(Scope scope, UUID id, Actor actor) {
        var suppression = own(scope, id);
        var now = clock.instant();
        fence.run(() -> {
            table.lock();
            database.sql(FORGET).param("id", id).update();
            database.sql(BEGIN)
                    .param("id", id)
                    .param("organization", suppression.organization().orElse(null))
                    .param("fingerprint", suppression.fingerprint().bytes())
                    .param("from", Columns.timestamp(now.minus(BACK)))
                    .param("to", Columns.timestamp(now))
                    .param("by", Columns.text(actor.name()))
                    .param("reached", MadeAlerts.Place.at(now).id())
                    .update();
            table.remember(
                    suppression,
                    new SuppressionEvent(
                            now, SuppressionEvent.Action.DRY_RUN, actor, suppression.revision(), "", List.of()));
        });
        return find(scope, id).orElseThrow(() -> new NoSuchSuppression(id));
    }

    private Suppression own(Scope scope, UUID id) {
        return table.find(scope, id)
                .filter(found -> SuppressionEditing.mayChange(scope, found))
                .orElseThrow(() -> new NoSuchSuppression(id));
    }

    /**
     * Goes on with a dry run for a while.
     *
     * @param budget after which it stops at the end of a portion
     * @return as far as it is then; empty when there is none, or none of what the suppression says by now
     * @throws NoSuchSuppression when there is none that they may change
     */
    public Optional<DryRun> goOn(Scope scope, UUID id, Duration budget) {
        var suppression = own(scope, id);
        var condition = condition(suppression);
        var until = passing.after(budget);
        var subjects = new Subjects(scope);
        while (portion(scope, suppression, condition, subjects)) {
            if (passing.until(until).isZero()) {
                break;
            }
        }
        return find(scope, id).filter(each -> each.isOf(suppression));
    }

    private Condition condition(Suppression suppression) {
        try {
            return conditions.of(suppression.terms().condition());
        } catch (InvalidCondition e) {
            throw new SuppressionRefused("Its condition is not understood any more. Edit it.");
        }
    }

    /** Who vendor alerts concern, asked for once for each directory, and their labels, once for each portion. */
    private final class Subjects {

        private final Map<TenantId, Organization> owners = new HashMap<>();
        private final Map<TenantId, String> deviceNames = new HashMap<>();
        private final HashSet<TenantId> known = new HashSet<>();
        private Map<UUID, Labels> labelled = Map.of();

        Subjects(Scope scope) {
            devices.all(scope).forEach(device -> deviceNames.putIfAbsent(device.directory(), device.name()));
        }

        void learn(List<Made> portion) {
            var news = new HashSet<TenantId>();
            portion.stream().map(Made::tenant).filter(known::add).forEach(news::add);
            if (!news.isEmpty()) {
                owners.putAll(organizations.of(news));
            }
            var alerts = new HashMap<UUID, List<VendorAlert>>();
            for (var each : portion) {
                var owner = owners.get(each.tenant());
                if (owner != null) {
                    each.vendorAlert().ifPresent(alert -> alerts.computeIfAbsent(owner.id(), none -> new ArrayList<>())
                            .add(alert));
                }
            }
            labelled = labels.of(alerts);
        }

        Optional<Subject> of(Made alert) {
            var owner = Optional.ofNullable(owners.get(alert.tenant()));
            return alert.vendorAlert()
                    .map(vendorAlert -> Subject.of(vendorAlert, owner, deviceNames.getOrDefault(alert.tenant(), ""))
                            .in(owner.map(each -> labelled.getOrDefault(each.id(), Labels.NONE))
                                    .orElse(Labels.NONE)
                                    .of(vendorAlert)));
        }
    }

    private static final String HOLD = """
            select reached_at, reached_id, looks_from from suppression_dry_run
            where suppression_id = :id and fingerprint = :fingerprint and finished_at is null
            for update
            """;

    private static final String ADD = """
            insert into suppression_dry_run_alert (suppression_id, alert_id, tenant_id, ending, created_at)
            select :id, r.alert_id, r.tenant_id, r.ending, r.created_at
            from unnest(:alerts::uuid[], :tenants::uuid[], :endings::smallint[], :created::timestamptz[])
                as r (alert_id, tenant_id, ending, created_at)
            on conflict do nothing
            """;

    private static final String MOVE = """
            update suppression_dry_run set
                reached_at = :reachedAt, reached_id = :reachedId, looked_at = looked_at + :count, failed = failed + :failed,
                failure = case when :failure = '' then failure else :failure end, finished_at = :finished
            where suppression_id = :id
            """;

    private record Reached(Instant from, MadeAlerts.Place place) {}

    /**
     * Looks at the next portion. Only one at a time does of one dry run: the others wait, and go on behind it.
     *
     * @return whether there is more
     */
    private boolean portion(Scope scope, Suppression suppression, Condition condition, Subjects subjects) {
        return fence.write(() -> {
            var reached = database.sql(HOLD)
                    .param("id", suppression.id())
                    .param("fingerprint", suppression.fingerprint().bytes())
                    .query((row, number) -> new Reached(
                            Columns.instant(row, "looks_from"),
                            new MadeAlerts.Place(
                                    Columns.instant(row, "reached_at"), row.getObject("reached_id", UUID.class))))
                    .optional();
            if (reached.isEmpty()) {
                return false;
            }
            var portion = made.next(
                    suppression.organization().map(Scope::of).orElse(scope),
                    suppression.terms().rule().map(Object::toString),
                    reached.get().from(),
                    reached.get().place(),
                    PORTION);
            subjects.learn(portion);
            var found = look(suppression, condition, subjects, portion);
            keep(scope, suppression, found.closed());
            var last = portion.isEmpty()
                    ? reached.get().place()
                    : new MadeAlerts.Place(
                            portion.getLast().created(), portion.getLast().id());
            database.sql(MOVE)
                    .param("id", suppression.id())
                    .param("reachedAt", Columns.timestamp(last.created()))
                    .param("reachedId", last.id())
                    .param("count", portion.size())
                    .param("failed", found.failed())
                    .param("failure", Columns.text(found.failure()))
                    .param(
                            "finished",
                            portion.size() < PORTION ? Columns.timestamp(clock.instant()) : null,
                            java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                    .update();
            return portion.size() == PORTION;
        });
    }

    /**
     * What a portion came to.
     *
     * @param closed what would have been closed
     * @param failed how many could not be asked about
     * @param failure why, of the last one
     */
    private record Found(List<Made> closed, int failed, String failure) {}

    private static Found look(Suppression suppression, Condition condition, Subjects subjects, List<Made> portion) {
        var closed = new ArrayList<Made>();
        var failed = 0;
        var failure = "";
        for (var alert : portion) {
            if (!Suppressions.isAbout(suppression, alert.severity())) {
                continue;
            }
            try {
                var subject = subjects.of(alert);
                if (subject.isEmpty()) {
                    failed++;
                    failure = "its vendor alert cannot be read any more";
                } else if (condition.holds(new Facts(subject.get()))) {
                    closed.add(alert);
                }
            } catch (ConditionFailed e) {
                failed++;
                failure = e.reason();
            }
        }
        return new Found(closed, failed, failure);
    }

    private void keep(Scope scope, Suppression suppression, List<Made> closed) {
        if (closed.isEmpty()) {
            return;
        }
        var numbers = investigations.numbers(
                scope,
                closed.stream()
                        .flatMap(alert -> alert.outcome().investigation().stream())
                        .distinct()
                        .toList());
        database.sql(ADD)
                .param("id", suppression.id())
                .param(
                        "alerts",
                        closed.stream().map(each -> each.id().toString()).toArray(String[]::new))
                .param(
                        "tenants",
                        closed.stream().map(each -> each.tenant().toString()).toArray(String[]::new))
                .param(
                        "endings",
                        closed.stream()
                                .map(each ->
                                        Integer.toString(ending(each, numbers).rank()))
                                .toArray(String[]::new))
                .param(
                        "created",
                        closed.stream()
                                .map(each -> Columns.timestamp(each.created()).toString())
                                .toArray(String[]::new))
                .update();
    }

    private static Ending ending(Made alert, Map<UUID, NumberAndTitle> numbers) {
        var investigation = alert.outcome().investigation();
        return Ending.of(
                alert.outcome().closeReason(),
                investigation
                        .map(numbers::get)
                        .filter(NumberAndTitle::isIncident)
                        .isPresent(),
                investigation.isPresent());
    }

    private static final String FIND = "select * from suppression_dry_run where suppression_id = :id";

    private static final String ENDINGS = """
            select ending, count(*) as alerts from suppression_dry_run_alert where suppression_id = :id group by ending
            """;

    /** The last dry run of one that somebody may change; empty when there is none. */
    public Optional<DryRun> find(Scope scope, UUID id) {
        if (table.find(scope, id)
                .filter(found -> SuppressionEditing.mayChange(scope, found))
                .isEmpty()) {
            return Optional.empty();
        }
        var endings = new EnumMap<Ending, Long>(Ending.class);
        database.sql(ENDINGS).param("id", id).query(row -> {
            endings.put(Ending.of(row.getInt("ending")), row.getLong("alerts"));
        });
        return database.sql(FIND)
                .param("id", id)
                .query((row, number) -> run(row, endings))
                .optional();
    }

    private static DryRun run(ResultSet row, Map<Ending, Long> endings) throws SQLException {
        return new DryRun(
                row.getObject("suppression_id", UUID.class),
                new ContentHash(row.getBytes("fingerprint")),
                Columns.instant(row, "looks_from"),
                Columns.instant(row, "looks_to"),
                Columns.instant(row, "started_at"),
                row.getString("started_by"),
                Columns.optionalInstant(row, "finished_at"),
                Columns.instant(row, "reached_at"),
                row.getLong("looked_at"),
                row.getLong("failed"),
                row.getString("failure"),
                endings);
    }

    private static final KeysetOrder ORDER = new KeysetOrder("ending", "created_at", "alert_id", true);

    /** A found alert with its place in the list. */
    private record Listed(DryRunAlert alert, Place place) {}

    /**
     * What a suppression would have closed, the worst first, the newest first in each.
     *
     * @throws NoSuchSuppression when there is none that they may change
     */
    public KeysetPage<DryRunAlert> alerts(Scope scope, UUID id, Optional<Place> place, int limit) {
        own(scope, id);
        var backwards = place.filter(Place::backwards).isPresent();
        var parameters = new HashMap<String, Object>();
        place.ifPresent(at -> parameters.putAll(at.parameters()));
        var found = scope.tenants(
                        database,
                        "select * from suppression_dry_run_alert where suppression_id = :id and {scope}"
                                + place.map(at -> " and " + ORDER.beyond(at.backwards()))
                                        .orElse("")
                                + ORDER.orderBy(backwards) + " limit :limit",
                        "tenant_id")
                .params(parameters)
                .param("id", id)
                .param("limit", limit + 1)
                .query((row, number) -> listed(row))
                .list();
        var page = KeysetPage.of(found, limit, place, Listed::place);
        return new KeysetPage<>(page.rows().stream().map(Listed::alert).toList(), page.previous(), page.next());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        var alert = row.getObject("alert_id", UUID.class);
        var ending = Ending.of(row.getInt("ending"));
        return new Listed(
                new DryRunAlert(alert, ending),
                new Place(ending.rank(), Columns.instant(row, "created_at"), alert, false));
    }
}
