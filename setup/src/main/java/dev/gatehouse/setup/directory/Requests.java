package dev.gatehouse.setup.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks Graph, and reads what comes. Whatever is no success is a {@link Refusal}. */
final class Requests {

    /** Nothing that a set-up lists is nearly that long: what an application was granted, who owns it, and the like. */
    private static final int MOST_PAGES = 1000;

    private final GraphCalls graph;

    Requests(GraphCalls graph) {
        this.graph = graph;
    }

    String address(String path) {
        return graph.address(path);
    }

    JsonNode get(String action, String target) throws InterruptedException {
        return good(GraphOperation.READ, action, graph.call("GET", target, Optional.empty()))
                .body();
    }

    /** Empty when it is not there. */
    Optional<JsonNode> find(String action, String target) throws InterruptedException {
        try {
            return Optional.of(get(action, target));
        } catch (Refusal refusal) {
            if (refusal.reason().isNotFound()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /**
     * All pages of a list.
     *
     * @throws Refusal also when the pages do not end: what is missing of a list would be taken for what is not there
     */
    List<JsonNode> list(String action, String target) throws InterruptedException {
        var all = new ArrayList<JsonNode>();
        var read = new HashSet<String>();
        var next = Optional.of(target);
        while (next.isPresent()) {
            if (!read.add(next.get()) || read.size() > MOST_PAGES) {
                throw new Refusal(new Refusal.Reason(
                        GraphOperation.READ,
                        action,
                        new Refusal.Said(200, "", List.of(), "its pages have no end"),
                        Optional.empty(),
                        Optional.empty()));
            }
            var page = get(action, next.get());
            page.path("value").valueStream().forEach(all::add);
            next = Optional.of(text(page, "@odata.nextLink")).filter(link -> !link.isEmpty());
        }
        return all;
    }

    JsonNode order(GraphOperation order, String action, String method, String target, ObjectNode body)
            throws InterruptedException {
        return good(order, action, graph.call(method, target, Optional.of(body)))
                .body();
    }

    /** Deletes; that it is gone already is as good. */
    void delete(String action, String target) throws InterruptedException {
        try {
            good(GraphOperation.DELETE, action, graph.call("DELETE", target, Optional.empty()));
        } catch (Refusal refusal) {
            if (!refusal.reason().isNotFound()) {
                throw refusal;
            }
        }
    }

    private static Answer.Came good(GraphOperation order, String action, Answer answer) {
        return switch (answer) {
            case Answer.Came came when came.status() >= 200 && came.status() < 300 -> came;
            case Answer.Came came -> {
                var error = came.body().path("error");
                var details = error.path("details")
                        .valueStream()
                        .map(detail -> text(detail, "code"))
                        .toList();
                var said = new Refusal.Said(came.status(), text(error, "code"), details, text(error, "message"));
                throw new Refusal(new Refusal.Reason(order, action, said, came.requestId(), came.retryAfter()));
            }
            case Answer.Lost lost ->
                throw new Refusal(new Refusal.Reason(
                        order, action, Refusal.Said.nothing(lost.why()), Optional.empty(), Optional.empty()));
        };
    }

    // ---- Words of JSON and OData -----------------------------------------------------------------------------------

    static String text(JsonNode node, String field) {
        var value = node == null ? MissingNode.getInstance() : node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    static Optional<Instant> instant(JsonNode node, String field) {
        try {
            return Optional.of(text(node, field))
                    .filter(value -> !value.isEmpty())
                    .map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A literal of a filter, with its quotes. */
    static String quoted(String literal) {
        return "'" + literal.replace("'", "''") + "'";
    }

    /** A filter as it stands in an address. */
    static String query(String filter) {
        return URLEncoder.encode(filter, UTF_8).replace("+", "%20");
    }
}
