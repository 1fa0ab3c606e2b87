package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.testing.Reference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evidence of every kind that Microsoft's schema has gets a name, and details that a person can read. */
class EveryEvidenceTest {

    private static final String SCHEMA = "graph/csdl/graph-v1.0-subset.csdl.xml";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Name of a type to its element. */
    private final Map<String, Element> types = new LinkedHashMap<>();

    private final Set<String> enumerations = new LinkedHashSet<>();

    @Test
    void hasANameAndReadableDetails() throws Exception {
        readSchema();
        var kinds = types.keySet().stream().filter(this::isEvidence).toList();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(48);

        for (var kind : kinds) {
            var record = filled(kind, 0);
            var evidence =
                    Parse.alertWith("\"evidence\":[" + record + "]").evidence().getFirst();

            assertThat(evidence.type()).isEqualTo(kind);
            assertThat(evidence.entities())
                    .as("Names of %s", record)
                    .isNotEmpty()
                    .allSatisfy(entity ->
                            assertThat(entity.name()).as("A name in %s", kind).doesNotContain("{", "[", "\""));
            assertThat(evidence.details())
                    .as("Details of %s", kind)
                    .isNotEmpty()
                    .allSatisfy((path, value) ->
                            assertThat(value).as("%s of %s", path, kind).doesNotContain("{", "[", "\""));
        }
    }

    @Test
    void isNeverNamedByRawJsonWhicheverMemberIsThereAlone() throws Exception {
        readSchema();
        for (var kind : types.keySet()) {
            if (isEvidence(kind)) {
                var whole = filled(kind, 0);
                for (var member : whole.properties()) {
                    var alone = JSON.objectNode();
                    alone.set("@odata.type", whole.get("@odata.type"));
                    alone.set(member.getKey(), member.getValue());
                    var evidence = Parse.alertWith("\"evidence\":[" + alone + "]")
                            .evidence()
                            .getFirst();
                    assertThat(evidence.entities())
                            .as("Names in %s", alone)
                            .allSatisfy(entity -> assertThat(entity.name()).doesNotContain("{", "[", "\""));
                }
            }
        }
    }

    private boolean isEvidence(String type) {
        for (var base = base(type); !base.isEmpty(); base = base(base)) {
            if (base.equals("alertEvidence")) {
                return true;
            }
        }
        return false;
    }

    private String base(String type) {
        var element = types.get(type);
        return element == null ? "" : lastWord(element.getAttribute("BaseType"));
    }

    /** One of a type with something in every property, and in the properties of what is inside. */
    private ObjectNode filled(String type, int depth) {
        var object = JSON.objectNode();
        if (isEvidence(type)) {
            object.put("@odata.type", "#microsoft.graph.security." + type);
        }
        for (var at = type; types.containsKey(at); at = base(at)) {
            var properties = types.get(at).getElementsByTagNameNS("*", "Property");
            for (var index = 0; index < properties.getLength(); index++) {
                var property = (Element) properties.item(index);
                var declared = property.getAttribute("Type");
                var isList = declared.startsWith("Collection(");
                var value = value(lastWord(declared.replace("Collection(", "").replace(")", "")), property, depth);
                object.set(property.getAttribute("Name"), isList ? list(value) : value);
            }
        }
        return object;
    }

    private static ArrayNode list(JsonNode value) {
        return JSON.arrayNode().add(value);
    }

    private JsonNode value(String type, Element property, int depth) {
        return switch (type) {
            case "Int16", "Int32", "Int64", "Double" -> JSON.numberNode(17);
            case "Boolean" -> JSON.booleanNode(true);
            case "DateTimeOffset" -> JSON.stringNode("2026-01-02T03:04:05Z");
            case "String", "Guid" -> JSON.stringNode("some " + property.getAttribute("Name"));
            default -> {
                if (enumerations.contains(type)) {
                    yield JSON.stringNode("member");
                }
                yield depth < 3 && types.containsKey(type) ? filled(type, depth + 1) : JSON.objectNode();
            }
        };
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void readSchema() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var root = factory.newDocumentBuilder().parse(Reference.file(SCHEMA).toFile());
        for (var kind : Set.of("ComplexType", "EntityType")) {
            var elements = root.getElementsByTagNameNS("*", kind);
            for (var index = 0; index < elements.getLength(); index++) {
                var type = (Element) elements.item(index);
                types.put(type.getAttribute("Name"), type);
            }
        }
        var enums = root.getElementsByTagNameNS("*", "EnumType");
        for (var index = 0; index < enums.getLength(); index++) {
            enumerations.add(((Element) enums.item(index)).getAttribute("Name"));
        }
        assertThat(types.keySet().stream().filter(this::isEvidence).collect(Collectors.toSet()))
                .contains("nicEvidence", "teamsMessageEvidence");
    }
}
