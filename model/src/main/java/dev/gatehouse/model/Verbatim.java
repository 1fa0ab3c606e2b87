package dev.gatehouse.model;

import java.util.Optional;

/**
 * A member of one of Microsoft's enumerations, with the word they used. Microsoft adds members at any time; a word that
 * we do not know yet is kept, not replaced.
 *
 * @param written the word as received
 * @param known our member for it, empty when the word is new to us
 */
public record Verbatim<E extends Enum<E>>(String written, Optional<E> known) {

    /**
     * Reads a word. Case, and the difference between {@code inProgress} and {@code IN_PROGRESS}, do not matter.
     *
     * @param type the enumeration to look in
     * @param written the word as received
     */
    public static <E extends Enum<E>> Verbatim<E> of(Class<E> type, String written) {
        var wanted = written.replace("_", "");
        for (var member : type.getEnumConstants()) {
            if (member.name().replace("_", "").equalsIgnoreCase(wanted)) {
                return new Verbatim<E>(written, Optional.of(member));
            }
        }
        return new Verbatim<E>(written, Optional.empty());
    }

    public boolean is(E member) {
        return known.filter(member::equals).isPresent();
    }

    @Override
    public String toString() {
        return written;
    }
}
