package dev.gatehouse.cli.http;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/**
 * What the Workbench answered.
 *
 * @param status the HTTP status
 * @param body the JSON:API document; an empty object when there was none
 * @param asksForCode whether it wants a one-time code with the request
 */
public record ApiAnswer(int status, JsonNode body, boolean asksForCode) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The {@code data} member of a success. Otherwise throws what {@link #failure} says. */
    public JsonNode dataOrFail() {
        return memberOrFail("data");
    }

    /** The {@code meta} member of a success that has no data. Otherwise throws what {@link #failure} says. */
    public JsonNode metaOrFail() {
        return memberOrFail("meta");
    }

    private JsonNode memberOrFail(String name) {
        if (!isSuccess()) {
            throw failure();
        }
        return body.path(name);
    }

    /** What went wrong, with the exit code that belongs to the status. */
    public Failure failure() {
        return new Failure(exitCode(), explanation());
    }

    /** What the Workbench complained about, in one line. */
    public String explanation() {
        var sentences = sentences(body);
        return sentences.isEmpty()
                ? "The Workbench answered with status %d and no explanation.".formatted(status)
                : sentences;
    }

    /** The {@code errors} of a document, or of a part of one, in one line; empty when there are none. */
    public static String sentences(JsonNode holder) {
        var sentences = new ArrayList<String>();
        for (var error : holder.path("errors")) {
            var field = error.path("source").path("pointer").asString("");
            sentences.add(new Problem(
                            field.substring(field.lastIndexOf('/') + 1),
                            error.path("detail").asString(error.path("title").asString("")))
                    .sentence());
        }
        return String.join(" ", sentences);
    }

    private ExitCode exitCode() {
        return switch (status) {
            case 401, 403 -> ExitCode.NOT_AUTHORISED;
            case 404 -> ExitCode.NOT_FOUND;
            case 409 -> ExitCode.ALREADY_EXISTS;
            case 400, 413, 415, 422 -> ExitCode.BAD_INPUT;
            default -> ExitCode.SERVER_ERROR;
        };
    }

    /**
     * One complaint.
     *
     * @param field the attribute it is about, e.g. {@code directory_id}; empty when about none in particular
     * @param message what is wrong and what to do
     */
    private record Problem(String field, String message) {
        String sentence() {
            return field.isEmpty() ? message : field + ": " + message;
        }
    }
}
