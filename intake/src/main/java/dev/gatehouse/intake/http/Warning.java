package dev.gatehouse.intake.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One value of a {@code Warning} header, e.g. {@code 299 - "This version is deprecated"} or, with what was asked beside
 * others in its text, {@code 199 - "Microsoft/WDATP/504/10000"}.
 *
 * @param code three digits; 0 when the value is not written as the standard has it
 * @param agent who added it, {@code -} when it does not say; empty when the code is 0
 * @param text what it says, without quotes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7234#section-5.5">RFC 7234, section 5.5</a>
 */
public record Warning(int code, String agent, String text) {

    private static final Pattern VALUE =
            Pattern.compile("(\\d{3}) +([^ ,\"]+) +\"((?:[^\"\\\\]|\\\\.)*+)\"(?: +\"[^\"]*\")?", Pattern.DOTALL);

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /** All warnings of an answer: a header may hold several, and come several times. What cannot be read is one of code 0. */
    public static List<Warning> of(Headers headers) {
        var warnings = new ArrayList<Warning>();
        for (var header : headers.values().getOrDefault("Warning", List.of())) {
            read(header.strip(), warnings);
        }
        return List.copyOf(warnings);
    }

    private static void read(String header, List<Warning> warnings) {
        var value = VALUE.matcher(header);
        var at = 0;
        while (at < header.length()) {
            if (!value.find(at) || value.start() != at) {
                warnings.add(new Warning(0, "", header.substring(at)));
                return;
            }
            warnings.add(new Warning(
                    Integer.parseInt(value.group(1)),
                    value.group(2),
                    ESCAPED.matcher(value.group(3)).replaceAll("$1")));
            at = behindSeparator(header, value.end());
        }
    }

    private static int behindSeparator(String header, int from) {
        var at = from;
        while (at < header.length() && (header.charAt(at) == ',' || Character.isWhitespace(header.charAt(at)))) {
            at++;
        }
        return at;
    }
}
