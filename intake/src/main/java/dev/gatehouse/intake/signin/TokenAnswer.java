package dev.gatehouse.intake.signin;

import dev.gatehouse.intake.http.Answer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the sign-in library does not tell of the answer that held a token. */
final class TokenAnswer {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** What Entra grants when it says nothing else. Short enough to be harmless when it does not hold. */
    private static final Duration UNSTATED = Duration.ofMinutes(10);

    private TokenAnswer() {}

    /** How long the token works, from when the answer was made. Older Entra versions write the number as text. */
    static Duration lifetime(Answer answer) {
        try {
            var seconds = MAPPER.readTree(answer.body()).path("expires_in").asLong(0);
            return seconds > 0 ? Duration.ofSeconds(seconds) : UNSTATED;
        } catch (JacksonException e) {
            return UNSTATED;
        }
    }

    /**
     * The application permissions in a token, for diagnosis only: its format is between Entra and Graph, and its signature
     * is not checked.
     *
     * @return none when it carries none; absent when it cannot be read, and nobody knows
     */
    static Optional<Set<String>> roles(String accessToken) {
        var parts = accessToken.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var claims = MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            if (!claims.isObject()) {
                return Optional.empty();
            }
            var roles = new LinkedHashSet<String>();
            claims.path("roles")
                    .valueStream()
                    .filter(JsonNode::isString)
                    .forEach(role -> roles.add(role.stringValue()));
            return Optional.of(roles);
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
