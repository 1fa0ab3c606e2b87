package dev.gatehouse.workbench.context;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.context.ContextEvent.Action;
import dev.gatehouse.workbench.context.ContextEvent.Change;
import dev.gatehouse.workbench.context.ContextHistory.Subject;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The labels that organizations give to their accounts, hosts and addresses. One that has ended stays in the list and says
 * nothing about anything any more. What alerts have which labels is asked once for many of them, however many labels there are.
 */
@Component
public class ContextLabels {

    /** An organization has at most so many. */
    static final int MOST = 500;

    private final LabelTable table;
    private final ContextHistory history;
    private final Organizations organizations;
    private final Fence fence;
    private final InstantSource clock;

    ContextLabels(
            LabelTable table, ContextHistory history, Organizations organizations, Fence fence, InstantSource clock) {
        this.table = table;
        this.history = history;
        this.organizations = organizations;
        this.fence = fence;
        this.clock = clock;
    }

    /**
     * Labels with a text in their title, reason or values, by title.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<ContextLabel> list(Scope scope, String text, int offset, int limit) {
        return table.list(scope, text, offset, limit);
    }

    /** One that somebody may see. */
    public Optional<ContextLabel> find(Scope scope, UUID id) {
        return table.find(scope, id);
    }

    /** What was done to one, the last first; at most 200 entries. */
    public List<ContextEvent> history(Scope scope, UUID id) {
        return history.of(scope, id, -1).reversed();
    }

    /** The labels of whatever some vendor alerts of an organization name, as they stand now. One statement, or none. */
    public Labels of(UUID organization, Collection<VendorAlert> alerts) {
        return of(Map.of(organization, alerts)).getOrDefault(organization, Labels.NONE);
    }

    /** The same of vendor alerts of several organizations; those of which nothing has a label are left out. */
    public Map<UUID, Labels> of(Map<UUID, ? extends Collection<VendorAlert>> alerts) {
        var names = new HashMap<UUID, List<Labels.Name>>();
        alerts.forEach((organization, its) -> names.put(
                organization,
                its.stream()
                        .flatMap(alert -> alert.evidence().stream())
                        .flatMap(evidence -> evidence.entities().stream())
                        .map(entity -> Labels.Name.of(entity.kind(), entity.name()))
                        .distinct()
                        .toList()));
        return table.labels(names, clock.instant());
    }

    /**
     * Adds a label.
     *
     * @param organization whose it is; may be empty where the scope is one organization
     * @throws InvalidFields when something is wrong with it
     */
    public ContextLabel add(Scope scope, Optional<UUID> organization, LabelDraft draft, Actor actor) {
        var now = now();
        var whose = Whom.of(scope, organization, organizations);
        var terms = LabelChecks.require(draft, Optional.empty(), now);
        var id = UUID.randomUUID();
        fence.run(() -> {
            table.lock(whose);
            requireFree(whose, id, terms);
            if (table.count(whose) >= MOST) {
                throw new InvalidFields(List.of(FieldProblem.error(
                        "title", "An organization has at most %d labels. Remove one first.".formatted(MOST))));
            }
            table.insert(id, whose, terms, actor, now);
            history.remember(
                    Subject.LABEL,
                    id,
                    whose,
                    new ContextEvent(now, Action.CREATED, actor, 0, changes(Optional.empty(), Optional.of(terms))));
        });
        return require(scope, id);
    }

    /**
     * Changes what a label says.
     *
     * @param revision of what they looked at
     * @throws InvalidFields when something is wrong with it
     * @throws NoSuchContext when there is none that they may change
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public ContextLabel change(Scope scope, UUID id, int revision, LabelDraft draft, Actor actor) {
        var now = now();
        fence.run(() -> {
            var before = own(scope, id, revision);
            var terms = LabelChecks.require(draft, before.terms().ends(), now);
            var changes = changes(Optional.of(before.terms()), Optional.of(terms));
            if (changes.isEmpty()) {
                return;
            }
            requireFree(before.organization().id(), id, terms);
            table.update(id, before.organization().id(), terms, actor, now);
            history.remember(
                    Subject.LABEL,
                    id,
                    before.organization().id(),
                    new ContextEvent(now, Action.UPDATED, actor, before.revision() + 1, changes));
        });
        return require(scope, id);
    }

    /**
     * Removes a label; its history stays.
     *
     * @param revision of what they looked at
     * @throws NoSuchContext when there is none that they may remove
     * @throws ContextChangedMeanwhile when it has changed since they looked
     */
    public void remove(Scope scope, UUID id, int revision, Actor actor) {
        var now = now();
        fence.run(() -> {
            var before = own(scope, id, revision);
            table.delete(id);
            history.remember(
                    Subject.LABEL,
                    id,
                    before.organization().id(),
                    new ContextEvent(
                            now,
                            Action.DELETED,
                            actor,
                            before.revision() + 1,
                            changes(Optional.of(before.terms()), Optional.empty())));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private ContextLabel require(Scope scope, UUID id) {
        return table.find(scope, id).orElseThrow(() -> new NoSuchContext(id));
    }

    /** One that is to be changed, and that nobody else changes until the end of the transaction. */
    private ContextLabel own(Scope scope, UUID id, int revision) {
        table.lock(require(scope, id).organization().id());
        var present = require(scope, id);
        if (present.revision() != revision) {
            throw new ContextChangedMeanwhile(history.of(scope, id, revision));
        }
        return present;
    }

    private void requireFree(UUID organization, UUID id, LabelTerms terms) {
        if (table.isTaken(organization, id, terms.key())) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "title", "The organization has a label “%s” already.".formatted(terms.title()))));
        }
    }

    private static List<Change> changes(Optional<LabelTerms> from, Optional<LabelTerms> to) {
        var changes = new ArrayList<Change>();
        Change.add(changes, "title", from.map(LabelTerms::title), to.map(LabelTerms::title));
        Change.add(changes, "reason", from.map(LabelTerms::reason), to.map(LabelTerms::reason));
        for (var kind : ValueKind.values()) {
            Change.add(
                    changes, kind.key(), from.map(terms -> joined(terms, kind)), to.map(terms -> joined(terms, kind)));
        }
        Change.add(
                changes,
                "ends_at",
                from.flatMap(LabelTerms::ends).map(Instant::toString),
                to.flatMap(LabelTerms::ends).map(Instant::toString));
        return changes;
    }

    private static String joined(LabelTerms terms, ValueKind kind) {
        return String.join(", ", terms.of(kind));
    }
}
