package dev.gatehouse.workbench.people;

import java.util.UUID;

/**
 * A person who signs in.
 *
 * @param id ours
 * @param email what they sign in with; unique without regard to case
 * @param displayName how screens call them
 * @param membership what they are, and where
 */
public record Account(UUID id, String email, String displayName, Membership membership) {

    public Role role() {
        return membership.role();
    }
}
