package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Page;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes documents of rows, with what is related to them. */
final class ResourceDocuments {

    private final Resources all;
    private final ResourceReader reader;

    ResourceDocuments(Resources all, ResourceReader reader) {
        this.all = all;
        this.reader = reader;
    }

    /** One resource of a document that is being made, with the row that it was made of. */
    private record Made(Resource resource, Row row, ObjectNode node) {}

    ObjectNode page(Scope scope, Resource resource, Question question, Query query, ResourceReader.Found found) {
        var made = made(resource, found.rows(), question);
        var page = question.page().orElseGet(Page::usual);
        var nodes = made.stream().map(Made::node).toList();
        var document = found.isLeast()
                ? Documents.ofMany(nodes, page, found.total(), query)
                : Documents.of(nodes, page, found.total(), query);
        include(scope, document, made, question);
        return document;
    }

    /** A document with one resource, or with null. */
    ObjectNode one(Scope scope, Resource resource, Optional<Row> row, Question question) {
        var document = Documents.document();
        var made = made(resource, row.stream().toList(), question);
        if (made.isEmpty()) {
            document.putNull("data");
        } else {
            document.set("data", made.getFirst().node());
        }
        include(scope, document, made, question);
        return document;
    }

    /** A document with all of a list. */
    ObjectNode all(Scope scope, Resource resource, List<Row> rows, Question question) {
        var document = Documents.document();
        document.putObject("meta")
                .putObject("page")
                .put("offset", 0)
                .put("limit", rows.size())
                .put("total", rows.size());
        var made = made(resource, rows, question);
        var data = document.putArray("data");
        made.forEach(each -> data.add(each.node()));
        include(scope, document, made, question);
        return document;
    }

    private List<Made> made(Resource resource, List<Row> rows, Question question) {
        return rows.stream()
                .map(row -> new Made(resource, row, node(resource, row, question)))
                .toList();
    }

    static String address(Resource resource, Row row) {
        return resource.path() + "/" + Key.address(row.key(resource.key()));
    }

    private static ObjectNode node(Resource resource, Row row, Question question) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("type", resource.type()).put("id", Key.id(row.key(resource.key())));
        var attributes = node.putObject("attributes");
        for (var attribute : resource.attributes()) {
            if (attribute.isShown() && question.wants(resource.type(), attribute.name())) {
                attributes.set(attribute.name(), json(InMemory.value(row, attribute)));
            }
        }
        var self = address(resource, row);
        var relations = node.putObject("relationships");
        for (var relation : resource.relations()) {
            if (question.wants(resource.type(), relation.name())) {
                relation(relations.putObject(relation.name()), relation, row, self);
            }
        }
        node.putObject("links").put("self", self);
        return node;
    }

    private static void relation(ObjectNode node, Relation relation, Row row, String self) {
        node.putObject("links")
                .put("self", self + "/relationships/" + relation.name())
                .put("related", self + "/" + relation.name());
        if (!relation.isToMany()) {
            ChangeReader.linked(relation, row)
                    .ifPresentOrElse(
                            id -> node.putObject("data")
                                    .put("type", relation.type())
                                    .put("id", id),
                            () -> node.putNull("data"));
        }
        node.putObject("meta").put("relation", "primary").put("readOnly", !relation.isWritable());
    }

    /** What a relation leads to, by type and id alone. */
    JsonNode linkage(Relation relation, List<Row> related) {
        var target = all.named(relation.type());
        var ids = JsonNodeFactory.instance.arrayNode();
        for (var row : related) {
            ids.addObject().put("type", target.type()).put("id", Key.id(row.key(target.key())));
        }
        if (relation.isToMany()) {
            return ids;
        }
        return ids.isEmpty() ? JsonNodeFactory.instance.nullNode() : ids.get(0);
    }

    // Included

    private void include(Scope scope, ObjectNode document, List<Made> primary, Question question) {
        var included = new LinkedHashMap<String, ObjectNode>();
        var shown = new HashMap<String, ObjectNode>();
        primary.forEach(made -> shown.put(identity(made), made.node()));
        var followed = new HashMap<List<String>, List<Made>>();
        followed.put(List.of(), primary);
        for (var path : question.include()) {
            for (var end = 1; end <= path.size(); end++) {
                var from = followed.getOrDefault(path.subList(0, end - 1), List.of());
                var here = List.copyOf(path.subList(0, end));
                if (!followed.containsKey(here) && !from.isEmpty()) {
                    followed.put(here, follow(scope, from, path.get(end - 1), question, included, shown));
                }
            }
        }
        if (!question.include().isEmpty()) {
            document.putArray("included").addAll(new ArrayList<>(included.values()));
        }
    }

    private static String identity(Made made) {
        return made.node().path("type").asString() + " "
                + made.node().path("id").asString();
    }

    private List<Made> follow(
            Scope scope,
            List<Made> from,
            String name,
            Question question,
            Map<String, ObjectNode> included,
            Map<String, ObjectNode> shown) {
        var resource = from.getFirst().resource();
        var relation = resource.relation(name).orElseThrow();
        var target = all.named(relation.type());
        var related =
                reader.related(scope, resource, from.stream().map(Made::row).toList(), relation, Optional.empty(), all);
        var reached = new LinkedHashMap<String, Made>();
        for (var each : from) {
            var rows = related.getOrDefault(each.row(), List.of());
            var made = made(target, rows, question);
            if (relation.isToMany()) {
                var relations = each.node().withObject("/relationships");
                if (relations.has(name)) {
                    ((ObjectNode) relations.get(name)).set("data", linkage(relation, rows));
                }
            }
            made.forEach(there -> reached.putIfAbsent(identity(there), there));
        }
        reached.forEach((identity, made) -> {
            if (!shown.containsKey(identity)) {
                shown.put(identity, made.node());
                included.put(identity, made.node());
            }
        });
        if (included.size() > ResourceReader.MOST_RELATED) {
            throw Refusal.body(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "More than %d resources are to be included. Include less, or ask for less at once."
                            .formatted(ResourceReader.MOST_RELATED));
        }
        // Those that stand in the document already are led on from where they stand.
        return reached.entrySet().stream()
                .map(entry -> new Made(
                        target,
                        entry.getValue().row(),
                        Optional.ofNullable(shown.get(entry.getKey()))
                                .orElse(entry.getValue().node())))
                .toList();
    }

    /** A value as it stands in a document. */
    static JsonNode json(Optional<Object> value) {
        var make = JsonNodeFactory.instance;
        return switch (value.orElse(make.nullNode())) {
            case JsonNode node -> node;
            case Instant time -> make.stringNode(Documents.time(time));
            case Boolean yes -> make.booleanNode(yes);
            case Integer number -> make.numberNode(number);
            case Long number -> make.numberNode(number);
            case List<?> list -> {
                var array = make.arrayNode();
                list.forEach(each -> array.add(each.toString()));
                yield array;
            }
            case Object other -> make.stringNode(other.toString());
        };
    }
}
