package dev.gatehouse.workbench.web.api.dialect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a client sent: {@code {"data": {"type": …, "attributes": {…}, "relationships": {…}}}}. An id beside or inside {@code
 * data} is accepted and means nothing, since the address has it and known clients send it here and there.
 *
 * @param attributes an object
 * @param relationships an object
 */
public record Body(JsonNode attributes, JsonNode relationships) {

    /** Attributes alone. */
    Body(JsonNode attributes) {
        this(attributes, JsonNodeFactory.instance.objectNode());
    }

    /** Far more than any device needs. */
    public static final int LARGEST = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the body.
     *
     * @param type the type that the resource must have
     * @throws Refusal when it is too large, not JSON, or no such document
     */
    public static Body read(HttpServletRequest request, String type) {
        return read(request, type, LARGEST);
    }

    /**
     * Reads a body that may be larger than others.
     *
     * @param largest in bytes
     * @throws Refusal when it is too large, not JSON, or no such document
     */
    public static Body read(HttpServletRequest request, String type, int largest) {
        requireJson(request);
        var document = json(bytes(request, largest));
        var data = document.path("data");
        if (!data.isObject()) {
            throw Refusal.at("/data", "The document must have a member 'data' with an object.");
        }
        if (data.has("type") && !type.equals(data.path("type").asString(""))) {
            throw Refusal.at("/data/type", "The type must be '%s'.".formatted(type));
        }
        var attributes = data.path("attributes");
        if (!attributes.isObject()) {
            throw Refusal.at("/data/attributes", "The resource must have a member 'attributes' with an object.");
        }
        var relationships = data.path("relationships");
        if (!relationships.isMissingNode() && !relationships.isNull() && !relationships.isObject()) {
            throw Refusal.at("/data/relationships", "The member 'relationships' must be an object.");
        }
        return new Body(attributes, relationships.isObject() ? relationships : JsonNodeFactory.instance.objectNode());
    }

    /**
     * Reads what a relation is to lead to: {@code {"data": {"type": …, "id": …}}}, a list of these, or null.
     *
     * @throws Refusal when it is too large, not JSON, or no such document
     */
    public static JsonNode linkage(HttpServletRequest request) {
        requireJson(request);
        var document = json(bytes(request, LARGEST));
        var data = document.path("data");
        if (data.isMissingNode()) {
            throw Refusal.at("/data", "The document must have a member 'data', which may be null.");
        }
        return data;
    }

    /** A text; empty when the attribute is absent or null. */
    public Optional<String> text(String name) {
        var value = attributes.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Refusal.at(pointer(name), "%s must be a text.".formatted(name));
        }
        return Optional.of(value.stringValue());
    }

    /** Yes or no; empty when the attribute is absent or null. */
    public Optional<Boolean> bool(String name) {
        var value = attributes.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Refusal.at(pointer(name), "%s must be true or false.".formatted(name));
        }
        return Optional.of(value.booleanValue());
    }

    /** A time; empty when the attribute is absent or null. */
    public Optional<Instant> time(String name) {
        return text(name)
                .map(text -> Times.read(text).orElseThrow(() -> Refusal.at(pointer(name), Times.refusal(text))));
    }

    /**
     * A list of objects that has to be there.
     *
     * @param most how many it may hold
     * @throws Refusal when it is absent, holds anything but objects, or too many
     */
    public List<Body> objects(String name, int most) {
        var value = attributes.path(name);
        if (!value.isArray() || value.isEmpty()) {
            throw Refusal.at(pointer(name), "%s must be a list with at least one object.".formatted(name));
        }
        if (value.size() > most) {
            throw Refusal.at(
                    pointer(name), "%s holds %d objects. Send at most %d at once.".formatted(name, value.size(), most));
        }
        var objects = new ArrayList<Body>();
        for (var object : value) {
            if (!object.isObject()) {
                throw Refusal.at("%s/%d".formatted(pointer(name), objects.size()), "This must be an object.");
            }
            objects.add(new Body(object));
        }
        return List.copyOf(objects);
    }

    /**
     * A text that has to be there.
     *
     * @throws Refusal when it is absent
     */
    public String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /**
     * The device that a text names, which has to be there.
     *
     * @throws Refusal when it is none
     */
    public static UUID device(Scope scope, String text, SecurityDevices devices) {
        try {
            var id = UUID.fromString(text.strip());
            if (devices.find(scope, id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like an id that nobody has.
        }
        throw noDevice(text);
    }

    /** What to answer when there is no such device. */
    public static Refusal noDevice(String text) {
        return Refusal.at(pointer("device_id"), "There is no security device with the id %s.".formatted(text));
    }

    /**
     * The feed of that name.
     *
     * @throws Refusal when there is none
     */
    public static Feed feed(String key) {
        try {
            return Feed.of(key);
        } catch (IllegalArgumentException e) {
            throw Refusal.at(
                    pointer("feed"),
                    "There is no feed named '%s'. There are: %s."
                            .formatted(
                                    key,
                                    Arrays.stream(Feed.values()).map(Feed::key).collect(Collectors.joining(", "))));
        }
    }

    /** What to answer when an attribute is not there that has to be. */
    public static Refusal missing(String name) {
        return Refusal.at(pointer(name), "The attribute '%s' is missing.".formatted(name));
    }

    /** Where an attribute stands in the document. */
    public static String pointer(String attribute) {
        return "/data/attributes/" + attribute;
    }

    private static void requireJson(HttpServletRequest request) {
        var contentType = request.getContentType();
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
            throw Refusal.body(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send application/vnd.api+json or application/json, not %s.".formatted(contentType));
        }
    }

    private static byte[] bytes(HttpServletRequest request, int largest) {
        try {
            var bytes = request.getInputStream().readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw Refusal.body(
                        HttpStatus.CONTENT_TOO_LARGE, "The body is larger than %d bytes.".formatted(largest));
            }
            return bytes;
        } catch (IOException e) {
            throw Refusal.body(HttpStatus.BAD_REQUEST, "The body ended before it was complete.");
        }
    }

    private static JsonNode json(byte[] bytes) {
        if (bytes.length == 0) {
            throw Refusal.body(HttpStatus.BAD_REQUEST, "The body is empty. Send a JSON:API document.");
        }
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            // Without what was sent, which may hold a secret.
            throw Refusal.body(
                    HttpStatus.BAD_REQUEST,
                    "The body is not JSON: line %d, column %d."
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        }
    }
}
