package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Who stands behind a request: a person who has signed in, or a program with a token. */
public sealed interface Caller permits SignedIn, ApiToken {

    /** What it is, and where. */
    Membership membership();

    /** The account, when it is a person. */
    Optional<UUID> accountId();

    /** What it may see. */
    default Scope scope() {
        return membership().scope();
    }

    /** Whether it may do that, within {@link #scope}. */
    default boolean may(Right right) {
        return membership().may(right);
    }

    /** Whoever was let in; empty for a stranger. */
    static Optional<Caller> of(@Nullable Authentication authentication) {
        return Optional.ofNullable(authentication)
                .map(Authentication::getPrincipal)
                .filter(Caller.class::isInstance)
                .map(Caller.class::cast);
    }
}
