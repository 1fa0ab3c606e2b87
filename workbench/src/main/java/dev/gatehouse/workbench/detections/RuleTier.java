package dev.gatehouse.workbench.detections;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that are tried one after the other. Those whose condition is false unless a field has one of a few values are found
 * by these values, so that a vendor alert asks few conditions, however many rules there are.
 */
final class RuleTier {

    static final RuleTier EMPTY = new RuleTier(List.of());

    private final List<LoadedRule> rules;
    private final Map<String, Map<String, List<Integer>>> placesByValue = new HashMap<>();
    private final List<Integer> always = new ArrayList<>();

    RuleTier(Collection<LoadedRule> rules) {
        this.rules = rules.stream().sorted(LoadedRule.FIRST_TRIED).toList();
        for (var place = 0; place < this.rules.size(); place++) {
            var at = place;
            this.rules
                    .get(place)
                    .condition()
                    .keys()
                    .ifPresentOrElse(
                            keys -> keys.forEach(key -> placesByValue
                                    .computeIfAbsent(key.field(), _ -> new HashMap<>())
                                    .computeIfAbsent(key.value(), _ -> new ArrayList<>())
                                    .add(at)),
                            () -> always.add(at));
        }
    }

    /** All of them, the first to be tried first. */
    List<LoadedRule> rules() {
        return rules;
    }

    /** Those that may take a vendor alert, the first to be tried first. All others do not. */
    List<LoadedRule> candidates(Facts facts) {
        if (rules.isEmpty()) {
            return List.of();
        }
        Set<Integer> places = new HashSet<>(always);
        placesByValue.forEach((field, byValue) -> places.addAll(byValue.getOrDefault(facts.text(field), List.of())));
        return places.stream().sorted().map(rules::get).toList();
    }
}
