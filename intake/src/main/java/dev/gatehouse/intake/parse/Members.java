package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Comment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object, read forgivingly. Every question takes several names, the current one first and then those
 * of older documents; the first that has a value answers. Case does not matter: hunting tables say {@code Isp} here and
 * {@code ISP} there.
 */
record Members(ObjectNode object) {

    /** The first of these members that is there and not null. */
    Optional<JsonNode> value(String... names) {
        for (var name : names) {
            var value = lookUp(name);
            if (value != null && !value.isNull()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private @Nullable JsonNode lookUp(String name) {
        var exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        for (var member : object.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }

    /** The first of these members that is not blank, as text: numbers and lists are written out. Empty when there is none. */
    String text(String... names) {
        for (var name : names) {
            var text = value(name).map(Texts::of).orElse("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** The same, of plain values only: what is an object or a list is no name. */
    String name(String... names) {
        for (var name : names) {
            var text = value(name).filter(JsonNode::isValueNode).map(Texts::of).orElse("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** The texts of a list; one text alone counts as a list of one. */
    List<String> texts(String... names) {
        var texts = new ArrayList<String>();
        for (var element : list(names)) {
            var text = Texts.of(element);
            if (!text.isBlank()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The first of these members that is a usable time. */
    Optional<Instant> time(String... names) {
        for (var name : names) {
            var time = value(name).map(Texts::of).flatMap(Times::read);
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    /** The elements of a list; a value that is no list counts as a list of one, as flattening tools make it. */
    List<JsonNode> list(String... names) {
        var elements = new ArrayList<JsonNode>();
        value(names).ifPresent(value -> {
            if (value.isArray()) {
                value.forEach(elements::add);
            } else {
                elements.add(value);
            }
        });
        return elements;
    }

    /** The members of an object inside. */
    Optional<Members> inside(String name) {
        return value(name).flatMap(Members::of);
    }

    static Optional<Members> of(JsonNode node) {
        return node instanceof ObjectNode object ? Optional.of(new Members(object)) : Optional.empty();
    }

    /** People's remarks. Microsoft's schema and its samples disagree about the names; legacy records have bare texts. */
    List<Comment> comments() {
        var comments = new ArrayList<Comment>();
        for (var element : list("comments")) {
            var comment = Members.of(element)
                    .map(members -> new Comment(
                            members.text("comment"),
                            members.text("createdByDisplayName", "createdBy"),
                            members.time("createdDateTime", "createdTime")))
                    .orElseGet(() -> new Comment(Texts.of(element), "", Optional.empty()));
            comments.add(comment);
        }
        return comments;
    }
}
