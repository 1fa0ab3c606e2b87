package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The reference says what the API does, to people and to programs. */
class ReferencePageTest extends ResourceTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    @Test
    void thePageIsAsTheDescriptionsAre() throws IOException {
        var page = ReferencePage.of(endpoints.resources());
        Files.writeString(Path.of("target/api-reference.md"), page);

        assertThat(Files.readString(Path.of("../docs/api-reference.md")))
                .as("docs/api-reference.md: copy workbench/target/api-reference.md over it")
                .isEqualTo(page);
    }

    @Test
    void theDocumentIsOfOpenApiAndRefersToNothingThatIsNotThere() {
        var document = get(socAdmin(), "/api/v2/openapi.json").body();

        assertThat(new OpenApiCheck(document).faults()).isEmpty();
        assertThat(references(document)).allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void theDocumentDescribesEveryAddressOfTheApi() {
        var check = openApi();
        var left = new TreeSet<String>();
        mapping.getHandlerMethods().keySet().forEach(each -> each.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith(Resource.ROOT))
                // Most are there to say that a relation cannot be written.
                .filter(pattern -> !pattern.contains("/relationships/"))
                .forEach(pattern -> each.getMethodsCondition().getMethods().stream()
                        .filter(method -> !check.describes(method.name(), pattern.replaceAll("[{}]", "")))
                        .forEach(method -> left.add(method.name() + " " + pattern))));

        assertThat(left).as("say what they do with @Operation").isEmpty();
    }

    private static List<String> references(JsonNode node) {
        return node.findValuesAsString("$ref");
    }

    /** The schema of a type is believed by programs: what is given has to be as it says. */
    @Test
    void whatIsGivenFitsTheDocument() {
        var device = customer("Contoso", "Suspected DCSync attack");
        var token = socAdmin();
        post(
                token,
                "investigations",
                "{\"title\": \"Case\"}",
                relation("lead_expel_alert", "expel_alerts", alert(device)));
        var document = get(token, "/api/v2/openapi.json").body();
        for (var resource : endpoints.resources().all()) {
            var schema = document.path("components")
                    .path("schemas")
                    .path(resource.type())
                    .path("properties");
            get(token, resource.path()).data().valueStream().limit(3).forEach(each -> {
                var attributes = schema.path("attributes").path("properties");
                assertThat(each.path("attributes").propertyNames())
                        .as(resource.type())
                        .containsExactlyInAnyOrderElementsOf(attributes.propertyNames());
                assertThat(each.path("relationships").propertyNames())
                        .as(resource.type())
                        .containsExactlyInAnyOrderElementsOf(
                                schema.path("relationships").path("properties").propertyNames());
                each.path("attributes")
                        .properties()
                        .forEach(attribute -> assertFits(
                                resource.type() + "." + attribute.getKey(),
                                attribute.getValue(),
                                attributes.path(attribute.getKey())));
            });
        }
    }

    private static void assertFits(String name, JsonNode value, JsonNode schema) {
        var types = schema.path("type").valueStream().map(JsonNode::asString).toList();
        var type =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case NUMBER -> "integer";
                    case BOOLEAN -> "boolean";
                    case ARRAY -> "array";
                    case OBJECT, POJO -> "object";
                    case NULL, MISSING, BINARY -> "null";
                };
        assertThat(types).as("%s is %s", name, value).contains(type);
        if (schema.has("enum") && value.isString()) {
            assertThat(schema.path("enum")
                            .valueStream()
                            .map(each -> each.asString(""))
                            .toList())
                    .as(name)
                    .contains(value.asString());
        }
        if (schema.path("format").asString("").equals("date-time") && value.isString()) {
            assertThat(value.asString()).as(name).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }
}
