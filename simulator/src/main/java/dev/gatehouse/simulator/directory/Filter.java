package dev.gatehouse.simulator.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The part of {@code $filter} that the directory takes: equalities with texts, joined by {@code and}. */
record Filter(List<Equality> equalities) {

    private static final Pattern EQUALITY = Pattern.compile("\\s*(\\w+)\\s+eq\\s+'((?:[^']|'')*)'\\s*(and\\b|$)");

    record Equality(String field, String value) {}

    static Filter parse(String text) {
        var equalities = new ArrayList<Equality>();
        var matcher = EQUALITY.matcher(text);
        var end = 0;
        while (matcher.lookingAt()) {
            equalities.add(new Equality(matcher.group(1), matcher.group(2).replace("''", "'")));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (equalities.isEmpty() || end < text.length()) {
            throw DirectoryError.bad("Invalid filter clause: %s".formatted(text));
        }
        return new Filter(equalities);
    }

    /** Entra compares these texts without regard to case. */
    boolean takes(JsonNode object) {
        return equalities.stream()
                .allMatch(equality -> object.path(equality.field()).asString("").equalsIgnoreCase(equality.value()));
    }
}
