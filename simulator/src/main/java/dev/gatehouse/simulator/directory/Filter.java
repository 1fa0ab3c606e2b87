package dev.gatehouse.simulator.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The part of {@code $filter} that the directory takes: {@code mail eq 'x'}, {@code otherMails/any(o:o eq 'x')} and
 * {@code startswith(displayName,'x')}, joined by {@code and} or by {@code or}.
 *
 * @param conditions what is asked for
 * @param isAny whether one of them is enough
 */
record Filter(List<Condition> conditions, boolean isAny) {

    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final Pattern EQUALS = Pattern.compile("(\\w+)\\s+eq\\s+" + TEXT);
    private static final Pattern ANY =
            Pattern.compile("(\\w+)/any\\(\\s*(?<name>\\w+)\\s*:\\s*\\k<name>\\s+eq\\s+" + TEXT + "\\)");
    private static final Pattern BEGINS = Pattern.compile("startswith\\((\\w+)\\s*,\\s*" + TEXT + "\\)");
    private static final Pattern JOINT = Pattern.compile("\\s*(and|or)\\s+");

    /** Entra compares these texts without regard to case. */
    sealed interface Condition {

        boolean takes(JsonNode object);

        record Equality(String field, String value) implements Condition {
            @Override
            public boolean takes(JsonNode object) {
                return object.path(field).asString("").equalsIgnoreCase(value);
            }
        }

        record Holding(String field, String value) implements Condition {
            @Override
            public boolean takes(JsonNode object) {
                return object.path(field).valueStream().anyMatch(one -> one.asString("")
                        .equalsIgnoreCase(value));
            }
        }

        record Beginning(String field, String value) implements Condition {
            @Override
            public boolean takes(JsonNode object) {
                return lower(object.path(field).asString("")).startsWith(lower(value));
            }

            private static String lower(String text) {
                return text.toLowerCase(Locale.ROOT);
            }
        }
    }

    static Filter parse(String text) {
        var conditions = new ArrayList<Condition>();
        var joints = new ArrayList<String>();
        var rest = text.strip();
        while (true) {
            var end = condition(rest, conditions);
            rest = rest.substring(end);
            var joint = JOINT.matcher(rest);
            if (end == 0 || (!rest.isEmpty() && !joint.lookingAt())) {
                throw DirectoryError.bad("Invalid filter clause: %s".formatted(text));
            }
            if (rest.isEmpty()) {
                break;
            }
            joints.add(joint.group(1));
            rest = rest.substring(joint.end());
        }
        if (joints.stream().distinct().count() > 1) {
            throw DirectoryError.bad("Invalid filter clause: %s".formatted(text));
        }
        return new Filter(conditions, joints.contains("or"));
    }

    /** Reads one condition. Returns where it ends; 0 when there is none. */
    private static int condition(String text, List<Condition> conditions) {
        var equals = EQUALS.matcher(text);
        if (equals.lookingAt()) {
            conditions.add(new Condition.Equality(equals.group(1), value(equals, 2)));
            return equals.end();
        }
        var any = ANY.matcher(text);
        if (any.lookingAt()) {
            conditions.add(new Condition.Holding(any.group(1), value(any, 3)));
            return any.end();
        }
        var begins = BEGINS.matcher(text);
        if (begins.lookingAt()) {
            conditions.add(new Condition.Beginning(begins.group(1), value(begins, 2)));
            return begins.end();
        }
        return 0;
    }

    private static String value(MatchResult match, int group) {
        return match.group(group).replace("''", "'");
    }

    boolean takes(JsonNode object) {
        return isAny
                ? conditions.stream().anyMatch(condition -> condition.takes(object))
                : conditions.stream().allMatch(condition -> condition.takes(object));
    }
}
