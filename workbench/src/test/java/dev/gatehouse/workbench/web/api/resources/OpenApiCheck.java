package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds an OpenAPI document against the schema of OpenAPI 3.1, and answers against the document. */
final class OpenApiCheck {

    /** As published by the OpenAPI Initiative at https://spec.openapis.org/oas/3.1/schema/2022-10-07. */
    private static final String SCHEMA = "/openapi/oas-3.1-schema-2022-10-07.json";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode document;
    private final List<Described> paths = new ArrayList<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** A path of the document, those without variables first. */
    private record Described(String path, Pattern pattern, JsonNode item) {}

    OpenApiCheck(JsonNode document) {
        this.document = document;
        document.path("paths").properties().forEach(path -> {
            var pattern = Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+"));
            paths.add(
                    path.getKey().contains("{") ? paths.size() : 0,
                    new Described(path.getKey(), pattern, path.getValue()));
        });
    }

    /** What is wrong with the document itself. */
    List<String> faults() {
        try (var schema = OpenApiCheck.class.getResourceAsStream(SCHEMA)) {
            return REGISTRY.getSchema(schema).validate(document).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is such an operation. */
    boolean describes(String method, String path) {
        return operation(method, path).isPresent();
    }

    private Optional<Described> operation(String method, String path) {
        return paths.stream()
                .filter(each -> each.pattern().matcher(path).matches())
                .filter(each -> each.item().has(method.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Fails when an answer is not as the document says, and when the document says nothing of a good answer. */
    void require(String method, String address, ResourceTest.Answer answer) {
        var path = URI.create(address).getRawPath();
        var good = answer.status() < 300;
        var operation = operation(method, path);
        if (operation.isEmpty()) {
            assertThat(good).as("%s %s is not described", method, address).isFalse();
            return;
        }
        var verb = method.toLowerCase(Locale.ROOT);
        var responses = operation.get().item().path(verb).path("responses");
        var status = String.valueOf(answer.status());
        var name = responses.has(status) ? status : good ? "2XX" : "default";
        assertThat(responses.has(name))
                .as("%s %s is answered with %d, which is not described", method, address, answer.status())
                .isTrue();
        var content = responses.path(name).path("content");
        if (content.isMissingNode()) {
            assertThat(answer.body()).as("%s %s", method, address).isEmpty();
            return;
        }
        var type = answer.contentType().split(";", 2)[0];
        assertThat(content.has(type))
                .as("%s %s is given as %s", method, address, type)
                .isTrue();
        var pointer = "/paths/%s/%s/responses/%s/content/%s/schema"
                .formatted(escaped(operation.get().path()), verb, name, escaped(type));
        assertThat(schemas.computeIfAbsent(pointer, this::schema).validate(answer.body()))
                .as("%s %s", method, address)
                .isEmpty();
    }

    private Schema schema(String pointer) {
        var schema = (ObjectNode) document.at(pointer).deepCopy();
        schema.set("components", document.path("components"));
        return REGISTRY.getSchema(SchemaLocation.of("urn:openapi:" + schemas.size() + pointer.hashCode()), schema);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
