package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.AlertTable.Taken;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.LabelAction;
import dev.gatehouse.workbench.context.LabelActions;
import dev.gatehouse.workbench.context.Labels;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Subject;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.records.UndecidedVendorAlerts;
import dev.gatehouse.workbench.records.UndecidedVendorAlerts.Undecided;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Makes alerts from vendor alerts. The rules are asked outside of the transaction; what follows from their answers is
 * written in one, together with taking the vendor alerts off the list of those that wait. So each vendor alert ends up in
 * exactly one alert, whenever the process dies.
 *
 * <p>A vendor alert joins the newest alert of its rule and directory that has the same join key, when that is not closed and
 * its last vendor alert is not longer ago than the rule allows. It never joins an alert that somebody has closed: a new one is
 * made then. What was closed by tuning is joined by what would be tuned, too.
 */
@Component
public class AlertMaking {

    private final UndecidedVendorAlerts undecided;
    private final Detector rules;
    private final AlertTable table;
    private final Tuning tuning;
    private final ObjectProvider<NewAlertCheck> checks;
    private final ObjectProvider<NewAlertPart> parts;
    private final ObjectProvider<NewAlertPlace> places;
    private final Organizations organizations;
    private final ContextLabels labels;
    private final SecurityDevices devices;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    AlertMaking(
            UndecidedVendorAlerts undecided,
            Detector rules,
            AlertTable table,
            Tuning tuning,
            ObjectProvider<NewAlertCheck> checks,
            ObjectProvider<NewAlertPart> parts,
            ObjectProvider<NewAlertPlace> places,
            Organizations organizations,
            ContextLabels labels,
            SecurityDevices devices,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.undecided = undecided;
        this.rules = rules;
        this.table = table;
        this.tuning = tuning;
        this.checks = checks;
        this.parts = parts;
        this.places = places;
        this.organizations = organizations;
        this.labels = labels;
        this.devices = devices;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What the rules said of a vendor alert.
     *
     * @param follows what follows for a new alert from the labels in its evidence
     */
    private record Decided(
            Undecided waiting,
            Subject subject,
            VendorAlertFacts facts,
            Decision decision,
            List<LabelActions.Follows> follows) {

        List<LabelActions.Follows> follows(LabelAction.Type type) {
            return follows.stream().filter(each -> each.action().type() == type).toList();
        }
    }

    /**
     * Decides about the next vendor alerts of a tenant.
     *
     * @return whether there may be more
     * @throws dev.gatehouse.workbench.platform.database.LeaseLost when another process reads the tenant by now
     */
    public boolean next(TenantId tenant, int limit) {
        var waiting = undecided.next(tenant, clock.instant(), limit);
        if (waiting.isEmpty()) {
            return false;
        }
        var owner = organizations.of(tenant);
        var deviceName = devices.of(Scope.everything(), tenant).stream()
                .map(SecurityDevice::name)
                .findFirst()
                .orElse("");
        var labelled = owner.map(organization -> labels.of(
                        organization.id(),
                        waiting.stream().flatMap(one -> one.alert().stream()).toList()))
                .orElse(Labels.NONE);
        var actions = owner.map(organization -> labels.actions(organization.id(), labelled))
                .orElse(LabelActions.NONE);
        var decided = new ArrayList<Decided>();
        for (var one : waiting) {
            decide(tenant, one, alert -> Subject.of(alert, owner, deviceName).in(labelled.of(alert)), actions)
                    .ifPresent(decided::add);
        }
        if (!decided.isEmpty()) {
            storeAllOrEach(tenant, owner.map(Organization::id), decided);
        }
        return waiting.size() == limit;
    }

    /** What cannot be decided about keeps none of the others from it. */
    private Optional<Decided> decide(
            TenantId tenant, Undecided one, Function<VendorAlert, Subject> whose, LabelActions actions) {
        if (one.alert().isEmpty()) {
            undecided.failed(tenant, one, one.fault(), clock.instant());
            return Optional.empty();
        }
        var alert = one.alert().get();
        try {
            var subject = whose.apply(alert);
            var decision = rules.decide(subject);
            var follows = actions.of(
                    subject.context().keySet(),
                    decision.rule().value(),
                    decision.severity().name());
            return Optional.of(new Decided(one, subject, VendorAlertFacts.of(one.id(), alert), decision, follows));
        } catch (RuntimeException | StackOverflowError e) {
            undecided.failed(tenant, one, "The rules failed: " + e, clock.instant());
            return Optional.empty();
        }
    }

    /** What the database will never take keeps none of the others from being stored: it waits, and says why. */
    private void storeAllOrEach(TenantId tenant, Optional<UUID> organization, List<Decided> decided) {
        try {
            store(tenant, organization, decided);
        } catch (RuntimeException e) {
            if (e instanceof LeaseLost
                    || Storage.isAway(e)
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            if (decided.size() > 1) {
                decided.forEach(one -> storeAllOrEach(tenant, organization, List.of(one)));
            } else {
                var one = decided.getFirst().waiting();
                undecided.failed(
                        tenant,
                        one,
                        "The alert could not be stored: " + Fault.of(e).words(),
                        clock.instant());
            }
        }
    }

    private void store(TenantId tenant, Optional<UUID> organization, List<Decided> decided) {
        var now = clock.instant();
        var written = fence.write(() -> {
            table.haveToOurselves(tenant);
            var placing = placing(organization, decided);
            var batch = new Batch(tenant, organization, decided, placing, now);
            decided.forEach(batch::take);
            batch.write();
            return new Written(batch.changed(), placing.filled());
        });
        if (!written.changed().made().isEmpty() || !written.changed().changed().isEmpty()) {
            events.publishEvent(written.changed());
        }
        if (!written.filled().isEmpty()) {
            places.forEach(place -> place.done(written.filled()));
        }
    }

    /**
     * What a transaction has done.
     *
     * @param filled investigations that alerts were put into
     */
    private record Written(AlertsChanged changed, List<UUID> filled) {}

    /** Investigations are held before alerts, as by people who put alerts into them. */
    private LabelPlacing placing(Optional<UUID> organization, List<Decided> decided) {
        var wanted = decided.stream()
                .flatMap(one -> one.follows(LabelAction.Type.ADD_TO).stream())
                .flatMap(each -> each.action().investigation().stream())
                .map(LabelAction.Target::id)
                .distinct()
                .toList();
        var rooms = new HashMap<UUID, NewAlertPlace.Room>();
        if (organization.isPresent() && !wanted.isEmpty()) {
            places.forEach(place -> rooms.putAll(place.hold(organization.get(), wanted)));
        }
        return new LabelPlacing(rooms);
    }

    /** The vendor alerts of one transaction, and the alerts that they concern. */
    private final class Batch {

        private final TenantId tenant;
        private final List<Decided> decided;
        private final Instant now;
        private final Map<String, AlertTable.Member> members;
        private final Map<UUID, AlertState> states;
        private final Map<String, AlertState> newest = new HashMap<>();
        private final Optional<UUID> organization;
        private final LabelPlacing placing;
        private final Tuning.Batch tuned;
        private final List<Taken> taken = new ArrayList<>();
        private final Set<String> rulesThatMade = new LinkedHashSet<>();

        Batch(TenantId tenant, Optional<UUID> organization, List<Decided> decided, LabelPlacing placing, Instant now) {
            this.tenant = tenant;
            this.organization = organization;
            this.placing = placing;
            this.decided = decided;
            this.now = now;
            this.members = table.members(
                    tenant, decided.stream().map(each -> each.facts().id()).toList());
            var keys = new HashSet<String>();
            decided.stream()
                    .filter(each -> !members.containsKey(each.facts().id()))
                    .forEach(each -> keys.add(key(each.decision())));
            var ids = new HashSet<>(table.joinable(tenant, keys));
            members.values().forEach(member -> ids.add(member.alert()));
            this.states = new LinkedHashMap<>(table.lock(Scope.everything(), ids));
            states.values()
                    .forEach(state -> newest.merge(
                            state.joinKey, state, (one, other) -> one.created.isAfter(other.created) ? one : other));
            this.tuned = tuning.begin(tenant, organization, now);
        }

        void take(Decided one) {
            var member = members.get(one.facts().id());
            if (member == null) {
                takeNew(one);
            } else {
                takeChanged(one, member);
            }
        }

        private void takeNew(Decided one) {
            var decision = one.decision();
            var joinable = Optional.ofNullable(newest.get(key(decision)));
            var open = joinable.filter(state -> isWithin(state, decision) && state.status != AlertStatus.CLOSED);
            if (open.isPresent()) {
                join(open.get(), one);
                return;
            }
            var judged = judge(one);
            var verdict = judged.closes();
            var alike = joinable.filter(state -> isWithin(state, decision)
                    && verdict.isPresent()
                    && state.closeReason.equals(verdict.map(Tuning.Tuned::reason))
                    && state.suppression.equals(verdict.flatMap(Tuning.Tuned::suppression)));
            if (alike.isPresent()) {
                join(alike.get(), one);
                return;
            }
            make(one, judged);
        }

        private static String key(Decision decision) {
            return Columns.key(decision.join().value());
        }

        private boolean isWithin(AlertState state, Decision decision) {
            return !now.isAfter(state.lastJoined.plus(decision.joinWithin()));
        }

        /**
         * What becomes of a new alert.
         *
         * @param closes why it is closed at once; empty when it is not
         * @param kept what a label has kept from closing it, as a sentence; empty when nothing would have
         */
        private record Judged(Optional<Tuning.Tuned> closes, String kept) {}

        /** A label that wants an alert wins over all but the flood, which is not about what the alert is about. */
        private Judged judge(Decided one) {
            var decision = one.decision();
            var about = suppressed(one).or(() -> one.follows(LabelAction.Type.SUPPRESS).stream()
                    .findFirst()
                    .map(LabelSentences::closes));
            var wanted = one.follows(LabelAction.Type.ALERT_ON).stream().findFirst();
            if (wanted.isEmpty() && about.isPresent()) {
                return new Judged(about, "");
            }
            var flood = tuned.flood(decision.rule().value(), decision.severity());
            var young = tuned.newDevice(decision.severity());
            if (wanted.isEmpty()) {
                return new Judged(young.or(() -> flood), "");
            }
            var otherwise = about.or(() -> young);
            return new Judged(
                    flood,
                    flood.isEmpty() && otherwise.isPresent()
                            ? LabelSentences.keeps(wanted.get(), otherwise.get())
                            : "");
        }

        private Optional<Tuning.Tuned> suppressed(Decided one) {
            for (var check : checks) {
                var verdict = check.check(one.subject(), one.decision());
                if (verdict.isPresent()) {
                    return verdict;
                }
            }
            return Optional.empty();
        }

        private void make(Decided one, Judged judged) {
            var decision = one.decision();
            var state = new AlertState(
                    UUID.randomUUID(),
                    tenant,
                    decision.rule().value(),
                    decision.ruleVersion(),
                    name(one),
                    key(decision),
                    decision.severity(),
                    decision.severityReason(),
                    now);
            states.put(state.id, state);
            newest.put(state.joinKey, state);
            rulesThatMade.add(decision.rule().value());
            join(state, one);
            judged.closes().ifPresent(why -> {
                state.suppression = why.suppression();
                state.close(Actor.GATEHOUSE, why.reason(), why.explanation(), now);
            });
            if (!judged.kept().isEmpty()) {
                state.comment(Actor.GATEHOUSE, judged.kept(), now);
            }
            if (judged.closes().isEmpty()) {
                placing.place(state.id, one.follows(LabelAction.Type.ADD_TO))
                        .ifPresent(said -> state.comment(Actor.GATEHOUSE, said, now));
            }
        }

        /** What the default rule takes is called as Microsoft calls it. */
        private static String name(Decided one) {
            var title = one.subject().alert().title();
            return one.decision().rule().isDefault() && !title.isBlank()
                    ? title
                    : one.decision().ruleName();
        }

        private void join(AlertState state, Decided one) {
            var decision = one.decision();
            state.join(one.facts(), decision.reason(), now);
            state.tactics.addAll(decision.tactics());
            state.techniques.addAll(decision.techniques());
            state.raise(decision.severity(), decision.severityReason(), now);
            taken.add(new Taken(state.id, one.facts(), one.waiting().version(), decision));
        }

        /** It stays where it is, whatever the rules say by now: what changes is told, and can only make things worse. */
        private void takeChanged(Decided one, AlertTable.Member member) {
            var state = states.get(member.alert());
            if (state == null) {
                throw new IllegalStateException("Alert %s is not there".formatted(member.alert()));
            }
            state.vendorAlertChanged(member.facts(), one.facts(), now);
            var decision = one.decision();
            if (decision.rule().value().equals(member.ruleId())) {
                state.raise(decision.severity(), decision.severityReason(), now);
                reopenWhatIsTooBadToBeTuned(state);
            }
            taken.add(new Taken(state.id, one.facts(), one.waiting().version(), decision));
        }

        private void reopenWhatIsTooBadToBeTuned(AlertState state) {
            if (state.closeReason.filter(CloseReason::isBySystem).isPresent()
                    && Severities.isAtLeast(state.severity, AlertSeverity.HIGH)
                    && !isKeptClosed(state)) {
                state.open(
                        Actor.GATEHOUSE,
                        "It has become %s, and what is High or Critical is not closed by %s."
                                .formatted(
                                        state.severity.title(),
                                        state.suppression.isPresent() ? "this suppression" : "tuning"),
                        now);
            }
        }

        /** By a suppression that says that it is for what is so severe, too. */
        private boolean isKeptClosed(AlertState state) {
            return state.suppression.isPresent()
                    && checks.stream().allMatch(check -> check.keepsClosed(state.suppression.get(), state.severity));
        }

        private void tellWhatIsSuppressed() {
            var alerts = new LinkedHashMap<UUID, Integer>();
            states.values().stream()
                    .filter(state -> state.isNew && state.status == AlertStatus.CLOSED)
                    .flatMap(state -> state.suppression.stream())
                    .forEach(suppression -> alerts.merge(suppression, 1, Integer::sum));
            if (!alerts.isEmpty()) {
                checks.forEach(check -> check.closing(tenant, alerts, now));
            }
        }

        void write() {
            table.save(states.values());
            var made = states.values().stream()
                    .filter(state -> state.isNew && state.status != AlertStatus.CLOSED)
                    .map(state -> state.id)
                    .toList();
            if (!made.isEmpty()) {
                parts.forEach(part -> part.made(tenant, made));
            }
            table.putMembers(tenant, taken, now);
            organization.ifPresent(owner -> placing.placed()
                    .forEach((investigation, alerts) ->
                            places.forEach(place -> place.put(owner, investigation, alerts))));
            tellWhatIsSuppressed();
            tuning.count(tenant, tuned, rulesThatMade);
            undecided.decided(tenant, decided.stream().map(Decided::waiting).toList());
        }

        AlertsChanged changed() {
            var made = new ArrayList<UUID>();
            var changed = new ArrayList<UUID>();
            states.values().stream().filter(AlertState::hasChanged).forEach(state -> (state.isNew ? made : changed)
                    .add(state.id));
            return new AlertsChanged(made, changed, Optional.of(tenant));
        }
    }
}
