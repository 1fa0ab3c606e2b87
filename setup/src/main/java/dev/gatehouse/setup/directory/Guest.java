package dev.gatehouse.setup.directory;

import java.util.Optional;

/**
 * A user of the directory.
 *
 * @param id the object id
 * @param displayName as shown
 * @param mail the address it was invited by
 * @param userType {@code Guest} or {@code Member}; empty when Graph does not say
 * @param enabled whether it may sign in
 * @param invitation {@code PendingAcceptance} or {@code Accepted}, for invited users
 */
public record Guest(
        String id, String displayName, String mail, String userType, boolean enabled, Optional<String> invitation) {

    /** Whether the invitation has been redeemed. */
    public boolean isRedeemed() {
        return invitation.filter("Accepted"::equalsIgnoreCase).isPresent();
    }
}
