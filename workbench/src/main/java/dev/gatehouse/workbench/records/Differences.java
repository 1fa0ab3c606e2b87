package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Original;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares two versions of a record as an analyst would: a piece of evidence that is still there is the same piece, even
 * when Microsoft lists it in another place, so what is told is that its verdict changed, not that two pieces moved.
 */
public final class Differences {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The members that name a thing, the best first. Microsoft gives evidence no id, so the first one that is present
     * serves as one.
     */
    private static final List<String> NAMING = List.of(
            "id",
            "userAccount.userSid",
            "userAccount.azureAdUserId",
            "userAccount.userPrincipalName",
            "userAccount.accountName",
            "mdeDeviceId",
            "deviceDnsName",
            "hostName",
            "ipAddress",
            "sid",
            "securityGroupId",
            "distinguishedName",
            "activeDirectoryDomainName",
            "sessionId",
            "fileDetails.sha256",
            "fileDetails.fileName",
            "processId",
            "url",
            "appId",
            "domainName",
            "name");

    /** The members that a person would call a thing by, the best first. */
    private static final List<String> CALLING = List.of(
            "userAccount.userPrincipalName",
            "userAccount.accountName",
            "deviceDnsName",
            "hostName",
            "ipAddress",
            "displayName",
            "activeDirectoryDomainName",
            "fileDetails.fileName",
            "domainName",
            "url",
            "name",
            "comment",
            "id");

    /** Longer texts are told by their beginning; the whole one is in the original beside it. */
    private static final int LONGEST_TEXT = 300;

    private Differences() {}

    /** Everything that differs, in the order of the later version, removed things last. */
    public static List<Difference> between(Original before, Original after) {
        var found = new ArrayList<Difference>();
        compareObjects("", read(before), read(after), found);
        return List.copyOf(found);
    }

    private static JsonNode read(Original original) {
        try {
            var node = JSON.readTree(original.bytes());
            return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        } catch (JacksonException _) {
            // Only understood records have versions; should one ever not be readable again, it differs in everything.
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> found) {
        if (before.equals(after) || (isAbsent(before) && isAbsent(after))) {
            return;
        }
        if (isAbsent(before)) {
            found.add(Difference.added(path, text(after)));
        } else if (isAbsent(after)) {
            found.add(Difference.removed(path, text(before)));
        } else if (before.isObject() && after.isObject()) {
            compareObjects(path, before, after, found);
        } else if (before.isArray() && after.isArray()) {
            compareArrays(path, before, after, found);
        } else {
            found.add(Difference.changed(path, text(before), text(after)));
        }
    }

    private static void compareObjects(String path, JsonNode before, JsonNode after, List<Difference> found) {
        var names = new LinkedHashSet<>(after.propertyNames());
        names.addAll(before.propertyNames());
        for (var name : names) {
            compare(
                    path.isEmpty() ? shortened(name) : path + " › " + shortened(name),
                    before.path(name),
                    after.path(name),
                    found);
        }
    }

    private static void compareArrays(String path, JsonNode before, JsonNode after, List<Difference> found) {
        var gone = new Unmatched(before);
        for (var element : gone.without(after)) {
            var label = path + " › " + shortened(call(element));
            gone.takeNamedLike(element)
                    .ifPresentOrElse(
                            earlier -> compareObjects(label, earlier, element, found),
                            () -> found.add(
                                    Difference.added(path, element.isObject() ? call(element) : text(element))));
        }
        for (var element : gone.rest()) {
            found.add(Difference.removed(path, element.isObject() ? call(element) : text(element)));
        }
    }

    /** The elements of the earlier list that nothing in the later one was found to be. Lists may be long. */
    private static final class Unmatched {

        private final Map<JsonNode, Integer> counts = new LinkedHashMap<>();
        private final Map<String, Deque<JsonNode>> byName = new HashMap<>();

        Unmatched(JsonNode earlier) {
            elements(earlier).forEach(element -> counts.merge(element, 1, Integer::sum));
        }

        /** Takes out what is in the later list, too; gives what only that one has. */
        List<JsonNode> without(JsonNode later) {
            var come =
                    elements(later).stream().filter(element -> !take(element)).toList();
            rest().stream().filter(JsonNode::isObject).forEach(element -> byName.computeIfAbsent(
                            name(element), name -> new ArrayDeque<>())
                    .add(element));
            return come;
        }

        private boolean take(JsonNode element) {
            var isThere = counts.containsKey(element);
            counts.computeIfPresent(element, (same, count) -> count == 1 ? null : count - 1);
            return isThere;
        }

        /** Takes out the same thing in its earlier state. */
        Optional<JsonNode> takeNamedLike(JsonNode element) {
            var name = element.isObject() ? name(element) : "";
            var candidates = name.isEmpty() ? null : byName.get(name);
            var found = Optional.ofNullable(candidates == null ? null : candidates.poll());
            found.ifPresent(this::take);
            return found;
        }

        List<JsonNode> rest() {
            var rest = new ArrayList<JsonNode>();
            counts.forEach((element, count) -> rest.addAll(Collections.nCopies(count, element)));
            return rest;
        }
    }

    private static String name(JsonNode element) {
        return firstOf(NAMING, element)
                .map(value -> element.path("@odata.type").asString("") + " " + value)
                .findFirst()
                .orElse("");
    }

    private static String call(JsonNode element) {
        var type = element.path("@odata.type").asString("");
        var called = firstOf(CALLING, element).findFirst().orElse("");
        return (type.substring(type.lastIndexOf('.') + 1) + " " + called).strip();
    }

    private static Stream<String> firstOf(List<String> members, JsonNode element) {
        return members.stream().map(member -> at(element, member).asString("")).filter(value -> !value.isBlank());
    }

    private static JsonNode at(JsonNode element, String dotted) {
        var node = element;
        for (var step : dotted.split("\\.", -1)) {
            node = node.path(step);
        }
        return node;
    }

    private static List<JsonNode> elements(JsonNode array) {
        var all = new ArrayList<JsonNode>();
        array.forEach(all::add);
        return all;
    }

    /** Microsoft writes an absent value as null, as an empty list, or not at all. */
    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.isArray() && node.isEmpty());
    }

    private static String text(JsonNode node) {
        var text = node.isString() ? node.stringValue() : node.toString();
        return shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
