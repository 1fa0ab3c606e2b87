package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Cloud;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token for one tenant's Graph. It prints without its value, and {@link #cloud()} says which host may see it.
 *
 * @param value what goes behind {@code Bearer}
 * @param cloud the cloud that it was issued for
 * @param expires when it stops working, by this machine's clock
 * @param roles the application permissions that were granted, none when nobody consented; absent when the token is not one
 *     that we can read, which is between Entra and Graph and says nothing about what was granted
 */
public record AccessToken(String value, Cloud cloud, Instant expires, Optional<Set<String>> roles) {

    public AccessToken {
        roles = roles.map(Set::copyOf);
    }

    /** Whether a permission is known to be missing; a token that we cannot read may carry it. */
    public boolean lacks(String permission) {
        return roles.filter(granted -> !granted.contains(permission)).isPresent();
    }

    @Override
    public String toString() {
        return "AccessToken[cloud=%s, expires=%s, roles=%s]".formatted(cloud, expires, roles);
    }
}
