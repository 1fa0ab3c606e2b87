package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import dev.gatehouse.simulator.world.Defender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Lists alerts or incidents page by page, or gives one by its id. */
final class ListEndpoint {

    private final ListDefinition definition;

    ListEndpoint(ListDefinition definition) {
        this.definition = definition;
    }

    ObjectNode page(Request request, Defender defender, GraphBehaviour behaviour, Instant now) throws Refused {
        return page(request, defender, behaviour, _ -> true, now);
    }

    /** How many records a filter takes, as {@code /$count} tells. */
    long count(Request request, Defender defender, GraphBehaviour behaviour, Instant now) throws Refused {
        var options = ListOptions.parse(request.query(), definition, behaviour);
        return records(defender, now).stream().filter(options.filter()).count();
    }

    /** A page of those records that belong to something, such as the alerts of an incident. */
    ObjectNode page(
            Request request, Defender defender, GraphBehaviour behaviour, Predicate<ObjectNode> belonging, Instant now)
            throws Refused {
        var options = ListOptions.parse(request.query(), definition, behaviour);
        var all = records(defender, now).stream()
                .filter(belonging)
                .filter(options.filter())
                .map(json -> ListedRecord.of(json, options.order().property()))
                .sorted(options.order().comparator())
                .toList();
        var rest = all.stream().filter(behind(options)).skip(options.skip()).toList();
        var page = rest.subList(0, Math.min(options.pageSize(), rest.size()));

        var body = Json.object().put("@odata.context", context(request, ""));
        if (options.counts()) {
            body.put("@odata.count", all.size());
        }
        if (rest.size() > page.size() && !page.isEmpty()) {
            body.put("@odata.nextLink", nextLink(request, options, behaviour, page.getLast()));
        }
        var alerts = options.expandsAlerts() ? alertsByIncident(defender, now) : Map.<String, List<ObjectNode>>of();
        var value = body.putArray("value");
        page.forEach(listed -> value.add(shown(request, listed.json(), options.expandsAlerts(), alerts)));
        return body;
    }

    ObjectNode single(Request request, Defender defender, GraphBehaviour behaviour, String id, Instant now)
            throws Refused {
        var expands = ListOptions.parse(request.query(), definition, behaviour).expandsAlerts();
        var json = records(defender, now).stream()
                .filter(node -> node.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "ResourceNotFound", "Resource '%s' does not exist.".formatted(id)));
        var alerts = expands ? alertsByIncident(defender, now) : Map.<String, List<ObjectNode>>of();
        var body = Json.object().put("@odata.context", context(request, "/$entity"));
        body.setAll(shown(request, json, expands, alerts));
        return body;
    }

    private List<ObjectNode> records(Defender defender, Instant now) {
        return switch (definition) {
            case ALERTS -> defender.alerts(now);
            case INCIDENTS -> defender.incidents(now);
        };
    }

    private static Predicate<ListedRecord> behind(ListOptions options) {
        if (options.after().isEmpty()) {
            return _ -> true;
        }
        var token = options.after().get();
        var last = new ListedRecord(token.time(), token.id(), Json.object());
        return listed -> options.order().comparator().compare(listed, last) > 0;
    }

    private String nextLink(Request request, ListOptions options, GraphBehaviour behaviour, ListedRecord last) {
        var place =
                switch (behaviour.paging()) {
                    case SKIP_TOKEN ->
                        "$skiptoken=" + new SkipToken(last.time(), last.id(), options.question()).encode();
                    case LIVE_SKIP -> "$skip=" + (options.skip() + options.pageSize());
                };
        var parts = new ArrayList<String>();
        for (var name : request.query().names()) {
            if (!name.equals("$skip") && !name.equals("$skiptoken")) {
                parts.add(
                        encode(name) + "=" + encode(request.query().first(name).orElse("")));
            }
        }
        parts.add(place);
        return "%s%s?%s".formatted(request.base(), request.path(), String.join("&", parts));
    }

    /** As Graph writes links: the dollar stays, blanks are {@code %20}. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%24", "$");
    }

    private String context(Request request, String suffix) {
        return "%s/v1.0/$metadata#security/%s%s".formatted(request.base(), definition.path(), suffix);
    }

    private static Map<String, List<ObjectNode>> alertsByIncident(Defender defender, Instant now) {
        return defender.alerts(now).stream()
                .map(json -> ListedRecord.of(json, "createdDateTime"))
                .sorted(ListOptions.Order.NEWEST_FIRST.comparator())
                .map(ListedRecord::json)
                .collect(Collectors.groupingBy(alert -> alert.path("incidentId").asString("")));
    }

    private ObjectNode shown(
            Request request, ObjectNode json, boolean expands, Map<String, List<ObjectNode>> alertsByIncident) {
        var shown = json;
        if (expands) {
            shown = json.deepCopy();
            var alerts = shown.putArray("alerts");
            alertsByIncident.getOrDefault(json.path("id").asString(), List.of()).forEach(alerts::add);
        }
        return Preference.includesNewMembers(request) ? shown : definition.withoutNewMembers(shown);
    }
}
