package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers with a whole resource, for what can be done to one besides creating and changing it. */
@Component
public class Answers {

    private final Endpoints endpoints;
    private final ResourceReader reader;

    Answers(Endpoints endpoints, ResourceReader reader) {
        this.endpoints = endpoints;
        this.reader = reader;
    }

    /**
     * The document of one.
     *
     * @param once attributes that stand in this answer and nowhere else
     * @throws Refusal when there is none in scope
     */
    public ObjectNode document(Scope scope, String type, String id, Map<String, ?> once) {
        var all = endpoints.resources();
        var resource = all.named(type);
        var row = reader.whole(scope, resource, id, all)
                .orElseThrow(() -> Refusal.notFound("There is none of the %s with the id %s.".formatted(type, id)));
        once.forEach(row::with);
        return new ResourceDocuments(all, reader).one(scope, resource, Optional.of(row), Question.ALL);
    }

    /** 200 with one. */
    public ResponseEntity<JsonNode> ok(Scope scope, String type, String id) {
        return Documents.ok(document(scope, type, id, Map.of()));
    }

    /** 202 with one. */
    public ResponseEntity<JsonNode> accepted(Scope scope, String type, String id) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(Documents.MEDIA_TYPE)
                .body(document(scope, type, id, Map.of()));
    }
}
