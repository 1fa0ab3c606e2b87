package dev.gatehouse.workbench.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a template is laid out. No line is longer than 140 characters, has a tab, or ends in blanks. A line stands two
 * blanks further in for every element around it that begins its own line; {@code html} and {@code body} do not count. The
 * attributes of a tag go on four further in, and the parts of a long value at least four.
 */
final class TemplateFormat {

    private static final int LONGEST = 140;
    private static final Set<String> WITHOUT_END =
            Set.of("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source");
    private static final Set<String> AS_IT_STANDS = Set.of("pre", "textarea", "script", "style");
    private static final Set<String> NOT_COUNTED = Set.of("html", "body");

    /** A comment, a tag with its attributes, or the text up to the next of them. */
    private static final Pattern PIECE = Pattern.compile(
            "(?<comment><!--.*?-->|<!DOCTYPE[^>]*>)"
                    + "|</(?<end>[\\w:-]+)\\s*>"
                    + "|<(?<start>[\\w:-]+)(?<attributes>(?:\\s+[^\\s=>/]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\\s*(?<closed>/?)>"
                    + "|[^<]+|<",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern ATTRIBUTE = Pattern.compile("[^\\s=>/]+(?:=(?:\"[^\"]*\"|'[^']*'))?", Pattern.DOTALL);

    private record Problem(int line, String what) {}

    private record Open(String name, int line, boolean beginsItsLine) {}

    private final List<String> lines;
    private final List<Problem> problems = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /** The line that is read, counted from 0, and whether something of it was read already. */
    private int line;

    private boolean begun;

    /** Where attributes stand that go on in a line after this one. */
    private int further;

    private TemplateFormat(List<String> lines) {
        this.lines = lines;
    }

    /** What is wrong with a template, each with the line's number before it. */
    static List<String> problems(String template) {
        var format = new TemplateFormat(template.lines().toList());
        format.checkLines(template);
        format.checkIndentation(template);
        return format.problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "%d: %s".formatted(problem.line() + 1, problem.what()))
                .toList();
    }

    private void checkLines(String template) {
        for (line = 0; line < lines.size(); line++) {
            var text = lines.get(line);
            if (text.length() > LONGEST) {
                problem("has %d characters, more than %d".formatted(text.length(), LONGEST));
            }
            if (text.contains("\t")) {
                problem("has a tab");
            }
            if (!text.equals(text.stripTrailing())) {
                problem("has blanks at its end");
            }
        }
        if (!template.endsWith("\n")) {
            line = lines.size() - 1;
            problem("ends without a line break");
        }
    }

    private void checkIndentation(String template) {
        line = 0;
        var pieces = PIECE.matcher(template);
        while (pieces.find()) {
            if (pieces.group("comment") != null) {
                begin(depth());
                skip(pieces.group());
            } else if (pieces.group("end") != null) {
                close(pieces.group("end"));
            } else if (pieces.group("start") != null) {
                open(
                        pieces.group("start"),
                        pieces.group("attributes"),
                        !pieces.group("closed").isEmpty());
            } else {
                text(pieces.group());
            }
        }
        open.descendingIterator().forEachRemaining(element -> {
            line = element.line();
            problem("opens %s, which nothing closes".formatted(element.name()));
        });
    }

    private void open(String name, String attributes, boolean isClosed) {
        var beginsItsLine = !begun;
        var firstLine = line;
        begin(depth());
        attributes(attributes);
        if (!isClosed && !WITHOUT_END.contains(name)) {
            open.push(new Open(name, firstLine, beginsItsLine));
        }
    }

    private void attributes(String text) {
        var margin = further;
        var attributes = ATTRIBUTE.matcher(text);
        var end = 0;
        while (attributes.find()) {
            skip(text.substring(end, attributes.start()));
            begin(margin);
            further = margin;
            for (var last = line + breaks(attributes.group()); line < last; ) {
                line++;
                if (indentation(line) < margin) {
                    expect(margin);
                }
            }
            end = attributes.end();
        }
    }

    private void close(String name) {
        var element = open.peek();
        if (element == null || !element.name().equals(name)) {
            problem(
                    element == null
                            ? "closes %s, but nothing is open".formatted(name)
                            : "closes %s, but %s is open since line %d"
                                    .formatted(name, element.name(), element.line() + 1));
            while (!open.isEmpty() && !open.pop().name().equals(name)) {
                // What stands around it is not to be blamed as well.
            }
            begun = true;
            return;
        }
        open.pop();
        if (AS_IT_STANDS.contains(name)) {
            begun = true;
        }
        begin(depth());
    }

    private void text(String text) {
        var element = open.peek();
        if (element != null && AS_IT_STANDS.contains(element.name())) {
            skip(text);
            begun = true;
            return;
        }
        var parts = text.split("\n", -1);
        for (var part = 0; part < parts.length; part++) {
            if (part > 0) {
                line++;
                begun = false;
            }
            if (!parts[part].isBlank()) {
                begin(depth());
            }
        }
    }

    /** Goes on behind a text whose lines are not looked at. */
    private void skip(String text) {
        var breaks = breaks(text);
        line += breaks;
        begun = (begun && breaks == 0)
                || !text.substring(text.lastIndexOf('\n') + 1).isBlank();
    }

    private static int breaks(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    private void begin(int margin) {
        if (!begun) {
            begun = true;
            further = margin + 4;
            if (indentation(line) != margin) {
                expect(margin);
            }
        }
    }

    private int depth() {
        return 2
                * (int) open.stream()
                        .filter(element -> element.beginsItsLine() && !NOT_COUNTED.contains(element.name()))
                        .count();
    }

    private int indentation(int number) {
        var text = lines.get(number);
        return text.length() - text.stripLeading().length();
    }

    private void expect(int margin) {
        if (!lines.get(line).contains("\t")) {
            problem("starts in column %d, expected %d".formatted(indentation(line) + 1, margin + 1));
        }
    }

    private void problem(String problem) {
        problems.add(new Problem(line, problem));
    }
}
