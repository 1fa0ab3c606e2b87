package dev.gatehouse.workbench.web.api;

import dev.gatehouse.workbench.people.ApiToken;
import org.springframework.security.core.Authentication;

/** Who does something through the API, in the words of a history. */
final class Actor {

    private Actor() {}

    static String of(Authentication who) {
        return who.getPrincipal() instanceof ApiToken token ? "API token '%s'".formatted(token.name()) : who.getName();
    }
}
