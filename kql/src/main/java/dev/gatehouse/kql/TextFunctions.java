package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** Functions that cut, join, search and change texts. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(Definitions definitions) {
        defineText(definitions, "tolower", text -> text.toLowerCase(Locale.ROOT));
        defineText(definitions, "toupper", text -> text.toUpperCase(Locale.ROOT));
        defineText(definitions, "reverse", text -> new StringBuilder(text)
                .reverse()
                .toString());
        defineText(definitions, "hash_sha256", text -> digest("SHA-256", text));
        defineText(definitions, "hash_sha1", text -> digest("SHA-1", text));
        defineText(definitions, "hash_md5", text -> digest("MD5", text));
        defineText(definitions, "base64_encode_tostring", text -> Base64.getEncoder()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        defineText(definitions, "base64_decode_tostring", TextFunctions::base64Decoded);
        definitions.define("strlen", Table.Type.LONG, List.of(Takes.ANYTHING), 1, (call, row) -> {
            String text = call.text(0, row);
            return (long) text.codePointCount(0, text.length());
        });
        definitions.define(
                "substring", Table.Type.STRING, List.of(Takes.ANYTHING, Takes.NUMBER, Takes.NUMBER), 2, (call, row) -> {
                    String text = call.text(0, row);
                    long start = call.whole(1, row, 0);
                    long from = Math.clamp(start < 0 ? text.length() + start : start, 0, text.length());
                    long length = Math.clamp(call.whole(2, row, text.length()), 0, text.length() - from);
                    return text.substring((int) from, (int) (from + length));
                });
        definitions.defineRepeating(
                "strcat", Table.Type.STRING, List.of(Takes.ANYTHING), 1, (call, row) -> joined(call, row, 0, ""));
        definitions.defineRepeating(
                "strcat_delim",
                Table.Type.STRING,
                List.of(Takes.ANYTHING),
                2,
                (call, row) -> joined(call, row, 1, call.text(0, row)));
        definitions.define(
                "strcat_array", Table.Type.STRING, List.of(Takes.DYNAMIC, Takes.ANYTHING), 2, (call, row) -> {
                    List<String> parts = new ArrayList<>();
                    DynamicFunctions.elements(call, 0, row)
                            .forEach(element -> parts.add(Values.text(Values.json(element))));
                    return join(call, parts, call.text(1, row));
                });
        definitions.define(
                "split",
                Table.Type.DYNAMIC,
                List.of(Takes.ANYTHING, Takes.ANYTHING, Takes.NUMBER),
                2,
                TextFunctions::split);
        definitions.define(
                "indexof", Table.Type.LONG, List.of(Takes.ANYTHING, Takes.ANYTHING, Takes.NUMBER), 2, (call, row) -> {
                    String text = call.text(0, row);
                    String part = call.text(1, row);
                    call.budget().spendOnSearch(text, part);
                    return (long) text.indexOf(part, Math.clamp(call.whole(2, row, 0), 0, Integer.MAX_VALUE));
                });
        definitions.define("countof", Table.Type.LONG, List.of(Takes.ANYTHING, Takes.ANYTHING), 2, (call, row) -> {
            String text = call.text(0, row);
            String part = call.text(1, row);
            call.budget().spendOnSearch(text, part);
            long count = 0;
            for (int at = text.indexOf(part); at >= 0 && !part.isEmpty(); at = text.indexOf(part, at + 1)) {
                count++;
            }
            return count;
        });
        definitions.define(
                "strrep", Table.Type.STRING, List.of(Takes.ANYTHING, Takes.NUMBER, Takes.ANYTHING), 2, (call, row) -> {
                    String text = call.text(0, row);
                    String delimiter = call.count() > 2 ? call.text(2, row) : "";
                    long times = Math.clamp(call.whole(1, row, 0), 0, 1024);
                    call.budget().spendOnNewText(times * (text.length() + delimiter.length()));
                    return String.join(delimiter, Collections.nCopies((int) times, text));
                });
        definitions.define("replace_string", Table.Type.STRING, Takes.three(), 3, TextFunctions::replaced);
        definitions.define(
                "replace_regex",
                Table.Type.STRING,
                Takes.three(),
                3,
                (call, row) -> replacedRegex(call, call.text(0, row), call.text(1, row), call.text(2, row)));
        definitions.define(
                "replace",
                Table.Type.STRING,
                Takes.three(),
                3,
                (call, row) -> replacedRegex(call, call.text(2, row), call.text(0, row), call.text(1, row)));
        definitions.define("extract", Table.Type.STRING, Takes.three(), 3, (call, row) -> {
            Patterns.Match match = call.patterns().match(call.text(0, row), call.text(2, row));
            long group = call.whole(1, row, 0);
            return match.find() && group >= 0 && group <= match.groups() ? match.group((int) group) : "";
        });
        definitions.define(
                "extract_all",
                Table.Type.DYNAMIC,
                List.of(Takes.ANYTHING, Takes.ANYTHING),
                2,
                TextFunctions::extractAll);
        definitions.define("trim", Table.Type.STRING, Takes.two(), 2, (call, row) -> trimmed(call, row, true, true));
        definitions.define(
                "trim_start", Table.Type.STRING, Takes.two(), 2, (call, row) -> trimmed(call, row, true, false));
        definitions.define(
                "trim_end", Table.Type.STRING, Takes.two(), 2, (call, row) -> trimmed(call, row, false, true));
        definitions.define("isempty", Table.Type.BOOL, List.of(Takes.ANYTHING), 1, (call, row) -> isEmpty(call, row));
        definitions.define(
                "isnotempty", Table.Type.BOOL, List.of(Takes.ANYTHING), 1, (call, row) -> !isEmpty(call, row));
    }

    private static void defineText(Definitions definitions, String name, UnaryOperator<String> change) {
        definitions.define(
                name,
                Table.Type.STRING,
                List.of(Takes.ANYTHING),
                1,
                (call, row) -> call.made(change.apply(call.text(0, row))));
    }

    static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has " + algorithm, impossible);
        }
    }

    private static String base64Decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static boolean isEmpty(Call call, Row row) {
        @Nullable Object value = call.value(0, row);
        return value == null || Values.text(value).isEmpty();
    }

    private static String joined(Call call, Row row, int first, String delimiter) {
        List<String> parts = new ArrayList<>();
        for (int i = first; i < call.count(); i++) {
            parts.add(Values.text(call.value(i, row)));
        }
        return join(call, parts, delimiter);
    }

    private static String join(Call call, List<String> parts, String delimiter) {
        long length = 0;
        for (String part : parts) {
            length += part.length() + delimiter.length();
        }
        call.budget().spendOnNewText(length);
        return String.join(delimiter, parts);
    }

    private static @Nullable Object split(Call call, Row row) {
        String text = call.text(0, row);
        String delimiter = call.text(1, row);
        call.budget().spendOnSearch(text, delimiter);
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = delimiter.isEmpty() ? -1 : text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        ArrayNode array = call.newArray(parts.size());
        if (call.count() < 3) {
            parts.forEach(array::add);
        } else {
            long wanted = call.whole(2, row, -1);
            if (wanted >= 0 && wanted < parts.size()) {
                array.add(parts.get((int) wanted));
            }
        }
        return array;
    }

    private static String replaced(Call call, Row row) {
        String text = call.text(0, row);
        String search = call.text(1, row);
        String replacement = call.text(2, row);
        call.budget().spendOnSearch(text, search);
        if (search.isEmpty()) {
            return text;
        }
        long count = 0;
        for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length())) {
            count++;
        }
        call.budget().spendOnNewText(text.length() + count * replacement.length());
        return text.replace(search, replacement);
    }

    /** The rewrite names groups as {@code \1}. */
    private static String replacedRegex(Call call, String text, String regex, String rewrite) {
        Patterns.Match match = call.patterns().match(regex, text);
        var result = new StringBuilder();
        int from = 0;
        while (match.find()) {
            result.append(text, from, match.start());
            appendRewritten(result, rewrite, match);
            from = match.end();
            call.budget().spend(1);
            call.budget().spendOnNewText(result.length());
        }
        return call.made(result.append(text, from, text.length()).toString());
    }

    private static void appendRewritten(StringBuilder result, String rewrite, Patterns.Match match) {
        boolean escaped = false;
        for (int i = 0; i < rewrite.length(); i++) {
            char next = rewrite.charAt(i);
            if (escaped) {
                int group = Character.digit(next, 10);
                result.append(group < 0 ? String.valueOf(next) : match.group(group));
                escaped = false;
            } else if (next == '\\') {
                escaped = true;
            } else {
                result.append(next);
            }
        }
    }

    private static @Nullable Object extractAll(Call call, Row row) {
        Patterns.Match match = call.patterns().match(call.text(0, row), call.text(1, row));
        if (match.groups() == 0) {
            throw call.wrong("the regular expression needs at least one group in parentheses");
        }
        ArrayNode found = call.newArray(0);
        while (match.find()) {
            call.budget().spend(1);
            if (match.groups() == 1) {
                found.add(match.group(1));
            } else {
                ArrayNode groups = found.addArray();
                for (int i = 1; i <= match.groups(); i++) {
                    groups.add(match.group(i));
                }
            }
        }
        return found.isEmpty() ? null : found;
    }

    private static String trimmed(Call call, Row row, boolean start, boolean end) {
        String regex = call.text(0, row);
        String text = call.text(1, row);
        if (start) {
            Patterns.Match leading = call.patterns().match("\\A(?:" + regex + ")", text);
            if (leading.find()) {
                text = text.substring(leading.end());
            }
        }
        if (end) {
            Patterns.Match trailing = call.patterns().match("(?:" + regex + ")\\z", text);
            if (trailing.find()) {
                text = text.substring(0, trailing.start());
            }
        }
        return text;
    }
}
