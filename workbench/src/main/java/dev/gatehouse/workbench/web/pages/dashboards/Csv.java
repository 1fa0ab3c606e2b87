package dev.gatehouse.workbench.web.pages.dashboards;

import java.util.List;
import java.util.stream.Collectors;

/** Rows as CSV (RFC 4180) that a spreadsheet can open without running what somebody wrote into a name. */
final class Csv {

    private Csv() {}

    static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** What a spreadsheet would take for a formula gets an apostrophe before it, which makes it a text. */
    private static String cell(String text) {
        var safe = isFormula(text) ? "'" + text : text;
        return safe.chars().anyMatch(letter -> letter == '"' || letter == ',' || letter == '\n' || letter == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private static boolean isFormula(String text) {
        var begin = text.stripLeading();
        return (!begin.isEmpty() && "=+-@|".indexOf(begin.charAt(0)) >= 0)
                || (!text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0);
    }
}
