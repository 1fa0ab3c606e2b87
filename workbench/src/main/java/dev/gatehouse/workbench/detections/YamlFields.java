package dev.gatehouse.workbench.detections;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The fields of one mapping of a YAML document, asked for by name. What is wrong is noted with its line and column, and an
 * empty value is handed out, so that a reader is told of everything at once.
 */
public final class YamlFields {

    private static final int LONGEST_DOCUMENT = 64 * 1024;
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,3})([mhd])");

    /** What is noted while a document is read. */
    public static final class Problems {

        private final String file;
        private final List<RuleProblem> found = new ArrayList<>();

        public Problems(String file) {
            this.file = file;
        }

        public void at(Node node, String message) {
            var mark = node.getStartMark();
            at(mark.getLine() + 1, mark.getColumn() + 1, message);
        }

        public void at(int line, int column, String message) {
            found.add(new RuleProblem(file, line, column, message));
        }

        public List<RuleProblem> found() {
            return List.copyOf(found);
        }

        public boolean isEmpty() {
            return found.isEmpty();
        }
    }

    private final Node place;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Problems problems;

    private YamlFields(Node place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /** The mapping that a document is; empty, and noted, when it is none. */
    public static Optional<YamlFields> of(String yaml, Problems problems, String... allowed) {
        if (yaml.length() > LONGEST_DOCUMENT) {
            problems.at(0, 0, "It is longer than %,d characters.".formatted(LONGEST_DOCUMENT));
            return Optional.empty();
        }
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(30);
        options.setCodePointLimit(LONGEST_DOCUMENT);
        try {
            var dumper = new DumperOptions();
            var root = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options)
                    .compose(new StringReader(yaml));
            if (root == null) {
                problems.at(1, 1, "It is empty.");
                return Optional.empty();
            }
            return of(root, problems, allowed);
        } catch (MarkedYAMLException e) {
            var mark = Optional.<Mark>ofNullable(e.getProblemMark());
            problems.at(
                    mark.map(place -> place.getLine() + 1).orElse(0),
                    mark.map(place -> place.getColumn() + 1).orElse(0),
                    "It is no YAML: %s.".formatted(e.getProblem()));
        } catch (YAMLException | StackOverflowError e) {
            problems.at(0, 0, "It is no YAML: %s.".formatted(e.getMessage()));
        }
        return Optional.empty();
    }

    /** A mapping; empty, and noted, when a node is none. */
    static Optional<YamlFields> of(Node node, Problems problems, String... allowed) {
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node, "Here has to be a mapping with %s.".formatted(String.join(", ", allowed)));
            return Optional.empty();
        }
        var fields = new YamlFields(mapping, problems);
        var names = Set.of(allowed);
        for (NodeTuple tuple : mapping.getValue()) {
            var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (!names.contains(name)) {
                problems.at(
                        tuple.getKeyNode(),
                        "There is no field \"%s\" here; there are %s.".formatted(name, String.join(", ", allowed)));
            } else if (fields.values.putIfAbsent(name, tuple.getValueNode()) != null) {
                problems.at(tuple.getKeyNode(), "The field \"%s\" is there twice.".formatted(name));
            }
        }
        return Optional.of(fields);
    }

    Problems problems() {
        return problems;
    }

    /** The node of a field. */
    public Optional<Node> node(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Where a field is, or the mapping that it is missing in. */
    Node placeOf(String name) {
        return node(name).orElse(place);
    }

    public void problem(String name, String message) {
        problems.at(placeOf(name), message);
    }

    /** A text that has to be there; empty, and noted, when it is not. */
    public String text(String name, int longest) {
        var text = optional(name);
        if (text.isEmpty() || text.get().isBlank()) {
            problem(name, "The field \"%s\" is missing or empty.".formatted(name));
            return "";
        }
        if (text.get().length() > longest) {
            problem(name, "The field \"%s\" has at most %,d characters.".formatted(name, longest));
            return "";
        }
        return text.get().strip();
    }

    /** A text that may be missing. */
    public Optional<String> optional(String name) {
        return node(name).flatMap(node -> {
            if (node instanceof ScalarNode scalar) {
                return Optional.of(scalar.getValue());
            }
            problems.at(node, "The field \"%s\" has to be a text.".formatted(name));
            return Optional.empty();
        });
    }

    /** A whole number from 1; 1, and noted, when it is none. */
    int number(String name) {
        var text = text(name, 9);
        if (text.isEmpty()) {
            return 1;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            problem(name, "The field \"%s\" has to be a whole number from 1.".formatted(name));
            return 1;
        }
        return Integer.parseInt(text);
    }

    /** One of a closed set of words; the last one, and noted, when it is none. */
    <E extends Enum<E>> E word(String name, Class<E> type) {
        var all = type.getEnumConstants();
        var text = text(name, 40);
        for (var each : all) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        if (!text.isEmpty()) {
            problem(
                    name,
                    "The field \"%s\" has to be one of %s."
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            Arrays.stream(all)
                                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                                    .toList())));
        }
        return all[all.length - 1];
    }

    /** A length of time, e.g. {@code 30m}, {@code 24h}, {@code 7d}; zero when it is missing. */
    Duration duration(String name, Duration longest) {
        var text = optional(name).map(String::strip).orElse("");
        if (text.isEmpty() || text.equals("0")) {
            return Duration.ZERO;
        }
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            problem(
                    name,
                    "The field \"%s\" has to be a number of minutes, hours or days, e.g. 30m, 24h, 7d."
                            .formatted(name));
            return Duration.ZERO;
        }
        var count = Long.parseLong(parts.group(1));
        var length =
                switch (parts.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        if (length.compareTo(longest) > 0) {
            problem(name, "The field \"%s\" is at most %d days.".formatted(name, longest.toDays()));
            return longest;
        }
        return length;
    }

    /** The elements of a list; empty when it is missing. */
    List<Node> list(String name) {
        var node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(name, "The field \"%s\" has to be a list.".formatted(name));
        return List.of();
    }

    /** A list of texts of one shape. */
    List<String> texts(String name, Pattern shape) {
        var texts = new LinkedHashSet<String>();
        for (var node : list(name)) {
            if (node instanceof ScalarNode scalar
                    && shape.matcher(scalar.getValue()).matches()) {
                texts.add(scalar.getValue());
            } else {
                problems.at(node, "Here has to be a text like %s.".formatted(shape.pattern()));
            }
        }
        return List.copyOf(texts);
    }

    /** A mapping in this one; empty, and noted, when it is missing or none. */
    Optional<YamlFields> inside(String name, String... allowed) {
        var node = node(name);
        if (node.isEmpty()) {
            problem(name, "The field \"%s\" is missing.".formatted(name));
            return Optional.empty();
        }
        return of(node.get(), problems, allowed);
    }

    /**
     * Notes what is wrong at a place inside a field's text.
     *
     * @param line of the text, from 1
     * @param column of the text, from 1
     */
    public void problemInside(String name, String yaml, int line, int column, String message) {
        var node = placeOf(name);
        var mark = node.getStartMark();
        if (!(node instanceof ScalarNode scalar)) {
            problems.at(node, message);
        } else if (scalar.getScalarStyle() == ScalarStyle.LITERAL) {
            // Its first line is the next one that is not blank, and all have the indentation of that one.
            var lines = yaml.split("\\R", -1);
            var first = mark.getLine() + 1;
            while (first < lines.length - 1 && lines[first].isBlank()) {
                first++;
            }
            var indentation =
                    lines[first].length() - lines[first].stripLeading().length();
            problems.at(mark.getLine() + 1 + line, indentation + column, message);
        } else if (scalar.getScalarStyle() == ScalarStyle.FOLDED || line > 1) {
            problems.at(node, message + " (Line %d, column %d of the text.)".formatted(line, column));
        } else {
            var quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
            problems.at(mark.getLine() + 1, mark.getColumn() + quote + column, message);
        }
    }
}
