package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what came with a request. */
final class RequestBodies {

    private RequestBodies() {}

    static ObjectNode object(Request request) {
        try {
            if (Json.parse(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IllegalArgumentException _) {
            // The same answer as for JSON that is no object.
        }
        throw DirectoryError.bad(
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
    }

    static String text(JsonNode body, String field) {
        var value = body.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw DirectoryError.bad("A value is required for property '%s' of resource.".formatted(field));
        }
        return value.stringValue();
    }

    static void onlyPost(Request request) {
        if (!request.method().equals("POST")) {
            throw notAllowed(request);
        }
    }

    static DirectoryError notAllowed(Request request) {
        return DirectoryError.bad(
                "Specified HTTP method %s is not allowed for the request target.".formatted(request.method()));
    }
}
