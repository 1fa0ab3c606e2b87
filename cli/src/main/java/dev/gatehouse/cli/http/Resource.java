package dev.gatehouse.cli.http;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the resources that the API answers with. */
public final class Resource {

    private Resource() {}

    public static String id(JsonNode resource) {
        return resource.path("id").asString("");
    }

    public static String attribute(JsonNode resource, String name) {
        return text(resource.path("attributes"), name);
    }

    /** A text, or nothing where there is none or it is null. */
    public static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    /** How far a device has come, in words: {@code receiving_data} as {@code receiving data}. */
    public static String stage(JsonNode statusDetails) {
        return text(statusDetails, "stage").replace('_', ' ');
    }

    /** A resource for other programs: its attributes with the id among them. */
    public static ObjectNode flat(JsonNode resource) {
        var flat = WorkbenchClient.JSON.createObjectNode();
        flat.put("id", id(resource));
        resource.path("attributes").forEachEntry(flat::set);
        return flat;
    }

    /** A time for people: to the second, and a dash when it has not happened. */
    public static String time(JsonNode object, String name) {
        var text = text(object, name);
        return text.length() < 19 ? "–" : text.substring(0, 10) + " " + text.substring(11, 19);
    }
}
