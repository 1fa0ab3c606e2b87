package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that are in force at one moment. It never changes, so that a decision is made by one set. */
final class RuleSet {

    /** More of a value says no more to whoever reads why. */
    private static final int LONGEST_VALUE = 200;

    private final Map<RuleId, LoadedRule> byId = new HashMap<>();
    private final Map<UUID, RuleTier> customers = new HashMap<>();
    private final RuleTier provider;
    private final RuleTier shipped;
    private final LoadedRule fallback;
    private final Map<RuleId, List<RuleSwitch>> switches;

    /**
     * @param rules with the default among them
     * @param switches which of them are off
     */
    RuleSet(Collection<LoadedRule> rules, Collection<RuleSwitch> switches) {
        rules.forEach(rule -> byId.putIfAbsent(rule.id(), rule));
        rules.stream()
                .filter(rule -> rule.source() == RuleSource.CUSTOMER)
                .collect(Collectors.groupingBy(rule -> rule.organization().orElseThrow()))
                .forEach((organization, own) -> customers.put(organization, new RuleTier(own)));
        this.provider = tier(rules, RuleSource.PROVIDER);
        this.shipped = tier(rules, RuleSource.SHIPPED);
        this.fallback = Optional.ofNullable(byId.get(RuleId.DEFAULT))
                .orElseThrow(() -> new IllegalStateException("There is no default rule"));
        this.switches = switches.stream().collect(Collectors.groupingBy(RuleSwitch::rule));
    }

    private static RuleTier tier(Collection<LoadedRule> rules, RuleSource source) {
        return new RuleTier(rules.stream()
                .filter(rule -> rule.source() == source && !rule.rule().isDefault())
                .toList());
    }

    Optional<LoadedRule> rule(RuleId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Decision decide(Subject subject) {
        var facts = new Facts(subject);
        var passedOver = new ArrayList<String>();
        var tiers = List.of(customers.getOrDefault(subject.organizationId(), RuleTier.EMPTY), provider, shipped);
        for (var tier : tiers) {
            for (var candidate : tier.candidates(facts)) {
                if (!isOff(candidate.id(), subject.organizationId()) && takes(candidate, facts, passedOver)) {
                    return decision(candidate, subject, facts, passedOver);
                }
            }
        }
        return decision(fallback, subject, facts, passedOver);
    }

    private boolean isOff(RuleId rule, UUID organization) {
        var off = switches.get(rule);
        return off != null
                && off.stream()
                        .anyMatch(each -> each.organization().isEmpty()
                                || each.organization().get().equals(organization));
    }

    private static boolean takes(LoadedRule rule, Facts facts, List<String> passedOver) {
        try {
            return rule.condition().holds(facts);
        } catch (ConditionFailed e) {
            passedOver.add("%s: %s".formatted(rule.id(), e.reason()));
            return false;
        }
    }

    private static Decision decision(LoadedRule taker, Subject subject, Facts facts, List<String> passedOver) {
        var rule = taker.rule();
        var alert = subject.alert();
        var isMitigated = false;
        try {
            isMitigated = taker.mitigated().holds(facts);
        } catch (ConditionFailed e) {
            passedOver.add("%s, whether it was stopped: %s".formatted(rule.id(), e.reason()));
        }
        var weighed = rule.severity().of(alert.severity(), isMitigated);
        var join = JoinKey.of(rule.id(), rule.join().by(), alert);
        return new Decision(
                rule.id(),
                rule.version(),
                rule.name(),
                weighed.severity(),
                weighed.reason() + ".",
                reason(taker, facts),
                join,
                rule.join().by() == JoinBy.NONE ? Duration.ZERO : rule.join().within(),
                rule.attack().tactics(),
                techniques(rule, alert.techniques()),
                passedOver);
    }

    /** Those of the rule, then those that Microsoft adds. */
    private static List<String> techniques(Rule rule, List<String> vendor) {
        var techniques = new LinkedHashSet<>(rule.attack().techniques());
        techniques.addAll(vendor);
        return List.copyOf(techniques);
    }

    private static String reason(LoadedRule taker, Facts facts) {
        if (taker.rule().isDefault()) {
            return "No other rule takes it.";
        }
        var values = taker.condition().references().stream()
                .map(reference -> "%s is %s".formatted(reference, shortened(facts.shown(reference))))
                .collect(Collectors.joining(", "));
        var condition = taker.rule().condition().replaceAll("\\s+", " ");
        return values.isEmpty() ? condition : "%s; here %s".formatted(condition, values);
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }

    /** What somebody may see, in the order in which rules are tried. */
    List<ListedRule> list(Scope scope) {
        var seen = Stream.concat(
                        Stream.concat(
                                customers.values().stream()
                                        .flatMap(tier -> tier.rules().stream())
                                        .filter(rule -> scope.includes(
                                                rule.organization().orElseThrow()))
                                        .sorted(LoadedRule.FIRST_TRIED),
                                provider.rules().stream()),
                        Stream.concat(shipped.rules().stream(), Stream.of(fallback)))
                .filter(_ -> !(scope instanceof Scope.Nothing))
                .toList();
        var listed = new ArrayList<ListedRule>(seen.size());
        for (var rule : seen) {
            listed.add(new ListedRule(
                    rule.rule(),
                    rule.source(),
                    rule.organization(),
                    rule.origin(),
                    listed.size(),
                    switches(rule.id(), scope)));
        }
        return listed;
    }

    private List<RuleSwitch> switches(RuleId rule, Scope scope) {
        return switches.getOrDefault(rule, List.of()).stream()
                .filter(off -> off.organization().map(scope::includes).orElse(true))
                .toList();
    }

    /** The ids of all rules that come with the program. */
    Set<RuleId> shippedIds() {
        return Stream.concat(shipped.rules().stream(), Stream.of(fallback))
                .map(LoadedRule::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
