package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code microsoft.graph.security.alertEvidence} and whatever is derived from it, now or later. */
final class EvidenceParser {

    private static final String UNTYPED = "alertEvidence";

    /** Members that {@link Evidence} has a place of its own for. */
    private static final Set<String> NAMED_ELSEWHERE =
            Set.of("@odata.type", "at_sign_odata_type", "roles", "verdict", "remediationStatus");

    /** Paths repeat what leads to them, so that a strange record could grow without end by being flattened. */
    private static final int LONGEST_PATH = 1_000;

    /** The type is the name of a member in our API, and readers of JSON limit those. */
    private static final int LONGEST_TYPE = 200;

    private static final int MOST_DETAILS = 1_000;

    private EvidenceParser() {}

    static List<Evidence> parseAll(List<JsonNode> elements) {
        var evidence = new ArrayList<Evidence>();
        for (var element : elements) {
            if (!element.isNull()) {
                evidence.add(parse(element));
            }
        }
        return evidence;
    }

    private static Evidence parse(JsonNode element) {
        return Members.of(element)
                .map(EvidenceParser::parse)
                .orElseGet(
                        () -> new Evidence(UNTYPED, List.of(), "", "", List.of(), Map.of("value", Texts.of(element))));
    }

    private static Evidence parse(Members evidence) {
        var type = typeOf(evidence);
        var details = new LinkedHashMap<String, String>();
        for (var member : evidence.object().properties()) {
            if (!NAMED_ELSEWHERE.contains(member.getKey())) {
                flatten(Texts.storable(member.getKey()), member.getValue(), details);
            }
        }
        return new Evidence(
                type,
                evidence.texts("roles"),
                evidence.text("verdict"),
                evidence.text("remediationStatus"),
                Entities.in(type, evidence),
                details);
    }

    static boolean isNamedElsewhere(String member) {
        return NAMED_ELSEWHERE.contains(member);
    }

    /** The type's last word: {@code #microsoft.graph.security.userEvidence} is {@code userEvidence}. */
    static String typeOf(Members evidence) {
        // Some exports cannot have @ in a name and write at_sign_ instead.
        var full = evidence.text("@odata.type", "at_sign_odata_type");
        var type = full.substring(full.lastIndexOf('.') + 1).replace("#", "");
        return type.isBlank() ? UNTYPED : Texts.beginning(type, LONGEST_TYPE);
    }

    private static void flatten(String path, JsonNode value, Map<String, String> into) {
        if (into.size() >= MOST_DETAILS) {
            into.put("…", "more than %,d properties; the original has all".formatted(MOST_DETAILS));
        } else if (path.length() > LONGEST_PATH) {
            into.put(Texts.beginning(path, LONGEST_PATH) + "…", "the original has it");
        } else if (value.isObject()) {
            for (var member : value.properties()) {
                flatten(path + "." + Texts.storable(member.getKey()), member.getValue(), into);
            }
        } else if (value.isArray() && hasContainers(value)) {
            for (var index = 0; index < value.size(); index++) {
                flatten("%s[%d]".formatted(path, index), value.get(index), into);
            }
        } else {
            var text = Texts.of(value);
            if (!text.isEmpty()) {
                into.put(path, text);
            }
        }
    }

    private static boolean hasContainers(JsonNode array) {
        for (var element : array) {
            if (element.isContainer()) {
                return true;
            }
        }
        return false;
    }
}
