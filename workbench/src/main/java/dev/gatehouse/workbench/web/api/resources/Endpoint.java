package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.JsonNode;

/** Answers all requests for one type. {@link Endpoints} gives its methods their addresses. */
class Endpoint {

    private final Resource resource;
    private final Resources all;
    private final ResourceReader reader;
    private final ResourceDocuments documents;

    Endpoint(Resource resource, Resources all, ResourceReader reader) {
        this.resource = resource;
        this.all = all;
        this.reader = reader;
        this.documents = new ResourceDocuments(all, reader);
    }

    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request, Authentication who) {
        var query = Query.of(request);
        var question = Question.of(query, resource, all, caller(who));
        return Documents.ok(
                documents.page(scope, resource, question, query, reader.page(scope, resource, question, all)));
    }

    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id, HttpServletRequest request, Authentication who) {
        var question = Question.of(Query.of(request), resource, all, caller(who));
        return Documents.ok(documents.one(scope, resource, Optional.of(whole(scope, id)), question));
    }

    /** The whole of a relation, since known clients do not page there. */
    ResponseEntity<JsonNode> related(
            Scope scope,
            @PathVariable String id,
            @PathVariable String relation,
            HttpServletRequest request,
            Authentication who) {
        var row = find(scope, id);
        var wanted = relation(relation, caller(who));
        var target = all.named(wanted.type());
        var question = Question.of(Query.of(request), target, all, caller(who));
        var related = reader.related(scope, resource, List.of(row), wanted, Optional.of(question), all)
                .getOrDefault(row, List.of());
        return Documents.ok(
                wanted.isToMany()
                        ? documents.all(scope, target, related, question)
                        : documents.one(scope, target, related.stream().findFirst(), question));
    }

    ResponseEntity<JsonNode> linkage(
            Scope scope, @PathVariable String id, @PathVariable String relation, Authentication who) {
        var row = find(scope, id);
        var wanted = relation(relation, caller(who));
        var related = reader.related(scope, resource, List.of(row), wanted, Optional.empty(), all)
                .getOrDefault(row, List.of());
        var self = ResourceDocuments.address(resource, row);
        var document = Documents.document();
        document.putObject("links")
                .put("self", self + "/relationships/" + wanted.name())
                .put("related", self + "/" + wanted.name());
        document.set("data", documents.linkage(wanted, related));
        return Documents.ok(document);
    }

    /** Puts more to what a relation leads to. */
    ResponseEntity<JsonNode> link(
            Scope scope,
            @PathVariable String id,
            @PathVariable String relation,
            HttpServletRequest request,
            Authentication who) {
        return writeLinks(
                scope, id, relation, request, who, (given, present) -> new Links(without(given, present), List.of()));
    }

    /** Says what a relation leads to, and nothing else. */
    ResponseEntity<JsonNode> relink(
            Scope scope,
            @PathVariable String id,
            @PathVariable String relation,
            HttpServletRequest request,
            Authentication who) {
        var row = find(scope, id);
        var wanted = writable(relation, caller(who));
        if (wanted.isToMany()) {
            return writeLinks(
                    scope,
                    id,
                    relation,
                    request,
                    who,
                    (given, present) -> new Links(without(given, present), without(present, given)));
        }
        changes()
                .link(scope, caller(who), row, wanted, Body.linkage(request), Change.Shown.by(request))
                .ifPresent(change -> work(resource.change()).with(change));
        return linkage(scope, id, relation, who);
    }

    /** Takes some of what a relation leads to away. */
    ResponseEntity<JsonNode> unlink(
            Scope scope,
            @PathVariable String id,
            @PathVariable String relation,
            HttpServletRequest request,
            Authentication who) {
        return writeLinks(
                scope,
                id,
                relation,
                request,
                who,
                (given, present) -> new Links(
                        List.of(), given.stream().filter(present::contains).toList()));
    }

    /** What is to be different about what a relation to many leads to. */
    private record Links(List<String> added, List<String> removed) {}

    /** Tells what is to be different from what a client gives and what there is. */
    private interface Difference {
        Links of(List<String> given, List<String> present);
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(id -> !others.contains(id)).toList();
    }

    private ResponseEntity<JsonNode> writeLinks(
            Scope scope,
            String id,
            String relation,
            HttpServletRequest request,
            Authentication who,
            Difference difference) {
        var row = find(scope, id);
        var wanted = writable(relation, caller(who));
        if (!wanted.isToMany()) {
            throw Refusal.body(
                            HttpStatus.METHOD_NOT_ALLOWED,
                            "%s of %s leads to one: PATCH says to which.".formatted(wanted.name(), resource.type()))
                    .with("Allow", "GET, HEAD, PATCH");
        }
        var linking = resource.linking(wanted)
                .orElseThrow(() -> forbidden("%s of %s cannot be changed.".formatted(wanted.name(), resource.type())));
        var given = changes().links(scope, wanted, Body.linkage(request));
        var target = all.named(wanted.type());
        var present = reader
                .related(scope, resource, List.of(row), wanted, Optional.empty(), all)
                .getOrDefault(row, List.of())
                .stream()
                .map(each -> Key.id(each.key(target.key())))
                .toList();
        var links = difference.of(given, present);
        if (!links.added().isEmpty() || !links.removed().isEmpty()) {
            linking.write(
                    new Change(scope, caller(who), Optional.of(row), Map.of(), Map.of(), Change.Shown.by(request)),
                    links.added(),
                    links.removed());
        }
        return linkage(scope, id, relation, who);
    }

    private Relation writable(String name, Caller caller) {
        var relation = relation(name, caller);
        if (!relation.isWritable()) {
            throw forbidden("%s of %s cannot be changed.".formatted(name, resource.type()));
        }
        if (relation.written() == Relation.Written.AT_FIRST
                || resource.change().flatMap(Resource.Writing::work).isEmpty()) {
            throw forbidden("%s of %s stays what it is.".formatted(name, resource.type()));
        }
        return relation;
    }

    private static Refusal forbidden(String detail) {
        return Refusal.body(HttpStatus.FORBIDDEN, detail);
    }

    ResponseEntity<JsonNode> create(Scope scope, HttpServletRequest request, Authentication who) {
        var change = changes()
                .read(
                        scope,
                        caller(who),
                        Optional.empty(),
                        Body.read(request, resource.type()),
                        Change.Shown.by(request));
        var written = work(resource.create()).with(change);
        var row = whole(scope, written.id());
        written.once().forEach(row::with);
        return ResponseEntity.created(URI.create(ResourceDocuments.address(resource, row)))
                .contentType(Documents.MEDIA_TYPE)
                .body(documents.one(
                        scope, resource, Optional.of(row), Question.of(Query.of(request), resource, all, caller(who))));
    }

    /** Answers with the whole resource: known clients cannot do with less. */
    ResponseEntity<JsonNode> change(
            Scope scope, @PathVariable String id, HttpServletRequest request, Authentication who) {
        var row = find(scope, id);
        var change = changes()
                .read(
                        scope,
                        caller(who),
                        Optional.of(row),
                        Body.read(request, resource.type()),
                        Change.Shown.by(request));
        if (!change.attributes().isEmpty() || !change.relations().isEmpty()) {
            work(resource.change()).with(change);
        }
        return get(scope, id, request, who);
    }

    /** Whatever body comes with it: known clients send all attributes. */
    ResponseEntity<JsonNode> remove(
            Scope scope, @PathVariable String id, HttpServletRequest request, Authentication who) {
        var row = find(scope, id);
        work(resource.remove())
                .with(new Change(scope, caller(who), Optional.of(row), Map.of(), Map.of(), Change.Shown.by(request)));
        return ResponseEntity.noContent().build();
    }

    private static Resource.Work work(Optional<Resource.Writing> writing) {
        return writing.flatMap(Resource.Writing::work).orElseThrow();
    }

    private ChangeReader changes() {
        return new ChangeReader(resource, reader, all);
    }

    private Row find(Scope scope, String id) {
        return reader.find(scope, resource, id, all).orElseThrow(() -> noSuch(id));
    }

    private Row whole(Scope scope, String id) {
        return reader.whole(scope, resource, id, all).orElseThrow(() -> noSuch(id));
    }

    private Refusal noSuch(String id) {
        return Refusal.notFound("There is none of the %s with the id %s.".formatted(resource.type(), id));
    }

    private Relation relation(String name, Caller caller) {
        var relation = resource.relation(name)
                .orElseThrow(() -> Refusal.notFound("%s lead to no '%s'. They lead to: %s."
                        .formatted(
                                resource.type(),
                                name,
                                String.join(
                                        ", ",
                                        resource.relations().stream()
                                                .map(Relation::name)
                                                .toList()))));
        if (!caller.may(all.named(relation.type()).reads())) {
            throw Refusal.body(HttpStatus.FORBIDDEN, "The role does not allow to read %s.".formatted(relation.type()));
        }
        return relation;
    }

    private static Caller caller(Authentication who) {
        return Caller.of(who).orElseThrow(() -> new IllegalStateException("Nobody has signed in"));
    }
}
