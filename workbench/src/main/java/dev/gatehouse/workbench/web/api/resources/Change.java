package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants to be different, once it is known to be of the right types: new things with all that was sent, present
 * ones with what is not as it was.
 *
 * @param scope of the request
 * @param caller whose request it is
 * @param present as it is; empty for a new one
 * @param attributes by name; null takes a value away
 * @param relations by name, the id of what it is to lead to; empty for nobody
 * @param shown what came with the request besides
 */
public record Change(
        Scope scope,
        Caller caller,
        Optional<Row> present,
        Map<String, JsonNode> attributes,
        Map<String, Optional<String>> relations,
        Shown shown) {

    /**
     * What whoever asks shows besides the token.
     *
     * @param code a one-time code, in the header for that
     * @param address of the client
     */
    public record Shown(Optional<String> code, String address) {

        static Shown by(HttpServletRequest request) {
            return new Shown(
                    Optional.ofNullable(request.getHeader(SecondFactors.HEADER)).filter(code -> !code.isBlank()),
                    request.getRemoteAddr());
        }
    }

    public Change {
        attributes = Map.copyOf(attributes);
        relations = Map.copyOf(relations);
    }

    /** Who does it, for histories. */
    public Actor actor() {
        return Actor.of(caller);
    }

    /** Whether a client gave an attribute. */
    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** A text that was given; empty when it was not, or null. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(value -> !value.isNull())
                .map(value -> value.asString(""));
    }

    /** Yes or no, if it was given. */
    public Optional<Boolean> bool(String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue);
    }

    /** A text as it is to be: what was given, else what there is. Null is the empty text. */
    public String becomes(String name, String column) {
        return has(name)
                ? text(name).orElse("")
                : present.map(row -> row.text(column)).orElse("");
    }

    /** A text as it is to be, where the column has the name of the attribute. */
    public String becomes(String name) {
        return becomes(name, name);
    }

    /**
     * A text that has to be given.
     *
     * @throws Refusal that names it
     */
    public String required(String name) {
        return text(name).filter(text -> !text.isBlank()).orElseThrow(() -> Body.missing(name));
    }

    /** Where a relation is to lead; empty when nothing was said of it. */
    public Optional<Optional<String>> relation(String name) {
        return Optional.ofNullable(relations.get(name));
    }

    /**
     * Where a relation leads that has to be given.
     *
     * @throws Refusal that names it
     */
    public UUID requiredRelation(String name) {
        return relation(name)
                .flatMap(to -> to)
                .map(UUID::fromString)
                .orElseThrow(() ->
                        Refusal.at("/data/relationships/" + name, "The relationship '%s' is missing.".formatted(name)));
    }

    /** The key of what is changed. */
    public UUID id() {
        return UUID.fromString(row().text("id"));
    }

    /** What is changed, as it is. */
    public Row row() {
        return present.orElseThrow();
    }

    /** The revision that the client has seen: the one that it sends, else the present one. */
    public int revision() {
        return Optional.ofNullable(attributes.get("revision"))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::intValue)
                .orElseGet(() -> Integer.parseInt(row().text("revision")));
    }
}
