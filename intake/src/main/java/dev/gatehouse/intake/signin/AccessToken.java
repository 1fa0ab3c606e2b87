package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Cloud;
import java.time.Instant;
import java.util.Set;

/**
 * A token for one tenant's Graph. It prints without its value, and {@link #cloud()} says which host may see it.
 *
 * @param value what goes behind {@code Bearer}
 * @param cloud the cloud that it was issued for
 * @param expires when it stops working, by this machine's clock
 * @param roles the application permissions that were granted; empty when nobody consented
 */
public record AccessToken(String value, Cloud cloud, Instant expires, Set<String> roles) {

    public AccessToken {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "AccessToken[cloud=%s, expires=%s, roles=%s]".formatted(cloud, expires, roles);
    }
}
