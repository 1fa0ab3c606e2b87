package dev.gatehouse.workbench.detections;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules that come with the program: one for each detection that Microsoft documents, and the default. */
final class ShippedRules {

    static final String FOLDER = "rules/";

    private static final String ABOUT_ALL = "rule-set";

    private ShippedRules() {}

    /** Reads them. That they are right is what tests are for; one that is not ends the start. */
    static List<LoadedRule> read(RuleReader reader) {
        var rules = new ArrayList<LoadedRule>();
        var ids = new HashSet<RuleId>();
        ShippedFiles.in(FOLDER).forEach((name, yaml) -> {
            if (!name.equals(ABOUT_ALL)) {
                try {
                    var rule = reader.readShipped(name + ".yaml", yaml);
                    if (!rule.id().value().equals(name) || !ids.add(rule.id())) {
                        throw new IllegalStateException("%s.yaml has the id %s".formatted(name, rule.id()));
                    }
                    rules.add(rule);
                } catch (InvalidRule e) {
                    throw new IllegalStateException(
                            "A rule that comes with the program is wrong: " + e.getMessage(), e);
                }
            }
        });
        return rules;
    }

    /** The version of all of them together. */
    static int version() {
        var yaml = ShippedFiles.in(FOLDER).getOrDefault(ABOUT_ALL, "");
        Object version = new Yaml(new SafeConstructor(new LoaderOptions()))
                .<Map<String, Object>>load(yaml)
                .get("version");
        if (version instanceof Integer number) {
            return number;
        }
        throw new IllegalStateException("rule-set.yaml has no version");
    }
}
