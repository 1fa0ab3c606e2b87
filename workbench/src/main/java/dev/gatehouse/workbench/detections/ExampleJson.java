package dev.gatehouse.workbench.detections;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the JSON that Microsoft would send of an example in a rule, which says only what matters. */
final class ExampleJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExampleJson() {}

    /** What stands there. */
    static JsonNode of(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var object = JSON.objectNode();
                mapping.getValue()
                        .forEach(tuple -> object.set(
                                tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "",
                                of(tuple.getValueNode())));
                yield object;
            }
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                sequence.getValue().forEach(element -> array.add(of(element)));
                yield array;
            }
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> JSON.nullNode();
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.BOOL) -> JSON.booleanNode(Boolean.parseBoolean(scalar.getValue()));
            // Numbers stay texts: what looks like one is mostly an id here, and Graph writes ids as texts.
            case ScalarNode scalar -> JSON.stringNode(scalar.getValue());
            default -> JSON.nullNode();
        };
    }

    /** With what Graph always sends. */
    static ObjectNode complete(ObjectNode example) {
        var whole = JSON.objectNode()
                .put("id", "example")
                .put("severity", "medium")
                .put("status", "new")
                .put("serviceSource", "microsoftDefenderForIdentity")
                .put("createdDateTime", "2026-01-05T09:00:00Z")
                .put("lastUpdateDateTime", "2026-01-05T09:00:00Z");
        whole.setAll(example);
        return whole;
    }
}
