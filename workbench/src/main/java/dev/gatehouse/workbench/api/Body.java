package dev.gatehouse.workbench.api;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.SecurityDevices;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The attributes that a client sent: {@code {"data": {"type": …, "attributes": {…}}}}. Relationships, and an id beside or
 * inside {@code data}, are accepted and mean nothing, since known clients always send them.
 *
 * @param attributes an object
 */
record Body(JsonNode attributes) {

    /** Far more than any device needs. */
    static final int LARGEST = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the body.
     *
     * @param type the type that the resource must have
     * @throws Refusal when it is too large, not JSON, or no such document
     */
    static Body read(HttpServletRequest request, String type) {
        var contentType = request.getContentType();
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
            throw Refusal.body(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send application/vnd.api+json or application/json, not %s.".formatted(contentType));
        }
        var document = json(bytes(request));
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
        return new Body(attributes);
    }

    /** A text; empty when the attribute is absent or null. */
    Optional<String> text(String name) {
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
    Optional<Boolean> bool(String name) {
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
    Optional<Instant> time(String name) {
        return text(name)
                .map(text -> Times.read(text).orElseThrow(() -> Refusal.at(pointer(name), Times.refusal(text))));
    }

    /**
     * A text that has to be there.
     *
     * @throws Refusal when it is absent
     */
    String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /**
     * The device that a text names, which has to be there.
     *
     * @throws Refusal when it is none
     */
    static UUID device(String text, SecurityDevices devices) {
        try {
            var id = UUID.fromString(text.strip());
            if (devices.find(id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like an id that nobody has.
        }
        throw noDevice(text);
    }

    /** What to answer when there is no such device. */
    static Refusal noDevice(String text) {
        return Refusal.at(pointer("device_id"), "There is no security device with the id %s.".formatted(text));
    }

    /**
     * The feed of that name.
     *
     * @throws Refusal when there is none
     */
    static Feed feed(String key) {
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
    static Refusal missing(String name) {
        return Refusal.at(pointer(name), "The attribute '%s' is missing.".formatted(name));
    }

    /** Where an attribute stands in the document. */
    static String pointer(String attribute) {
        return "/data/attributes/" + attribute;
    }

    private static byte[] bytes(HttpServletRequest request) {
        try {
            var bytes = request.getInputStream().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Refusal.body(
                        HttpStatus.CONTENT_TOO_LARGE, "The body is larger than %d bytes.".formatted(LARGEST));
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
