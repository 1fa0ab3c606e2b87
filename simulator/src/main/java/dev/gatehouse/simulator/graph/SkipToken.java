package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The place in a list at which its next page begins: behind that record. Opaque to clients.
 *
 * @param time of the page's last record, by which the list is ordered
 * @param id of the page's last record
 * @param question what was asked for; a token fits only the question that it came with
 */
record SkipToken(Instant time, String id, String question) {

    String encode() {
        var json = Json.object().put("t", time.toString()).put("i", id).put("q", question);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    static SkipToken decode(String text, String question) throws Refused {
        try {
            var json = Json.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            var token = new SkipToken(
                    Instant.parse(json.path("t").asString("")),
                    json.path("i").asString(""),
                    json.path("q").asString(""));
            if (token.question.equals(question)) {
                return token;
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // Not one of ours: refused below, like one that belongs to another question.
        }
        throw Refused.badRequest("The $skiptoken is not valid.");
    }
}
