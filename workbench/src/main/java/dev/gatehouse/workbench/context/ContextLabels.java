package dev.gatehouse.workbench.context;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.context.ContextHistory.Subject;
import dev.gatehouse.workbench.people.HistoryEntry.Change;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The labels that organizations give to their accounts, hosts and addresses. One that has ended stays in the list and says
 * nothing about anything any more. What alerts have which labels is asked once for many of them, however many labels there are.
 */
@Component
public class ContextLabels extends Entries<ContextLabel, LabelTerms, LabelDraft> {

    /** An organization has at most so many. */
    static final int MOST = 500;

    private final LabelTable table;
    private final ObjectProvider<LabelTargets> targets;

    ContextLabels(
            LabelTable table,
            ContextHistory history,
            Organizations organizations,
            ObjectProvider<LabelTargets> targets,
            Fence fence,
            InstantSource clock) {
        super(Subject.LABEL, table, new Surroundings(history, organizations, fence, clock));
        this.table = table;
        this.targets = targets;
    }

    /** The labels of whatever some vendor alerts of an organization name, as they stand now. Two statements at most. */
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
        return table.labels(names, now());
    }

    /** What follows from the labels that vendor alerts of an organization have. One statement, and none where they have none. */
    public LabelActions actions(UUID organization, Labels found) {
        var keys = found.keys();
        return keys.isEmpty() ? LabelActions.NONE : table.actions(organization, keys);
    }

    @Override
    LabelTerms read(LabelDraft draft, UUID organization, Optional<LabelTerms> known, Instant now) {
        return LabelChecks.require(draft, known, now, named -> targets.stream()
                .flatMap(each -> each.find(organization, named).stream())
                .findFirst());
    }

    @Override
    void requireRoom(UUID organization, UUID id, LabelTerms terms, boolean isNew) {
        if (table.isTaken(organization, id, terms.key())) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "title", "The organization has a label “%s” already.".formatted(terms.title()))));
        }
        if (isNew && table.count(organization) >= MOST) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "title", "An organization has at most %d labels. Remove one first.".formatted(MOST))));
        }
    }

    @Override
    void compare(List<Change> changes, Optional<LabelTerms> from, Optional<LabelTerms> to) {
        Change.add(changes, "title", from.map(LabelTerms::title), to.map(LabelTerms::title));
        Change.add(changes, "reason", from.map(LabelTerms::reason), to.map(LabelTerms::reason));
        for (var kind : ValueKind.values()) {
            Change.add(
                    changes, kind.key(), from.map(terms -> joined(terms, kind)), to.map(terms -> joined(terms, kind)));
        }
        Change.add(changes, "actions", from.map(ContextLabels::actions), to.map(ContextLabels::actions));
    }

    private static String actions(LabelTerms terms) {
        return terms.actions().stream().map(LabelAction::sentence).collect(Collectors.joining(", "));
    }

    private static String joined(LabelTerms terms, ValueKind kind) {
        return String.join(", ", terms.of(kind));
    }
}
