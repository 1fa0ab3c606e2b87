package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The types as an OpenAPI 3.1 document, for programs that make clients of it. */
@RestController
class OpenApi {

    private static final String SCHEMAS = "#/components/schemas/";

    private final Endpoints endpoints;
    private final RequestMappingHandlerMapping mapping;

    OpenApi(Endpoints endpoints, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.endpoints = endpoints;
        this.mapping = mapping;
    }

    @Operation(value = "Gives this document", produces = MediaType.APPLICATION_JSON_VALUE)
    @GetMapping("/api/v2/openapi.json")
    ResponseEntity<JsonNode> document() {
        var document = of(endpoints.resources());
        addSignIn((ObjectNode) document.path("paths"));
        OtherOperations.addTo((ObjectNode) document.path("paths"), mapping.getHandlerMethods());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    private static ObjectNode of(Resources resources) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Gatehouse")
                .put("version", "2")
                .put(
                        "description",
                        "The types of the API. docs/api.md tells of filters, sorting, and what else there is.");
        document.putArray("security").addObject().putArray("token");
        var paths = document.putObject("paths");
        var components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        var schemas = components.putObject("schemas");
        schemas.set("errors", errors());
        schemas.set("relationship", relationship());
        for (var resource : resources.all()) {
            schemas.set(resource.type(), schema(resource));
            schemas.set(resource.type() + "_written", written(resource));
            addPaths(paths, resource);
        }
        return document;
    }

    /** Programs sign in for a person at either of these, without a token yet. */
    private static void addSignIn(ObjectNode paths) {
        for (var path : List.of("/auth/v0/login", Resource.ROOT + "login")) {
            var operation = paths.putObject(path).putObject("post");
            operation.putArray("security");
            operation
                    .putArray("parameters")
                    .addObject()
                    .put("name", SecondFactors.HEADER)
                    .put("in", "header")
                    .put("description", "The one-time code. It can stand beside the password as otp, too.")
                    .putObject("schema")
                    .put("type", "string");
            var sent = operation.putObject("requestBody").put("required", true).putObject("content");
            var schema = object("username", "password");
            var texts = schema.putObject("properties");
            List.of("username", "password", "otp")
                    .forEach(name -> texts.putObject(name).put("type", "string"));
            List.of(MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                    .forEach(type -> sent.putObject(type).set("schema", schema));
            var given = object("access_token", "token_type", "expires_in");
            answered(operation, "Signs a program in for a person", "200")
                    .putObject("content")
                    .putObject(MediaType.APPLICATION_JSON_VALUE)
                    .set("schema", given);
        }
    }

    private static ObjectNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", SCHEMAS + schema);
    }

    private static ObjectNode errors() {
        var schema = object("errors");
        var items = schema.putObject("properties")
                .putObject("errors")
                .put("type", "array")
                .putObject("items");
        items.setAll(object("status", "code", "title", "detail"));
        var texts = items.putObject("properties");
        List.of("status", "code", "title", "detail")
                .forEach(name -> texts.putObject(name).put("type", "string"));
        texts.putObject("source").put("type", "object");
        return schema;
    }

    private static ObjectNode relationship() {
        var schema = object("links", "meta");
        var properties = schema.putObject("properties");
        properties.set("links", object("related"));
        properties.set("meta", object("relation", "readOnly"));
        properties.putObject("data").putArray("type").add("object").add("array").add("null");
        return schema;
    }

    private static ObjectNode object(String... required) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var names = schema.putArray("required");
        List.of(required).forEach(names::add);
        return schema;
    }

    private static ObjectNode schema(Resource resource) {
        var schema = object("type", "id", "attributes", "relationships", "links");
        schema.put("description", resource.says());
        var properties = schema.putObject("properties");
        properties.putObject("type").put("const", resource.type());
        properties.putObject("id").put("type", "string");
        var attributes = properties.putObject("attributes").put("type", "object");
        var values = attributes.putObject("properties");
        resource.attributes().stream()
                .filter(Attribute::isShown)
                .forEach(attribute -> values.set(attribute.name(), value(attribute)));
        attributes.put("additionalProperties", false);
        var relations = properties.putObject("relationships").put("type", "object");
        var related = relations.putObject("properties");
        resource.relations().forEach(relation -> related.set(relation.name(), reference("relationship")));
        relations.put("additionalProperties", false);
        properties.putObject("links").put("type", "object");
        return schema;
    }

    private static ObjectNode written(Resource resource) {
        var schema = object("data");
        var data = schema.putObject("properties").putObject("data");
        data.setAll(object("attributes"));
        var properties = data.putObject("properties");
        properties.putObject("type").put("const", resource.type());
        var attributes =
                properties.putObject("attributes").put("type", "object").putObject("properties");
        resource.attributes().stream()
                .filter(Attribute::isWritable)
                .forEach(attribute -> attributes.set(attribute.name(), value(attribute)));
        properties.putObject("relationships").put("type", "object");
        return schema;
    }

    private static ObjectNode value(Attribute attribute) {
        var value = JsonNodeFactory.instance.objectNode();
        var types = value.putArray("type");
        switch (attribute.type()) {
            case TEXT -> types.add("string");
            case INTEGER -> types.add("integer");
            case BOOLEAN -> types.add("boolean");
            case TIME -> {
                types.add("string");
                value.put("format", "date-time");
            }
            case TEXTS -> {
                types.add("array");
                value.putObject("items").put("type", "string");
            }
            case JSON -> types.add("object").add("array");
        }
        types.add("null");
        if (!attribute.choices().isEmpty()) {
            var choices = value.putArray("enum");
            attribute.choices().forEach(choices::add);
            choices.addNull();
        }
        return value;
    }

    private static void addPaths(ObjectNode paths, Resource resource) {
        var list = paths.putObject(resource.path());
        var listed = list.putObject("get");
        listed.set("parameters", question(resource));
        answers(listed, "List %s".formatted(resource.type()), "200", many(resource));
        resource.create()
                .ifPresent(writing -> written(
                        answers(
                                list.putObject("post"),
                                "Create one of the %s".formatted(resource.type()),
                                "201",
                                one(resource)),
                        resource));
        if (resource.isEmpty()) {
            return;
        }
        var single = paths.putObject(resource.path() + "/{id}");
        single.set("parameters", parameters("id"));
        answers(single.putObject("get"), "One of the %s".formatted(resource.type()), "200", one(resource));
        resource.change()
                .ifPresent(writing -> written(
                        answers(
                                single.putObject("patch"),
                                "Change one of the %s".formatted(resource.type()),
                                "200",
                                one(resource)),
                        resource));
        resource.remove()
                .ifPresent(writing -> answers(
                        single.putObject("delete"),
                        "Remove one of the %s".formatted(resource.type()),
                        "204",
                        JsonNodeFactory.instance.objectNode()));
        if (!resource.relations().isEmpty()) {
            var related = paths.putObject(resource.path() + "/{id}/{relation}");
            related.set("parameters", parametersWithRelation(resource));
            answers(
                    related.putObject("get"),
                    "What one of the %s leads to".formatted(resource.type()),
                    "200",
                    object("data"));
            var linkage = paths.putObject(resource.path() + "/{id}/relationships/{relation}");
            linkage.set("parameters", parametersWithRelation(resource));
            LINKING.forEach((verb, words) -> {
                if (verb.equals("get") || isLinked(resource, verb)) {
                    var operation =
                            answers(linkage.putObject(verb), words.formatted(resource.type()), "200", object("data"));
                    if (!verb.equals("get")) {
                        sent(operation, object("data"));
                    }
                }
            });
        }
    }

    /** What can be done to what a relation leads to, with a sentence about the type. */
    private static final Map<String, String> LINKING = new TreeMap<>(Map.of(
            "get", "What one of the %s leads to, by type and id",
            "patch", "Say what one of the %s leads to",
            "post", "Put more to what one of the %s leads to",
            "delete", "Take away some of what one of the %s leads to"));

    /** Relations to one take PATCH alone. */
    private static boolean isLinked(Resource resource, String verb) {
        return resource.change().flatMap(Resource.Writing::work).isPresent()
                && resource.relations().stream()
                        .anyMatch(relation -> relation.written() == Relation.Written.ALWAYS
                                && (relation.isToMany() || verb.equals("patch")));
    }

    private static void sent(ObjectNode operation, ObjectNode schema) {
        var content = operation.putObject("requestBody").put("required", true).putObject("content");
        List.of(Documents.MEDIA_TYPE.toString(), MediaType.APPLICATION_JSON_VALUE)
                .forEach(type -> content.putObject(type).set("schema", schema));
    }

    /** What a list can be asked for. Filters of what is related are too many to be named; the description tells of them. */
    private static ArrayNode question(Resource resource) {
        var parameters = JsonNodeFactory.instance.arrayNode();
        var filters = query(parameters, "filter", "deepObject")
                .put(
                        "description",
                        "What has to hold, by attribute. A value can begin with one of the signs ! > < >= <= : ^ ~. "
                                + "What is related is filtered by filter[relation][attribute].")
                .putObject("schema")
                .put("type", "object");
        var named = filters.putObject("properties");
        named.putObject("id").put("type", "string");
        resource.attributes().stream()
                .filter(Attribute::isFilter)
                .forEach(attribute -> named.putObject(attribute.name()).put("type", "string"));
        var page = query(parameters, "page", "deepObject")
                .put("description", "Which part.")
                .putObject("schema")
                .put("type", "object")
                .putObject("properties");
        page.putObject("offset").put("type", "integer").put("minimum", 0);
        page.putObject("limit").put("type", "integer").put("minimum", 0).put("maximum", 200);
        query(parameters, "sort", "form")
                .put("description", "Attributes, the first first; with - in front the other way round.")
                .set("schema", texts());
        if (!resource.relations().isEmpty()) {
            query(parameters, "include", "form")
                    .put(
                            "description",
                            "What else is to stand in the document: "
                                    + resource.relations().stream()
                                            .map(Relation::name)
                                            .collect(Collectors.joining(", "))
                                    + ", and relations of these behind dots.")
                    .set("schema", texts());
        }
        return parameters;
    }

    /** Lists of texts are written with commas. */
    private static ObjectNode query(ArrayNode parameters, String name, String style) {
        return parameters
                .addObject()
                .put("name", name)
                .put("in", "query")
                .put("style", style)
                .put("explode", !style.equals("form"));
    }

    private static ObjectNode texts() {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        schema.putObject("items").put("type", "string");
        return schema;
    }

    private static ArrayNode parametersWithRelation(Resource resource) {
        var parameters = parameters("id", "relation");
        var names = ((ObjectNode) parameters.get(1).path("schema")).putArray("enum");
        resource.relations().forEach(relation -> names.add(relation.name()));
        return parameters;
    }

    static ArrayNode parameters(String... names) {
        var parameters = JsonNodeFactory.instance.arrayNode();
        List.of(names).forEach(name -> parameters
                .addObject()
                .put("name", name)
                .put("in", "path")
                .put("required", true)
                .putObject("schema")
                .put("type", "string"));
        return parameters;
    }

    private static ObjectNode many(Resource resource) {
        var schema = object("data", "meta", "links");
        schema.putObject("properties").putObject("data").put("type", "array").set("items", reference(resource.type()));
        return schema;
    }

    private static ObjectNode one(Resource resource) {
        var schema = object("data");
        schema.putObject("properties").set("data", reference(resource.type()));
        return schema;
    }

    private static ObjectNode answers(ObjectNode operation, String summary, String status, ObjectNode schema) {
        var good = answered(operation, summary, status);
        if (!schema.isEmpty()) {
            good.putObject("content").putObject(Documents.MEDIA_TYPE.toString()).set("schema", schema);
        }
        return operation;
    }

    /** Says what an operation does and how it refuses; gives the good answer, whose content is still to be said. */
    static ObjectNode answered(ObjectNode operation, String summary, String status) {
        operation.put("summary", summary);
        var responses = operation.putObject("responses");
        var good = responses.putObject(status).put("description", summary);
        responses
                .putObject("default")
                .put("description", "What was wrong")
                .putObject("content")
                .putObject(Documents.MEDIA_TYPE.toString())
                .set("schema", reference("errors"));
        return good;
    }

    private static void written(ObjectNode operation, Resource resource) {
        sent(operation, reference(resource.type() + "_written"));
    }
}
