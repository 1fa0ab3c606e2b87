package dev.gatehouse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows under headings, made to fit the terminal: texts that may be cut lose their ends, widest first, until a row fits
 * on a line. Where there is no terminal nothing is cut, so that other programs see everything.
 */
public final class Table {

    private static final int GAP = 2;
    private static final int NARROWEST = 6;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A heading.
     *
     * @param mayBeCut whether the end of a text may be left out; ids and times are of no use without their ends
     */
    public record Column(String heading, boolean mayBeCut) {
        public static Column whole(String heading) {
            return new Column(heading, false);
        }

        public static Column text(String heading) {
            return new Column(heading, true);
        }
    }

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with one cell per column. */
    public void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("%d cells for %d columns".formatted(cells.length, columns.size()));
        }
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(harmless(cell));
        }
        rows.add(row);
    }

    /** The lines to print, the headings first. */
    public List<String> lines(OptionalInt terminalWidth) {
        var widths = widths(terminalWidth);
        var lines = new ArrayList<String>();
        lines.add(line(columns.stream().map(Column::heading).toList(), widths));
        for (var row : rows) {
            lines.add(line(row, widths));
        }
        return List.copyOf(lines);
    }

    /**
     * A text of somebody else's without control characters: a vendor alert's title must not move the cursor or recolour the
     * analyst's terminal.
     */
    public static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ");
    }

    private int[] widths(OptionalInt terminalWidth) {
        var widths = new int[columns.size()];
        for (var i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).heading().length();
            for (var row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        if (terminalWidth.isPresent()) {
            shrink(widths, terminalWidth.getAsInt());
        }
        return widths;
    }

    private void shrink(int[] widths, int terminalWidth) {
        var excess = GAP * (widths.length - 1) - terminalWidth;
        for (var width : widths) {
            excess += width;
        }
        for (; excess > 0; excess--) {
            var widest = -1;
            for (var i = 0; i < widths.length; i++) {
                var canShrink = columns.get(i).mayBeCut()
                        && widths[i]
                                > Math.max(NARROWEST, columns.get(i).heading().length());
                if (canShrink && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            var cell = cells.get(i);
            var shown = cell.length() <= widths[i] ? cell : cell.substring(0, widths[i] - 1) + "…";
            line.append(shown).append(" ".repeat(widths[i] - shown.length() + GAP));
        }
        return line.toString().stripTrailing();
    }
}
