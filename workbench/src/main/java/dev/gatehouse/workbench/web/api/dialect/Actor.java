package dev.gatehouse.workbench.web.api.dialect;

import dev.gatehouse.workbench.people.ApiToken;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import org.springframework.security.core.Authentication;

/** Who does something through the API, in the words of a history. */
public final class Actor {

    private Actor() {}

    /** What they may see. */
    public static Scope scope(Authentication who) {
        return Caller.of(who).map(Caller::scope).orElseGet(Scope::nothing);
    }

    /** What they are called. */
    public static String of(Caller who) {
        return switch (who) {
            case ApiToken token -> "API token '%s'".formatted(token.name());
            case SignedIn person -> person.account().email();
        };
    }

    /** What they are called. */
    public static String of(Authentication who) {
        return who.getPrincipal() instanceof ApiToken token ? "API token '%s'".formatted(token.name()) : who.getName();
    }
}
