package dev.gatehouse.workbench.web.api.dialect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts JSON:API documents together. */
public final class Documents {

    /** What every answer is. */
    public static final MediaType MEDIA_TYPE = MediaType.valueOf("application/vnd.api+json");

    /** Always three digits of a fraction and Z: known clients parse exactly that. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Documents() {}

    /** An empty document. */
    public static ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("jsonapi").put("version", "1.0");
        return document;
    }

    /** A document with one resource. */
    public static ObjectNode of(ObjectNode resource) {
        var document = document();
        document.set("data", resource);
        return document;
    }

    /** A document with a part of a collection. */
    public static ObjectNode of(List<ObjectNode> resources, Page page, long total, Query query) {
        var document = document();
        document.putObject("meta")
                .putObject("page")
                .put("offset", page.offset())
                .put("limit", page.limit())
                .put("total", total);
        var links = document.putObject("links");
        links.put("self", query.link(page));
        page.first().ifPresent(first -> links.put("first", query.link(first)));
        page.previous().ifPresent(previous -> links.put("prev", query.link(previous)));
        page.next(total).ifPresent(next -> links.put("next", query.link(next)));
        page.last(total).ifPresent(last -> links.put("last", query.link(last)));
        document.putArray("data").addAll(resources);
        return document;
    }

    /**
     * A document with a part of a collection of which nobody knows how many it has.
     *
     * @param least as many it has, more than what was shown up to here when the page is full
     */
    public static ObjectNode ofMany(List<ObjectNode> resources, Page page, long least, Query query) {
        var document = of(resources, page, least, query);
        ((ObjectNode) document.path("meta").path("page")).put("total_is_at_least", true);
        ((ObjectNode) document.path("links")).remove("last");
        return document;
    }

    /**
     * A document with a part of a collection that is in memory. Only what is in the part is made a resource.
     *
     * @param all what the filters leave, in the order wanted
     * @param resource makes one a resource
     */
    public static <T> ObjectNode of(List<T> all, Page page, Query query, Function<T, ObjectNode> resource) {
        var resources = all.stream()
                .skip(page.offset())
                .limit(page.limit())
                .map(resource)
                .toList();
        return of(resources, page, all.size(), query);
    }

    /** The answer when all is well. */
    public static ResponseEntity<JsonNode> ok(JsonNode document) {
        return ResponseEntity.ok().contentType(MEDIA_TYPE).body(document);
    }

    /** A resource without attributes yet. */
    public static ObjectNode resource(String type, String id) {
        var resource = JsonNodeFactory.instance.objectNode();
        resource.put("type", type).put("id", id);
        resource.putObject("attributes");
        return resource;
    }

    /** The attributes of a resource, to be filled. */
    public static ObjectNode attributes(ObjectNode resource) {
        return (ObjectNode) resource.get("attributes");
    }

    /**
     * Adds a relation. Known clients follow {@code links.related} whenever it is read, and send a relation back on every
     * change unless it is read-only.
     *
     * @param related the address of what is related
     * @param linkage type and id, where there is one to name
     */
    public static void relate(ObjectNode resource, String name, String related, Optional<Linkage> linkage) {
        var relation = resource.withObject("/relationships").putObject(name);
        relation.putObject("links").put("related", related);
        linkage.ifPresent(
                to -> relation.putObject("data").put("type", to.type()).put("id", to.id()));
        relation.putObject("meta").put("relation", "primary").put("readOnly", true);
    }

    /** A time as text; null when there is none, since known clients need every attribute to be there. */
    public static @Nullable String time(Optional<Instant> instant) {
        return instant.map(TIME::format).orElse(null);
    }

    /** A time as text. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /**
     * What a relation leads to.
     *
     * @param type of the resource
     * @param id of the resource
     */
    public record Linkage(String type, String id) {}
}
