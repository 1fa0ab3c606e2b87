package dev.gatehouse.workbench.web.api.investigations;

import dev.gatehouse.workbench.files.Downloads;
import dev.gatehouse.workbench.files.Files;
import dev.gatehouse.workbench.files.MultipartBody;
import dev.gatehouse.workbench.files.StoredFile;
import dev.gatehouse.workbench.files.Uploaded;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The bytes of files: taken once, and given as they were, whatever format a client asks for. */
@RestController
class FileApi {

    private static final String ONE = "/api/v2/files/{id}";

    private final Files files;
    private final Answers answers;

    FileApi(Files files, Answers answers) {
        this.files = files;
        this.answers = answers;
    }

    @PostMapping(ONE + "/upload")
    @Operation(value = "Takes the bytes of a file, in a part named file", consumes = "multipart/form-data")
    ResponseEntity<JsonNode> upload(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var file = find(scope, id);
        var uploaded =
                MultipartBody.read(request, (filename, bytes) -> files.upload(scope, Actor.of(who), file.id(), bytes));
        return switch (uploaded) {
            case Uploaded.Kept(var kept) ->
                answers.ok(scope, FileResources.TYPE, kept.id().toString());
            case Uploaded.TooLarge(var sentence) -> throw Refusal.body(HttpStatus.CONTENT_TOO_LARGE, sentence);
            case Uploaded.Refused(var sentence) -> throw Refusal.body(HttpStatus.CONFLICT, sentence);
            case Uploaded.BrokeOff(var sentence) -> throw Refusal.body(HttpStatus.BAD_REQUEST, sentence);
        };
    }

    @GetMapping(ONE + "/download")
    @Operation(value = "Gives the bytes of a file", produces = "application/octet-stream")
    void download(Scope scope, @PathVariable String id, HttpServletResponse response) throws IOException {
        var file = find(scope, id);
        if (file.content().isEmpty()) {
            throw Refusal.notFound("“%s” was created, but not uploaded as a whole."
                    .formatted(file.what().name()));
        }
        Downloads.send(files, scope, file, response);
    }

    private StoredFile find(Scope scope, String id) {
        return uuid(id).flatMap(key -> files.find(scope, key))
                .orElseThrow(() -> Refusal.notFound("There is none of the files with the id %s.".formatted(id)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
