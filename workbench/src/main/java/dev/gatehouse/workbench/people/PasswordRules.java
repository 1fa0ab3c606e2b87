package dev.gatehouse.workbench.people;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a new password has to be like. */
final class PasswordRules {

    static final int SHORTEST = 12;

    /** What bcrypt can take in, in bytes; it would ignore the rest without a word. */
    static final int LONGEST = 72;

    private static final String PRODUCT = "gatehouse";

    /** Shorter names are found in words that have nothing to do with them. */
    private static final int SHORTEST_NAME = 4;

    private PasswordRules() {}

    /** What is wrong with a new password of an account; empty when nothing is. */
    static Optional<String> problemWith(String password, String email) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("The new password needs at least %d characters.".formatted(SHORTEST));
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("The new password may have at most %d bytes.".formatted(LONGEST));
        }
        var text = password.toLowerCase(Locale.ROOT);
        if (text.contains(PRODUCT)) {
            return Optional.of("The new password must not contain the name Gatehouse.");
        }
        var name = email.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        if (name.length() >= SHORTEST_NAME && text.contains(name)) {
            return Optional.of("The new password must not contain the name in your e-mail address.");
        }
        if (CommonPasswords.include(password)) {
            return Optional.of(
                    "The new password is too common: it is on the list that guessers try first, or made from an entry of it. A few words in a row are good.");
        }
        return Optional.empty();
    }
}
