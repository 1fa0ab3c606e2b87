package dev.gatehouse.workbench.web.frame;

/**
 * Lays JSON text out over lines. It moves white space between tokens and touches nothing else, so that every number,
 * escape and repeated key stays as Microsoft wrote it. Text that is no JSON stays whole too, but is indented oddly.
 */
final class PrettyJson {

    private static final String INDENT = "  ";

    /** Deeper levels are not indented any further: deeply nested JSON would become a text many times as long. */
    private static final int DEEPEST_INDENT = 40;

    private final String source;
    private final StringBuilder out;
    private int depth;

    private PrettyJson(String source) {
        this.source = source;
        out = new StringBuilder(source.length() * 2);
    }

    static String of(String json) {
        return new PrettyJson(json).layOut();
    }

    private String layOut() {
        for (int at = 0; at < source.length(); at++) {
            var character = source.charAt(at);
            switch (character) {
                case '"' -> at = copyString(at);
                case '{', '[' -> at = open(at);
                case '}', ']' -> {
                    depth = Math.max(0, depth - 1);
                    newLine();
                    out.append(character);
                }
                case ',' -> {
                    out.append(character);
                    newLine();
                }
                case ':' -> out.append(": ");
                case ' ', '\t', '\n', '\r' -> {}
                default -> out.append(character);
            }
        }
        return out.toString();
    }

    private int copyString(int start) {
        var end = start + 1;
        while (end < source.length() && source.charAt(end) != '"') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, source.length() - 1);
        out.append(source, start, end + 1);
        return end;
    }

    /** Opens an object or list; an empty one stays on its line. */
    private int open(int start) {
        out.append(source.charAt(start));
        var next = start + 1;
        while (next < source.length() && Character.isWhitespace(source.charAt(next))) {
            next++;
        }
        if (next < source.length() && (source.charAt(next) == '}' || source.charAt(next) == ']')) {
            out.append(source.charAt(next));
            return next;
        }
        depth++;
        newLine();
        return start;
    }

    private void newLine() {
        out.append('\n').repeat(INDENT, Math.min(depth, DEEPEST_INDENT));
    }
}
