package dev.gatehouse.workbench.show;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A technique of MITRE ATT&amp;CK.
 *
 * @param id for example {@code T1003.006}
 * @param name for example {@code DCSync}; empty when we do not know it
 * @see <a href="https://attack.mitre.org/techniques/enterprise/">MITRE ATT&amp;CK</a>
 */
public record Technique(String id, String name) {

    private static final Pattern SHAPE = Pattern.compile("T\\d{4}(\\.\\d{3})?");

    /** Its page at MITRE, when the id has the shape of one. */
    public Optional<String> address() {
        var wanted = id.toUpperCase(Locale.ROOT);
        return SHAPE.matcher(wanted).matches()
                ? Optional.of("https://attack.mitre.org/techniques/" + wanted.replace('.', '/') + "/")
                : Optional.empty();
    }
}
