package dev.gatehouse.kql;

import dev.gatehouse.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the text of a query into words. Comments and blanks fall away. */
final class Lexer {

    private static final int LONGEST_QUERY = 1_000_000;

    /** Longest first, so that {@code ==} is not read as two {@code =}. */
    private static final List<String> SYMBOLS = List.of(
            "..", "==", "!=", "=~", "!~", "<=", ">=", "<>", "=>", "|", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".",
            "=", "<", ">", "+", "-", "*", "/", "%");

    /** The operators that a leading {@code !} turns round. */
    private static final Set<String> REVERSIBLE = Set.of(
            "contains",
            "contains_cs",
            "startswith",
            "startswith_cs",
            "endswith",
            "endswith_cs",
            "has",
            "has_cs",
            "hasprefix",
            "hasprefix_cs",
            "hassuffix",
            "hassuffix_cs",
            "in",
            "between");

    /** Names that, before a parenthesis, start a literal whose inside follows rules of its own. */
    private static final Map<String, Kind> RAW_LITERALS = Map.of(
            "datetime", Kind.DATETIME,
            "date", Kind.DATETIME,
            "timespan", Kind.TIMESPAN,
            "time", Kind.TIMESPAN,
            "guid", Kind.GUID);

    private final String query;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String query) {
        this.query = query;
    }

    List<Token> tokens() {
        if (query.length() > LONGEST_QUERY) {
            throw trouble(0, "The query is longer than " + LONGEST_QUERY + " characters");
        }
        while (skipBlanksAndComments()) {
            char next = query.charAt(at);
            if (isNameStart(next) && !startsPrefixedText()) {
                name();
            } else if (isDigit(next)) {
                number();
            } else if (next == '"' || next == '\'' || next == '`' || next == '@' || startsPrefixedText()) {
                text();
            } else if (next == '!' && at + 1 < query.length() && isNameStart(query.charAt(at + 1))) {
                reversedOperator();
            } else {
                symbol();
            }
        }
        tokens.add(new Token(Kind.END, "the end of the query", null, query.length()));
        return tokens;
    }

    private boolean skipBlanksAndComments() {
        while (at < query.length()) {
            char next = query.charAt(at);
            if (Character.isWhitespace(next) || next == '\uFEFF' || next == '\u00A0') {
                at++;
            } else if (query.startsWith("//", at)) {
                int end = query.indexOf('\n', at);
                at = end < 0 ? query.length() : end;
            } else {
                return true;
            }
        }
        return false;
    }

    private void name() {
        int start = at;
        String name = takeName();
        if ((name.equals("in") || name.equals("has_any")) && at < query.length() && query.charAt(at) == '~') {
            at++;
            name += "~";
        }
        if (name.equals("project") && at < query.length() && query.charAt(at) == '-') {
            name += hyphenated(Set.of("-away", "-keep", "-rename", "-reorder"));
        } else if (name.equals("parse")) {
            name += hyphenated(Set.of("-where"));
        } else if (name.equals("mv") || name.equals("make")) {
            name += hyphenated(Set.of("-expand", "-apply", "-series"));
        }
        @Nullable Kind literal = RAW_LITERALS.get(name);
        if (literal != null && nextIs('(')) {
            rawLiteral(start, name, literal);
        } else {
            tokens.add(new Token(Kind.NAME, name, null, start));
        }
    }

    /** {@code project-away} is one word, but {@code a-away} is a subtraction; so only known endings count. */
    private String hyphenated(Set<String> endings) {
        for (String ending : endings) {
            if (query.startsWith(ending, at)) {
                at += ending.length();
                return ending;
            }
        }
        return "";
    }

    private String takeName() {
        int start = at;
        while (at < query.length() && isNamePart(query.charAt(at))) {
            at++;
        }
        return query.substring(start, at);
    }

    private boolean nextIs(char wanted) {
        int ahead = at;
        while (ahead < query.length() && Character.isWhitespace(query.charAt(ahead))) {
            ahead++;
        }
        return ahead < query.length() && query.charAt(ahead) == wanted;
    }

    private void rawLiteral(int start, String name, Kind kind) {
        int open = query.indexOf('(', at);
        int close = query.indexOf(')', open);
        if (close < 0) {
            throw trouble(start, "Missing ')' after " + name + "(");
        }
        String inside = query.substring(open + 1, close).strip();
        at = close + 1;
        if (inside.length() >= 2 && "'\"".indexOf(inside.charAt(0)) >= 0 && inside.endsWith(inside.substring(0, 1))) {
            inside = inside.substring(1, inside.length() - 1);
        }
        String shown = query.substring(start, at);
        if (inside.equals("null")) {
            tokens.add(new Token(kind, shown, null, start));
            return;
        }
        Optional<?> value =
                switch (kind) {
                    case DATETIME -> Times.parseInstant(inside);
                    case TIMESPAN -> Times.parseSpan(inside);
                    default -> Optional.of(inside);
                };
        if (value.isEmpty()) {
            throw trouble(start, "'" + inside + "' is not a " + name);
        }
        tokens.add(new Token(kind, shown, value.get(), start));
    }

    private void number() {
        int start = at;
        if (query.startsWith("0x", at) || query.startsWith("0X", at)) {
            at += 2;
            String digits = takeName();
            try {
                tokens.add(new Token(Kind.LONG, "0x" + digits, Long.parseUnsignedLong(digits, 16), start));
            } catch (NumberFormatException _) {
                throw trouble(start, "'0x" + digits + "' is not a number");
            }
            return;
        }
        skipDigits();
        boolean whole = true;
        if (at + 1 < query.length() && query.charAt(at) == '.' && isDigit(query.charAt(at + 1))) {
            whole = false;
            at++;
            skipDigits();
        }
        int exponent = exponentLength();
        if (exponent > 0) {
            whole = false;
            at += exponent;
        }
        String digits = query.substring(start, at);
        if (at < query.length() && isNameStart(query.charAt(at))) {
            String unit = takeName();
            tokens.add(new Token(
                    Kind.TIMESPAN,
                    digits + unit,
                    Times.spanOf(digits, unit).orElseThrow(() -> trouble(start, "Unexpected '" + digits + unit + "'")),
                    start));
            return;
        }
        try {
            tokens.add(
                    whole
                            ? new Token(Kind.LONG, digits, Long.parseLong(digits), start)
                            : new Token(Kind.REAL, digits, Double.parseDouble(digits), start));
        } catch (NumberFormatException _) {
            throw trouble(start, "The number '" + digits + "' is too large");
        }
    }

    private void skipDigits() {
        while (at < query.length() && isDigit(query.charAt(at))) {
            at++;
        }
    }

    /** Of {@code e5}, {@code E-12}; zero when what follows is something else, such as a unit of time. */
    private int exponentLength() {
        if (at >= query.length() || (query.charAt(at) != 'e' && query.charAt(at) != 'E')) {
            return 0;
        }
        int ahead = at + 1;
        if (ahead < query.length() && (query.charAt(ahead) == '+' || query.charAt(ahead) == '-')) {
            ahead++;
        }
        int digits = ahead;
        while (ahead < query.length() && isDigit(query.charAt(ahead))) {
            ahead++;
        }
        return ahead == digits ? 0 : ahead - at;
    }

    /** {@code h"…"} hides a text from Microsoft's logs; {@code @"…"} takes backslashes as they are. */
    private boolean startsPrefixedText() {
        int ahead = at;
        if (query.charAt(ahead) == 'h' || query.charAt(ahead) == 'H') {
            ahead++;
        }
        if (ahead < query.length() && query.charAt(ahead) == '@') {
            ahead++;
        }
        return ahead > at && ahead < query.length() && (query.charAt(ahead) == '"' || query.charAt(ahead) == '\'');
    }

    private void text() {
        int start = at;
        if (query.startsWith("```", at)) {
            int end = query.indexOf("```", at + 3);
            if (end < 0) {
                throw trouble(start, "A text that starts with ``` has no end");
            }
            at = end + 3;
            addText(start, query.substring(start + 3, end));
            return;
        }
        if (query.charAt(at) == 'h' || query.charAt(at) == 'H') {
            at++;
        }
        boolean verbatim = query.charAt(at) == '@';
        if (verbatim) {
            at++;
        }
        char quote = at < query.length() ? query.charAt(at) : ' ';
        if (quote != '"' && quote != '\'') {
            throw trouble(start, "Unexpected '" + query.charAt(start) + "'");
        }
        at++;
        var text = new StringBuilder();
        while (true) {
            if (at >= query.length() || (!verbatim && query.charAt(at) == '\n')) {
                throw trouble(start, "The text that starts here has no closing " + quote);
            }
            char next = query.charAt(at++);
            if (next == quote) {
                boolean doubled = verbatim && at < query.length() && query.charAt(at) == quote;
                if (!doubled) {
                    break;
                }
                at++;
                text.append(quote);
            } else if (next == '\\' && !verbatim) {
                text.append(escaped(start));
            } else {
                text.append(next);
            }
        }
        addText(start, text.toString());
    }

    private void addText(int start, String value) {
        tokens.add(new Token(Kind.TEXT, "'" + value + "'", value, start));
    }

    private char escaped(int start) {
        if (at >= query.length()) {
            throw trouble(start, "The text that starts here has no end");
        }
        char next = query.charAt(at++);
        return switch (next) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'a' -> '\u0007';
            case 'v' -> '\u000B';
            case '0' -> '\0';
            case '\\', '\'', '"', '`' -> next;
            case 'u' -> hexadecimal(4);
            case 'x' -> hexadecimal(2);
            default ->
                throw trouble(at - 2, "Unknown escape '\\" + next + "'; write @'…' to take backslashes as they are");
        };
    }

    private char hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < query.length() ? Character.digit(query.charAt(at), 16) : -1;
            if (digit < 0) {
                throw trouble(at, "An escape needs " + digits + " hexadecimal digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private void reversedOperator() {
        int start = at;
        at++;
        String name = takeName();
        if (!REVERSIBLE.contains(name)) {
            throw trouble(start, "Unexpected '!" + name + "'");
        }
        if (name.equals("in") && at < query.length() && query.charAt(at) == '~') {
            at++;
            name += "~";
        }
        tokens.add(new Token(Kind.NAME, "!" + name, null, start));
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (query.startsWith(symbol, at)) {
                tokens.add(new Token(Kind.SYMBOL, symbol, null, at));
                at += symbol.length();
                return;
            }
        }
        throw trouble(at, "Unexpected '" + Character.toString(query.codePointAt(at)) + "'");
    }

    private static boolean isNameStart(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character == '$';
    }

    private static boolean isNamePart(char character) {
        return isNameStart(character) || isDigit(character);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private KqlException trouble(int position, String detail) {
        return KqlException.syntax(query, position, detail);
    }
}
