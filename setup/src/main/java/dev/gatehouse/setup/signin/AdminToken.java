package dev.gatehouse.setup.signin;

import java.time.Instant;
import java.util.Set;

/**
 * A token with which we act for an administrator. It lives in memory only and prints without its value.
 *
 * @param value what goes behind {@code Bearer}
 * @param name who signed in
 * @param scopes the delegated permissions in it, by name
 * @param expires when it stops working
 */
public record AdminToken(String value, String name, Set<String> scopes, Instant expires) {

    public AdminToken {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "AdminToken[name=%s, scopes=%s, expires=%s]".formatted(name, scopes, expires);
    }
}
