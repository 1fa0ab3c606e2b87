package dev.gatehouse.workbench.detections;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** The runbooks that are shipped and that rules refer to by the names of their files. */
final class Runbooks {

    private static final Set<String> PLACES = Set.of("accounts", "hosts", "addresses", "from", "to");

    private final Map<String, Runbook> byName;

    private Runbooks(Map<String, Runbook> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** All that are shipped. */
    static Runbooks shipped() {
        var byName = new HashMap<String, Runbook>();
        ShippedFiles.in("rules/runbooks/").forEach((name, yaml) -> {
            var problems = new YamlFields.Problems(name + ".yaml");
            var steps = new ArrayList<HuntingStep>();
            YamlFields.of(yaml, problems, "steps").ifPresent(fields -> fields.list("steps")
                    .forEach(node -> step(node, problems).ifPresent(steps::add)));
            if (!problems.isEmpty()) {
                throw new IllegalStateException("A runbook that is shipped is wrong: " + problems.found());
            }
            byName.put(name, new Runbook(steps));
        });
        return new Runbooks(byName);
    }

    Optional<Runbook> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<String> names() {
        return List.copyOf(new TreeSet<>(byName.keySet()));
    }

    /** One step; empty, and noted, when it is none. */
    static Optional<HuntingStep> step(Node node, YamlFields.Problems problems) {
        return YamlFields.of(node, problems, "id", "question", "query", "before", "after", "sentence")
                .flatMap(fields -> {
                    var id = fields.text("id", 60);
                    if (!id.isEmpty() && !RuleId.isValid(id)) {
                        fields.problem("id", "An id has small letters, digits and single hyphens.");
                    }
                    var query = fields.text("query", 10_000);
                    wrongPlace(query).ifPresent(wrong -> fields.problem("query", wrong));
                    var step = new HuntingStep(
                            id,
                            fields.text("question", 200),
                            query,
                            fields.duration("before", RuleReader.LONGEST_WINDOW),
                            fields.duration("after", RuleReader.LONGEST_WINDOW),
                            fields.optional("sentence").map(String::strip));
                    return query.isEmpty() || id.isEmpty() ? Optional.empty() : Optional.of(step);
                });
    }

    /**
     * What is wrong with the places of a query: one that there is no value for, or one inside a text, where a literal would
     * end the text instead of standing in it.
     */
    private static Optional<String> wrongPlace(String query) {
        var places = HuntingStep.PLACE.matcher(query);
        while (places.find()) {
            if (!PLACES.contains(places.group(1))) {
                return Optional.of("There is no value for %s; there are {accounts}, {hosts}, {addresses}, {from}, {to}."
                        .formatted(places.group()));
            }
            if (isInText(query, places.start())) {
                return Optional.of("%s stands inside a text or a comment; it brings its own quotation marks."
                        .formatted(places.group()));
            }
        }
        return Optional.empty();
    }

    private static boolean isInText(String query, int place) {
        var index = 0;
        while (index < place) {
            var letter = query.charAt(index);
            if (letter == '/' && query.startsWith("//", index)) {
                index = endOr(query.indexOf('\n', index), query);
            } else if (query.startsWith("```", index)) {
                index = endOr(query.indexOf("```", index + 3), query) + 3;
            } else if (letter == '"' || letter == '\'') {
                index = endOfText(query, index);
            } else {
                index++;
            }
        }
        return index > place;
    }

    private static int endOr(int found, String query) {
        return found < 0 ? query.length() : found;
    }

    /** Behind the closing quotation mark of a text that begins here. Behind {@code @} backslashes are themselves. */
    private static int endOfText(String query, int start) {
        var isVerbatim = start > 0 && query.charAt(start - 1) == '@';
        var quote = query.charAt(start);
        for (var index = start + 1; index < query.length(); index++) {
            var letter = query.charAt(index);
            if (letter == '\\' && !isVerbatim) {
                index++;
            } else if (letter == quote) {
                return index + 1;
            }
        }
        return query.length() + 1;
    }
}
