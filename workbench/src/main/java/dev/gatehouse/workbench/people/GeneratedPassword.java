package dev.gatehouse.workbench.people;

import java.security.SecureRandom;

/** Makes passwords for others, who are shown them once. */
public final class GeneratedPassword {

    /** Without the letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private GeneratedPassword() {}

    /** A new one, of 20 letters and digits: more than 110 bits. */
    public static String draw() {
        return RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString();
    }
}
