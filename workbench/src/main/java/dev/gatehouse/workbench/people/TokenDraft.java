package dev.gatehouse.workbench.people;

import dev.gatehouse.model.Pasted;

/**
 * What somebody typed about a token, unchecked but for invisible characters.
 *
 * @param name who or what is to use it
 * @param membership what it is to be, and where
 * @param expires the last day that it works, or the moment it ends, both in UTC; blank for never
 */
public record TokenDraft(String name, MembershipDraft membership, String expires) {

    public TokenDraft {
        name = Pasted.text(name);
        expires = Pasted.value(expires);
    }
}
