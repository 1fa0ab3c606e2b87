package dev.gatehouse.simulator.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects as Graph does: context, selected fields, pages. */
final class Page {

    /** Graph's own default for directory objects. */
    private static final int SIZE = 100;

    private Page() {}

    static Answer one(Request request, int status, String context, ObjectNode object) {
        var body =
                Json.object().put("@odata.context", "%s/v1.0/$metadata#%s/$entity".formatted(request.base(), context));
        body.setAll(selected(request, object));
        return Answer.json(status, body);
    }

    static Answer list(Request request, String context, List<ObjectNode> objects) {
        var from = request.query().filled("$skiptoken").map(Integer::parseInt).orElse(0);
        var size = request.query().filled("$top").map(Integer::parseInt).orElse(SIZE);
        var body = Json.object().put("@odata.context", "%s/v1.0/$metadata#%s".formatted(request.base(), context));
        if (from + size < objects.size()) {
            body.put("@odata.nextLink", next(request, from + size));
        }
        var value = body.putArray("value");
        objects.stream().skip(from).limit(size).forEach(object -> value.add(selected(request, object)));
        return Answer.json(200, body);
    }

    private static String next(Request request, int from) {
        var link = new StringBuilder("%s%s?$skiptoken=%d".formatted(request.base(), request.path(), from));
        for (var name : request.query().names()) {
            if (!name.equals("$skiptoken")) {
                link.append('&')
                        .append(name)
                        .append('=')
                        .append(encoded(request.query().first(name).orElse("")));
            }
        }
        return link.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private static ObjectNode selected(Request request, ObjectNode object) {
        var select = request.query().filled("$select");
        if (select.isEmpty()) {
            return object;
        }
        var fields = Arrays.stream(select.get().split(",")).map(String::strip).toList();
        var chosen = Json.object();
        object.properties().stream()
                .filter(field -> fields.contains(field.getKey()))
                .forEach(field -> chosen.set(field.getKey(), field.getValue()));
        return chosen;
    }
}
