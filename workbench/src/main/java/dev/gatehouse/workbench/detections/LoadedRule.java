package dev.gatehouse.workbench.detections;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule that is understood, and whose it is.
 *
 * @param rule as it is written
 * @param source whose
 * @param organization the customer's, when it is one's own
 * @param origin where it comes from, e.g. {@code rules/logon-storm.yaml}; empty for those of the database
 * @param condition ready to be asked
 * @param mitigated ready to be asked
 */
record LoadedRule(
        Rule rule,
        RuleSource source,
        Optional<UUID> organization,
        String origin,
        Condition condition,
        Condition mitigated) {

    /** The order in which rules of one source are tried: the most specific first, and always the same. */
    static final Comparator<LoadedRule> FIRST_TRIED = Comparator.comparing(
                    (LoadedRule each) -> each.rule().isDefault())
            .thenComparing(Comparator.comparingInt(
                            (LoadedRule each) -> each.condition().specificity())
                    .reversed())
            .thenComparing(each -> each.rule().id().value());

    RuleId id() {
        return rule.id();
    }

    LoadedRule of(RuleSource whose, Optional<UUID> customer, String from) {
        return new LoadedRule(rule, whose, customer, from, condition, mitigated);
    }
}
