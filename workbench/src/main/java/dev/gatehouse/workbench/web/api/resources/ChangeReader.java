package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Refusal.Complaint;
import dev.gatehouse.workbench.web.api.dialect.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * Makes a {@link Change} of a document. Known clients send back what they were given: what is as it was is passed over, be it
 * writable or not.
 */
final class ChangeReader {

    /** More than one investigation holds. */
    private static final int MOST_LINKS = 1_000;

    private final Resource resource;
    private final ResourceReader reader;
    private final Resources all;

    ChangeReader(Resource resource, ResourceReader reader, Resources all) {
        this.resource = resource;
        this.reader = reader;
        this.all = all;
    }

    /**
     * Reads what is to be different.
     *
     * @throws Refusal that names each attribute and relation with what is wrong about it
     */
    Change read(Scope scope, Caller caller, Optional<Row> present, Body body, Change.Shown shown) {
        var complaints = new ArrayList<Complaint>();
        var attributes = new LinkedHashMap<String, JsonNode>();
        for (var property : body.attributes().properties()) {
            attribute(property.getKey(), property.getValue(), present, complaints)
                    .ifPresent(value -> attributes.put(property.getKey(), value));
        }
        var relations = new LinkedHashMap<String, Optional<String>>();
        for (var property : body.relationships().properties()) {
            relation(scope, property.getKey(), property.getValue(), present, complaints)
                    .ifPresent(to -> relations.put(property.getKey(), to));
        }
        if (!complaints.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, complaints);
        }
        return new Change(scope, caller, present, attributes, relations, shown);
    }

    private Optional<JsonNode> attribute(
            String name, JsonNode value, Optional<Row> present, List<Complaint> complaints) {
        var known = resource.attribute(name);
        if (known.isEmpty()) {
            complaints.add(Complaint.at(
                    Body.pointer(name),
                    "%s have no attribute '%s'. Those that can be written are: %s."
                            .formatted(resource.type(), name, writable())));
            return Optional.empty();
        }
        var attribute = known.get();
        if (present.isPresent() && isAsItWas(attribute, value, present.get())) {
            return Optional.empty();
        }
        if (!attribute.isWritable()) {
            if (present.isEmpty() && value.isNull()) {
                return Optional.empty();
            }
            complaints.add(Complaint.at(
                    Body.pointer(name), "%s cannot be written. Those that can are: %s.".formatted(name, writable())));
            return Optional.empty();
        }
        var problem = problem(attribute, value);
        problem.ifPresent(sentence -> complaints.add(Complaint.at(Body.pointer(name), sentence)));
        return problem.isPresent() ? Optional.empty() : Optional.of(value);
    }

    private String writable() {
        var names = resource.attributes().stream()
                .filter(Attribute::isWritable)
                .map(Attribute::name)
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static boolean isAsItWas(Attribute attribute, JsonNode value, Row present) {
        return attribute.isShown()
                && !attribute.name().equals("revision")
                && ResourceDocuments.json(InMemory.value(present, attribute)).equals(value);
    }

    private static Optional<String> problem(Attribute attribute, JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        var name = attribute.name();
        var isOfType =
                switch (attribute.type()) {
                    case TEXT -> value.isString();
                    case INTEGER -> value.isIntegralNumber() && value.canConvertToInt();
                    case BOOLEAN -> value.isBoolean();
                    case TIME ->
                        value.isString() && Times.read(value.asString()).isPresent();
                    case TEXTS -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
                    case JSON -> value.isContainer();
                };
        if (!isOfType) {
            return Optional.of("%s must be %s.".formatted(name, attribute.type().title()));
        }
        if (!attribute.choices().isEmpty() && !attribute.choices().contains(value.asString(""))) {
            return Optional.of("%s must be one of: %s.".formatted(name, String.join(", ", attribute.choices())));
        }
        return Optional.empty();
    }

    private Optional<Optional<String>> relation(
            Scope scope, String name, JsonNode value, Optional<Row> present, List<Complaint> complaints) {
        var pointer = "/data/relationships/" + name;
        var known = resource.relation(name);
        if (known.isEmpty()) {
            complaints.add(Complaint.at(
                    pointer,
                    "%s have no relationship '%s'. There are: %s."
                            .formatted(
                                    resource.type(),
                                    name,
                                    String.join(
                                            ", ",
                                            resource.relations().stream()
                                                    .map(Relation::name)
                                                    .toList()))));
            return Optional.empty();
        }
        if (!value.isObject()) {
            complaints.add(Complaint.at(pointer, "%s must be an object with a member 'data'.".formatted(name)));
            return Optional.empty();
        }
        var data = value.path("data");
        if (data.isMissingNode()) {
            return Optional.empty();
        }
        if (known.get().isToMany()) {
            // Known clients send back what they were given. Several are changed at their own addresses.
            if (present.isPresent()
                    || known.get().written() != Relation.Written.AT_FIRST
                    || !data.isArray()
                    || data.isEmpty()) {
                return Optional.empty();
            }
            if (data.size() > 1) {
                complaints.add(Complaint.at(pointer + "/data", "%s can be one only here.".formatted(name)));
                return Optional.empty();
            }
            data = data.get(0);
        }
        if (!data.isNull() && !data.path("id").isString()) {
            complaints.add(Complaint.at(
                    pointer + "/data", "%s must be null, or an object with a type and an id.".formatted(name)));
            return Optional.empty();
        }
        var to = data.isNull()
                ? Optional.<String>empty()
                : Optional.of(data.path("id").asString());
        if (present.isPresent() && linked(known.get(), present.get()).equals(to)) {
            return Optional.empty();
        }
        var isStaying = present.isPresent() && known.get().written() == Relation.Written.AT_FIRST;
        if (!known.get().isWritable() || isStaying) {
            if (to.isEmpty()) {
                // What a client has never followed it sends as null.
                return Optional.empty();
            }
            complaints.add(Complaint.at(
                    pointer, (isStaying ? "%s stays what it is." : "%s cannot be changed.").formatted(name)));
            return Optional.empty();
        }
        var target = all.named(known.get().type());
        if (to.isPresent() && reader.find(scope, target, to.get(), all).isEmpty()) {
            complaints.add(Complaint.at(
                    pointer + "/data/id",
                    "There is none of the %s with the id %s.".formatted(target.type(), to.get())));
            return Optional.empty();
        }
        return Optional.of(to);
    }

    /**
     * Reads where a relation to one is to lead.
     *
     * @param data an object with a type and an id, or null
     * @return empty when it leads there already
     * @throws Refusal that names what is wrong
     */
    Optional<Change> link(Scope scope, Caller caller, Row row, Relation relation, JsonNode data, Change.Shown shown) {
        if (!data.isNull()) {
            requireIdentifier(relation, data, "/data");
        }
        var to = data.isNull()
                ? Optional.<String>empty()
                : Optional.of(data.path("id").asString());
        if (linked(relation, row).equals(to)) {
            return Optional.empty();
        }
        to.ifPresent(id -> requireThere(scope, relation, List.of(id)));
        return Optional.of(new Change(scope, caller, Optional.of(row), Map.of(), Map.of(relation.name(), to), shown));
    }

    /**
     * Reads what a relation to many is about.
     *
     * @return ids, each once
     * @throws Refusal that names what is wrong
     */
    List<String> links(Scope scope, Relation relation, JsonNode data) {
        if (!data.isArray()) {
            throw Refusal.at("/data", "%s leads to many: send a list of types and ids.".formatted(relation.name()));
        }
        if (data.size() > MOST_LINKS) {
            throw Refusal.at("/data", "Send at most %d at once.".formatted(MOST_LINKS));
        }
        var ids = new LinkedHashSet<String>();
        for (var place = 0; place < data.size(); place++) {
            requireIdentifier(relation, data.get(place), "/data/" + place);
            ids.add(data.get(place).path("id").asString());
        }
        requireThere(scope, relation, List.copyOf(ids));
        return List.copyOf(ids);
    }

    private static void requireIdentifier(Relation relation, JsonNode data, String pointer) {
        if (!data.path("id").isString()) {
            throw Refusal.at(pointer, "This must be an object with a type and an id.");
        }
        if (data.has("type") && !relation.type().equals(data.path("type").asString(""))) {
            throw Refusal.at(pointer + "/type", "The type must be '%s'.".formatted(relation.type()));
        }
    }

    private void requireThere(Scope scope, Relation relation, List<String> ids) {
        var target = all.named(relation.type());
        var there = reader.ids(scope, target, ids, all);
        ids.stream().filter(id -> !there.contains(id)).findFirst().ifPresent(missing -> {
            throw Refusal.at("/data", "There is none of the %s with the id %s.".formatted(target.type(), missing));
        });
    }

    static Optional<String> linked(Relation relation, Row row) {
        return relation.way() instanceof Relation.Way.One(var ours)
                ? row.all(ours).map(Key::id)
                : Optional.empty();
    }
}
