package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.detections.Example;
import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.RuleSource;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What Microsoft detects, as the rules that come with the program know it: each rule's first example that it has to take is one
 * kind of vendor alert.
 *
 * @param all the frequent ones first
 */
record Catalogue(List<Kind> all) {

    Catalogue {
        all = List.copyOf(all);
    }

    /**
     * A kind of vendor alert.
     *
     * @param title what Microsoft calls it
     * @param detector Microsoft's id of what finds it
     * @param severity in Microsoft's word
     * @param description why it matters
     * @param techniques MITRE ATT&amp;CK ids
     */
    record Kind(String title, String detector, String severity, String description, List<String> techniques) {

        private static Kind of(ListedRule listed, VendorAlert example) {
            var rule = listed.rule();
            return new Kind(
                    example.title().isBlank() ? rule.name() : example.title(),
                    example.detectorId(),
                    example.severity().written(),
                    rule.description().strip(),
                    List.copyOf(rule.attack().techniques()));
        }
    }

    static Catalogue of(Rules rules, Dice dice) {
        var kinds = new ArrayList<>(rules.list(Scope.everything()).stream()
                .filter(listed -> listed.source() == RuleSource.SHIPPED)
                .filter(listed -> !listed.rule().isDefault())
                .sorted(Comparator.comparing(listed -> listed.rule().id().value()))
                .flatMap(listed -> listed.rule().examples().stream()
                        .filter(Example::isMatch)
                        .limit(1)
                        .map(example -> Kind.of(listed, example.alert())))
                .toList());
        for (var at = kinds.size() - 1; at > 0; at--) {
            var other = dice.below(at + 1);
            var kind = kinds.get(at);
            kinds.set(at, kinds.get(other));
            kinds.set(other, kind);
        }
        // What is severe is rare.
        kinds.sort(Comparator.comparing(
                kind -> kind.severity().equals("high") && kind.detector().hashCode() % 4 != 0));
        return new Catalogue(kinds);
    }
}
