package dev.gatehouse.workbench.people;

import dev.gatehouse.model.Pasted;

/**
 * What somebody typed about an account, unchecked but for invisible characters.
 *
 * @param email what the person is to sign in with
 * @param displayName how screens are to call them
 * @param membership what they are to be, and where
 */
public record AccountDraft(String email, String displayName, MembershipDraft membership) {

    public AccountDraft {
        email = Pasted.value(email);
        displayName = Pasted.text(displayName);
    }
}
