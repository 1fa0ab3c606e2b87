package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.alerts.NewAlertCheck;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Condition;
import dev.gatehouse.workbench.detections.ConditionFailed;
import dev.gatehouse.workbench.detections.Conditions;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Facts;
import dev.gatehouse.workbench.detections.InvalidCondition;
import dev.gatehouse.workbench.detections.Subject;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which suppressions there are, and whether one of those in force closes a new alert. Those in force are kept in memory, so that
 * an alert costs no statement; each process looks every few seconds whether any has changed. One that ends does so by the clock,
 * whether anybody looks or not.
 *
 * <p>Alerts that are High or Critical are closed only by a suppression that says so. A condition that fails closes nothing.
 */
@Component
public class Suppressions implements NewAlertCheck {

    private static final Logger log = LoggerFactory.getLogger(Suppressions.class);

    private final SuppressionTable table;
    private final Conditions conditions;
    private final InstantSource clock;

    /** What is live, as far as this process knows; null until the database was asked for the first time. */
    private volatile @Nullable Live live;

    /**
     * Those that are live.
     *
     * @param byRule by the rule that they are about; the empty text for any
     * @param revision of the database that they were read at
     */
    private record Live(Map<String, List<Loaded>> byRule, Map<UUID, Suppression> byId, long revision) {}

    private record Loaded(Suppression suppression, Condition condition) {}

    Suppressions(SuppressionTable table, Conditions conditions, InstantSource clock) {
        this.table = table;
        this.conditions = conditions;
        this.clock = clock;
    }

    /**
     * A part of the list: what needs a review first, then what is in force, to come, a draft, ended and withdrawn; the newest
     * first in each.
     */
    public KeysetPage<Suppression> list(Scope scope, SuppressionFilter filter, Optional<Place> place, int limit) {
        return table.list(scope, filter, clock.instant(), place, limit);
    }

    /** How many somebody may see of each standing. */
    public Map<Standing, Long> count(Scope scope) {
        return table.count(scope, clock.instant());
    }

    /** One that somebody may see: their organization's, or one for everybody. */
    public Optional<Suppression> find(Scope scope, UUID id) {
        return table.find(scope, id);
    }

    /** What was done to one, the last first; at most 200 entries. */
    public List<SuppressionEvent> history(Scope scope, UUID id) {
        return table.history(scope, id, -1);
    }

    /** How many of those that the reader answers for need a review. Costs no statement, for the menu of every page. */
    public int dueReviews(Scope scope) {
        var present = live;
        if (present == null || scope instanceof Scope.Nothing) {
            return 0;
        }
        var now = clock.instant();
        return (int) present.byId().values().stream()
                .filter(each -> each.standing(now) == Standing.NEEDS_REVIEW)
                .filter(each -> each.organization().map(scope::includes).orElse(scope instanceof Scope.Everything))
                .count();
    }

    @Override
    public Optional<Tuning.Tuned> check(Subject subject, Decision decision) {
        var present = live();
        var candidates = new ArrayList<>(present.byRule().getOrDefault("", List.of()));
        candidates.addAll(present.byRule().getOrDefault(decision.rule().value(), List.of()));
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        var facts = new Facts(subject);
        return candidates.stream()
                .filter(each -> each.suppression().isInForce(now)
                        && isOf(each.suppression(), subject.organizationId())
                        && isAbout(each.suppression(), decision.severity())
                        && holds(each, facts))
                .findFirst()
                .map(each -> tuned(each.suppression()));
    }

    private static boolean isOf(Suppression suppression, UUID organization) {
        return suppression
                .organization()
                .filter(own -> !own.equals(organization))
                .isEmpty();
    }

    /** Whether it may close what is that severe. */
    static boolean isAbout(Suppression suppression, AlertSeverity severity) {
        return suppression.terms().includesSevere()
                || (severity != AlertSeverity.HIGH && severity != AlertSeverity.CRITICAL);
    }

    private static boolean holds(Loaded loaded, Facts facts) {
        try {
            return loaded.condition().holds(facts);
        } catch (ConditionFailed e) {
            return false;
        }
    }

    private static Tuning.Tuned tuned(Suppression suppression) {
        var terms = suppression.terms();
        return new Tuning.Tuned(
                CloseReason.SUPPRESSED,
                "Suppression “%s”, which %s answers for: %s"
                        .formatted(terms.name(), terms.owner().name(), terms.comment()),
                Optional.of(suppression.id()));
    }

    @Override
    public boolean keepsClosed(UUID id, AlertSeverity severity) {
        var suppression = live().byId().get(id);
        return suppression != null && suppression.isInForce(clock.instant()) && isAbout(suppression, severity);
    }

    @Override
    public void closing(TenantId tenant, Map<UUID, Integer> alerts, Instant now) {
        table.closing(tenant, alerts, now);
    }

    private Live live() {
        var present = live;
        if (present == null) {
            refresh();
            present = live;
        }
        if (present == null) {
            throw new IllegalStateException("Suppressions were not read");
        }
        return present;
    }

    /** Takes over what has changed in the database; looks only whether anything has, if not. */
    synchronized void refresh() {
        // Everybody's, whoever's request it is that finds them changed.
        Scoped.within(Scope.everything(), () -> {
            var revision = table.revision();
            var present = live;
            if (present == null || present.revision() != revision) {
                live = load(revision);
            }
            return true;
        });
    }

    private Live load(long revision) {
        var byRule = new HashMap<String, List<Loaded>>();
        var byId = new HashMap<UUID, Suppression>();
        for (var suppression : table.live(clock.instant())) {
            byId.put(suppression.id(), suppression);
            try {
                var loaded = new Loaded(
                        suppression, conditions.of(suppression.terms().condition()));
                byRule.computeIfAbsent(
                                suppression.terms().rule().map(Object::toString).orElse(""), _ -> new ArrayList<>())
                        .add(loaded);
            } catch (InvalidCondition e) {
                log.warn(
                        "The condition of suppression {} is not understood any more, so it closes nothing: {}",
                        suppression.id(),
                        e.faults());
            }
        }
        return new Live(Map.copyOf(byRule), Map.copyOf(byId), revision);
    }
}
