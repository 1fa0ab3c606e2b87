package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The rules that are in force, and what they decide. A customer's own are tried first, then the provider's, then those that
 * come with the program; what none of them takes, the default takes, so that no vendor alert is without a decision.
 */
@Component
public class Rules {

    private static final Logger log = LoggerFactory.getLogger(Rules.class);

    private final RuleReader reader;
    private final RuleTable table;
    private final RuleFolder folder;

    /** Those that come with the program; empty until the first time. */
    private List<LoadedRule> shipped = List.of();

    /** What is in force; null until the database was asked for the first time. */
    private volatile @Nullable InForce inForce;

    private Map<StoredRule, LoadedRule> readBefore = Map.of();

    /**
     * @param set that decides
     * @param refused what is not in force, and why
     * @param revision of the database that it was made of
     */
    private record InForce(RuleSet set, List<RuleProblem> refused, long revision) {}

    Rules(RuleReader reader, RuleTable table, RuleFolder folder) {
        this.reader = reader;
        this.table = table;
        this.folder = folder;
    }

    /** What becomes of a vendor alert. */
    public Decision decide(Subject subject) {
        return set().decide(subject);
    }

    /** A rule, whoever it belongs to; empty when there is none, or none any more. */
    public Optional<Rule> rule(RuleId id) {
        return set().rule(id).map(LoadedRule::rule);
    }

    /** What to look up for alerts of a rule; empty when there is no such rule, or none any more. */
    public Runbook runbook(RuleId id) {
        return rule(id).map(Rule::runbook).orElse(Runbook.EMPTY);
    }

    /** All that somebody may see, the first to be tried first. */
    public List<ListedRule> list(Scope scope) {
        return set().list(scope);
    }

    /** A rule that somebody may see. */
    public Optional<ListedRule> find(Scope scope, RuleId id) {
        return list(scope).stream()
                .filter(listed -> listed.rule().id().equals(id))
                .findFirst();
    }

    /** What was done to a rule, the last first; at most 100 entries. */
    public List<RuleHistoryEntry> history(Scope scope, RuleId id) {
        return table.history(scope, id);
    }

    /** Why files of the data directory, or rules of the database, are not in force. Only for the provider's people. */
    public List<RuleProblem> refused() {
        set();
        var present = inForce;
        return present == null ? List.of() : present.refused();
    }

    /** The version of the rules that come with the program, all together. */
    public int shippedVersion() {
        return ShippedRules.version();
    }

    /** What comes of each of a rule's examples: empty when it is as it should be. */
    public Map<Example, Optional<String>> results(RuleId id) {
        return set().rule(id).map(RuleReader::results).orElseGet(Map::of);
    }

    /** The ids that nobody else may use. */
    Set<RuleId> shippedIds() {
        return set().shippedIds();
    }

    private RuleSet set() {
        var present = inForce;
        if (present == null) {
            refresh();
            present = inForce;
        }
        if (present == null) {
            throw new IllegalStateException("No rules are in force");
        }
        return present.set();
    }

    /** Takes over what has changed in the database and in the data directory; looks only whether anything has, if not. */
    synchronized void refresh() {
        // Everybody's rules, whoever's request it is that finds them changed.
        Scoped.within(Scope.everything(), () -> {
            var hasChanged = folder.look();
            var revision = table.revision();
            var present = inForce;
            if (present == null || hasChanged || present.revision() != revision) {
                inForce = load(revision);
            }
            return true;
        });
    }

    private InForce load(long revision) {
        var refused = new ArrayList<RuleProblem>();
        var rules = new LinkedHashMap<RuleId, LoadedRule>();
        if (shipped.isEmpty()) {
            shipped = ShippedRules.read(reader);
        }
        shipped.forEach(rule -> rules.put(rule.id(), rule));
        var read = new HashMap<StoredRule, LoadedRule>();
        for (var stored : table.rules()) {
            read(stored)
                    .ifPresentOrElse(
                            rule -> {
                                read.put(stored, rule);
                                rules.putIfAbsent(rule.id(), rule);
                            },
                            () -> refused.add(
                                    new RuleProblem(
                                            stored.id().value(),
                                            0,
                                            0,
                                            "This rule was taken by an earlier version and is not understood any more. Open and correct it.")));
        }
        readBefore = Map.copyOf(read);
        folder.rules(new HashSet<>(rules.keySet()), refused).forEach(rule -> rules.put(rule.id(), rule));
        return new InForce(new RuleSet(rules.values(), table.switches()), List.copyOf(refused), revision);
    }

    private Optional<LoadedRule> read(StoredRule stored) {
        var before = Optional.ofNullable(readBefore.get(stored));
        if (before.isPresent()) {
            return before;
        }
        try {
            var source = stored.organization().isPresent() ? RuleSource.CUSTOMER : RuleSource.PROVIDER;
            return Optional.of(reader.read(stored.id().value(), stored.yaml()).of(source, stored.organization(), ""));
        } catch (InvalidRule e) {
            log.warn(
                    "The detection rule {} is not understood any more: {}",
                    stored.id(),
                    e.problems().getFirst());
            return Optional.empty();
        }
    }
}
