package dev.gatehouse.kql;

/** How Kusto compares texts. */
final class Texts {

    private Texts() {}

    static boolean contains(String text, String part, boolean ignoreCase) {
        return ignoreCase ? indexOf(text, part, 0, true) >= 0 : text.contains(part);
    }

    static boolean startsWith(String text, String part, boolean ignoreCase) {
        return text.regionMatches(ignoreCase, 0, part, 0, part.length());
    }

    static boolean endsWith(String text, String part, boolean ignoreCase) {
        return text.regionMatches(ignoreCase, text.length() - part.length(), part, 0, part.length());
    }

    /**
     * Whether the text has the part as a term: between characters that are neither letters nor digits. {@code "CN=Tier-0"}
     * has {@code "tier"} and {@code "tier-0"}, but not {@code "tie"}.
     */
    static boolean has(String text, String part, boolean ignoreCase, boolean wholeStart, boolean wholeEnd) {
        if (part.isEmpty()) {
            return true;
        }
        for (int at = indexOf(text, part, 0, ignoreCase); at >= 0; at = indexOf(text, part, at + 1, ignoreCase)) {
            int end = at + part.length();
            boolean starts = !wholeStart || at == 0 || isBorder(text.charAt(at - 1), text.charAt(at));
            boolean ends = !wholeEnd || end == text.length() || isBorder(text.charAt(end - 1), text.charAt(end));
            if (starts && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBorder(char left, char right) {
        return !Character.isLetterOrDigit(left) || !Character.isLetterOrDigit(right);
    }

    private static int indexOf(String text, String part, int from, boolean ignoreCase) {
        if (!ignoreCase) {
            return text.indexOf(part, from);
        }
        int last = text.length() - part.length();
        for (int at = from; at <= last; at++) {
            if (text.regionMatches(true, at, part, 0, part.length())) {
                return at;
            }
        }
        return -1;
    }
}
