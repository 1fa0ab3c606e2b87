package dev.gatehouse.workbench.files;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a file is called, without a path and without characters that nobody sees or that turn the direction of writing, by
 * which {@code exe.fdp} would be read as {@code pdf.exe}.
 *
 * @param text at most 200 characters
 */
public record FileName(String text) {

    private static final int LONGEST = 200;

    /** What RFC 8187 lets stand as it is. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    /** Reads what somebody calls a file; some browsers send the whole path. */
    public FileName {
        text = clean(text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1));
        if (text.isEmpty() || text.chars().allMatch(letter -> letter == '.')) {
            throw new InvalidFields(List.of(FieldProblem.error("filename", "Say what the file is called.")));
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "filename", "The name is too long. Use at most %d characters.".formatted(LONGEST))));
        }
    }

    private static String clean(String name) {
        var clean = new StringBuilder();
        name.codePoints()
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                })
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /**
     * The header {@code Content-Disposition} by which a browser saves the file and never shows it, after RFC 6266: for old
     * programs in ASCII, for others in UTF-8. Characters that a file system may not take are underscores.
     */
    public String attachment() {
        var safe = text.replaceAll("[\"*:<>?|%;]", "_");
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(safe.replaceAll("[^\\x20-\\x7e]", "_"), encoded(safe));
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (var each : text.getBytes(StandardCharsets.UTF_8)) {
            var letter = (char) (each & 0xff);
            var isPlain = letter < 0x80 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0);
            encoded.append(isPlain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
