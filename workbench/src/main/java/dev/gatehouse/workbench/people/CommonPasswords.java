package dev.gatehouse.workbench.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The passwords that guessers try first. The list is a resource, read when it is needed and not kept in memory. Few of its
 * entries are long enough to be a password here, but many are what people make a long one from:
 *
 * <pre>
 * summer2026!!        a common one with something around it
 * passwordpassword    a common one again and again
 * 123412341234        the same few characters again and again
 * </pre>
 */
final class CommonPasswords {

    private static final String LIST = "common-passwords.txt";

    /** What a password begins and ends with besides letters. */
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

    /** So many characters around a common password are worth something, unless they are a common password as well. */
    private static final int WORTH_SOMETHING = 8;

    /** So few characters, again and again, are a common password whichever they are. */
    private static final int FEW = 4;

    private CommonPasswords() {}

    /** Whether a password is one of them or made from one, whatever its case. */
    static boolean include(String password) {
        var whole = password.toLowerCase(Locale.ROOT);
        var core = core(whole);
        var around = AROUND.matcher(whole).results().map(MatchResult::group).collect(Collectors.joining());
        var listed = listed(
                Stream.of(whole, core, around).flatMap(CommonPasswords::forms).collect(Collectors.toSet()));
        return isCommon(whole, listed)
                || (isCommon(core, listed) && (around.length() < WORTH_SOMETHING || isCommon(around, listed)));
    }

    private static boolean isCommon(String text, Set<String> listed) {
        return unit(text).length() <= FEW || forms(text).anyMatch(listed::contains);
    }

    private static Stream<String> forms(String text) {
        var unit = unit(text);
        var isRepeated = unit.length() <= text.length() / 2;
        return Stream.of(text, unit, isRepeated ? core(unit) : unit);
    }

    private static String core(String text) {
        return AROUND.matcher(text).replaceAll("");
    }

    /** The shortest text that makes the whole when it is repeated, the last time perhaps cut off. */
    private static String unit(String text) {
        for (var length = 1; length < text.length(); length++) {
            if (text.startsWith(text.substring(length))) {
                return text.substring(0, length);
            }
        }
        return text;
    }

    /** Those of some texts that are on the list, which begins behind its licence and an empty line. */
    private static Set<String> listed(Set<String> texts) {
        try (var list = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(LIST)), StandardCharsets.UTF_8))) {
            return list.lines()
                    .dropWhile(line -> !line.isEmpty())
                    .skip(1)
                    .filter(texts::contains)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list of common passwords", e);
        }
    }
}
