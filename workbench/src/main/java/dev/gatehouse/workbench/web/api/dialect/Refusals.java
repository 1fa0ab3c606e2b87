package dev.gatehouse.workbench.web.api.dialect;

import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.people.EmailTaken;
import dev.gatehouse.workbench.people.WouldLockOut;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.web.api.dialect.Refusal.Complaint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns what went wrong into JSON:API error documents. */
@RestControllerAdvice("dev.gatehouse.workbench.web.api")
class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Storage storage;

    Refusals(Storage storage) {
        this.storage = storage;
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> refused(Refusal refusal) {
        var document = JsonNodeFactory.instance.objectNode();
        var errors = document.putArray("errors");
        for (var complaint : refusal.complaints()) {
            var error = error(errors.addObject(), refusal.status(), complaint.detail());
            complaint.source().ifPresent(source -> error.putObject("source").put(source.kind(), source.place()));
        }
        var answer = ResponseEntity.status(refusal.status()).contentType(Documents.MEDIA_TYPE);
        refusal.headers().forEach(answer::header);
        return answer.body(document);
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> noSuchDevice(NoSuchDevice missing) {
        return refused(Refusal.notFound(String.valueOf(missing.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> invalid(InvalidFields invalid) {
        return refused(new Refusal(
                invalid instanceof EmailTaken ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
                invalid.problems().stream()
                        .filter(FieldProblem::isError)
                        .map(problem -> Complaint.at(Body.pointer(problem.field()), problem.message()))
                        .toList()));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> noSuchInvestigation(NoSuchInvestigation missing) {
        return refused(Refusal.notFound("The investigation, or what is in it, is not there any more."));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> alertsChanged(AlertsChangedMeanwhile changed) {
        return changedMeanwhile(changed);
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> investigationChanged(InvestigationChangedMeanwhile changed) {
        return changedMeanwhile(changed);
    }

    private ResponseEntity<JsonNode> changedMeanwhile(RuntimeException changed) {
        return refused(Refusal.body(
                HttpStatus.CONFLICT,
                "It has changed since you looked: %s Look again, then change it.".formatted(changed.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> wouldLockOut(WouldLockOut refused) {
        return refused(Refusal.body(HttpStatus.CONFLICT, String.valueOf(refused.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> mistakeOfOurs(Exception exception) throws Exception {
        if (exception instanceof InvalidSetting
                || storage.refusedRequest(exception).isPresent()) {
            // An operator can cure it. That is answered in one place for programs and people.
            throw exception;
        }
        log.error("A request to the API failed", exception);
        var document = JsonNodeFactory.instance.objectNode();
        error(
                document.putArray("errors").addObject(),
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something failed inside the Workbench. Its log tells more.");
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, document);
    }

    private static ResponseEntity<JsonNode> answer(HttpStatus status, JsonNode document) {
        return ResponseEntity.status(status).contentType(Documents.MEDIA_TYPE).body(document);
    }

    private static ObjectNode error(ObjectNode error, HttpStatus status, String detail) {
        return error.put("status", Integer.toString(status.value()))
                .put("code", code(status))
                .put("title", status.getReasonPhrase())
                .put("detail", detail);
    }

    // The codes of holidayextras/jsonapi-server; where it has none, a code of the same form.
    static String code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "ENOTFOUND";
            case FORBIDDEN -> "EFORBIDDEN";
            case UNAUTHORIZED -> "UNAUTHORIZED";
            case CONFLICT -> "ECONFLICT";
            case UNPROCESSABLE_CONTENT -> "EVALIDATION";
            case TOO_MANY_REQUESTS -> "ETOOMANY";
            case SERVICE_UNAVAILABLE -> "EUNAVAILABLE";
            default -> status.is5xxServerError() ? "EINTERNAL" : "EBADREQUEST";
        };
    }
}
