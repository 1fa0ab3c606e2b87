package dev.gatehouse.workbench.web.frame;

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

    private static final int LONGEST = 20;
    private static final Pattern SHAPE = Pattern.compile("T\\d{4}(\\.\\d{3})?");

    /** {@code T1003.006 DCSync}, or the id alone where there is no name. */
    public String titled() {
        return name.isEmpty() ? id : id + " " + name;
    }

    /** Its page at MITRE, when the id has the shape of one. */
    public Optional<String> address() {
        if (id.length() > LONGEST) {
            return Optional.empty();
        }
        var wanted = id.toUpperCase(Locale.ROOT);
        return SHAPE.matcher(wanted).matches()
                ? Optional.of("https://attack.mitre.org/techniques/" + wanted.replace('.', '/') + "/")
                : Optional.empty();
    }
}
