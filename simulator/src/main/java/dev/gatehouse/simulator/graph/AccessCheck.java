package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.http.Request;
import java.time.Instant;
import java.util.Arrays;

/** Who calls, and may they? */
final class AccessCheck {

    private final Tokens tokens;
    private final Resources resources;

    AccessCheck(Tokens tokens, Resources resources) {
        this.tokens = tokens;
        this.resources = resources;
    }

    /** What the caller's token says, when it is good and meant for Graph. */
    Tokens.Access access(Request request, Instant now) throws Refused {
        var header = request.headers().first("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)
                || header.substring(7).isBlank()) {
            throw Refused.badToken("Access token is empty.");
        }
        return switch (tokens.check(header.substring(7).strip(), now)) {
            case Tokens.Verdict.Bad(var fault) ->
                throw Refused.badToken(
                        switch (fault) {
                            case MALFORMED ->
                                "IDX14100: JWT is not well formed, there are no dots (.) or the parts are not JSON.";
                            case SIGNATURE -> "Access token validation failure. Invalid signature.";
                            case EXPIRED -> "Lifetime validation failed, the token is expired.";
                            case NOT_YET_VALID -> "Lifetime validation failed, the token is not yet valid.";
                        });
            case Tokens.Verdict.Good(var access) -> {
                if (!resources.isGraph(access.audience())) {
                    throw Refused.badToken("Access token validation failure. Invalid audience.");
                }
                yield access;
            }
        };
    }

    /** Refuses a token that has none of the roles, in the words of github.com/wazuh/wazuh-documentation, issue 7300. */
    static void require(Tokens.Access access, String roles) throws Refused {
        if (Arrays.stream(roles.split(",", -1)).noneMatch(access.roles()::contains)) {
            throw new Refused(
                    403,
                    "Forbidden",
                    "Missing application roles. API required roles: %s, application roles: %s."
                            .formatted(roles, String.join(",", access.roles())));
        }
    }
}
