package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.Headers;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers and questions for the tests of this package. */
final class Answers {

    static final Instant NOW = Instant.parse("2026-11-23T12:07:30Z");

    private Answers() {}

    static Answer answer(int status, String body, String... namesAndValues) {
        var headers = new HashMap<String, List<String>>();
        for (var index = 0; index < namesAndValues.length; index += 2) {
            headers.put(namesAndValues[index], List.of(namesAndValues[index + 1]));
        }
        return new Answer(
                status, new Headers(Map.copyOf(headers)), body.getBytes(StandardCharsets.UTF_8), Duration.ZERO, NOW);
    }

    static Connection connection(String secret) {
        return new Connection(
                TenantId.parse("b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c"),
                ApplicationId.parse("1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
                new ClientSecret(secret),
                Cloud.GLOBAL);
    }

    static Diagnosis entra(int status, String body, String... headers) {
        return EntraDiagnosis.of(answer(status, body, headers), connection("Ab8Q~value"));
    }

    static Diagnosis graph(Feed feed, int status, String body, String... headers) {
        return GraphDiagnosis.of(answer(status, body, headers), question(feed));
    }

    static GraphDiagnosis.Question question(Feed feed, String... roles) {
        return new GraphDiagnosis.Question(Cloud.GLOBAL, feed, Optional.of(Set.of(roles)), false);
    }

    static String graphBody(String code, String message) {
        return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"innerError\":{\"request-id\":\"inner\"}}}"
                .formatted(code, message);
    }
}
