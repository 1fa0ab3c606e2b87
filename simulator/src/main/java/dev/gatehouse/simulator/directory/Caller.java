package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Tokens.Access;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Who makes a request and what they may do. A user needs both: the permission in the token and a role in the directory.
 *
 * @param directory the tenant that the token is for
 * @param access what the token says
 * @param permissions delegated or application permissions, by name
 * @param roles the user's roles as they are now; empty for an application
 */
record Caller(CustomerDirectory directory, Access access, Set<String> permissions, Set<DirectoryRole> roles) {

    static Caller of(CustomerDirectory directory, Access access) {
        var user = access.userId();
        var permissions = new HashSet<>(user.isPresent() ? access.scopes() : access.roles());
        var roles = user.isPresent() ? directory.rolesOf(user.get().toString()) : Set.<DirectoryRole>of();
        return new Caller(directory, access, permissions, roles);
    }

    boolean isUser() {
        return access.userId().isPresent();
    }

    /** Whether the token holds one of these permissions. */
    boolean hasPermission(String... anyOf) {
        return Arrays.stream(anyOf).anyMatch(permissions::contains);
    }

    /** Ends the request unless the token holds one of these permissions. */
    void needsPermission(String... anyOf) {
        if (!hasPermission(anyOf)) {
            throw DirectoryError.forbidden();
        }
    }

    /** Ends the request unless a user holds one of these roles. Global Administrator always does. */
    void needsRole(DirectoryRole... anyOf) {
        if (isUser()
                && !roles.contains(DirectoryRole.GLOBAL_ADMINISTRATOR)
                && Arrays.stream(anyOf).noneMatch(roles::contains)) {
            throw DirectoryError.forbidden();
        }
    }
}
