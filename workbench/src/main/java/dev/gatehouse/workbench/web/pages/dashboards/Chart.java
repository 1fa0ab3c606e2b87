package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.web.frame.Address;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A chart over time. The page has it as a table, which charts.js draws; whoever cannot see a drawing reads the table.
 *
 * @param id unique on the page
 * @param title what it shows
 * @param step what a point stands for, e.g. {@code Day}
 * @param points in the order of time
 */
public record Chart(
        String id, String title, Kind kind, Unit unit, String step, List<Series> series, List<Point> points) {

    public Chart {
        series = List.copyOf(series);
        points = List.copyOf(points);
    }

    /** How it is drawn. */
    public enum Kind {
        /** Parts of a whole, one upon the other. */
        BARS,
        LINES;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What its values are. */
    public enum Unit {
        NUMBER,
        SECONDS;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Values that belong together.
     *
     * @param tone a colour of the sheet: {@code critical}, {@code high}, {@code medium}, {@code low}, {@code informational},
     *     {@code good} or {@code unknown}; empty when they are not drawn
     */
    public record Series(String title, String tone) {

        /** Values that are not drawn. */
        static Series inTableOnly(String title) {
            return new Series(title, "");
        }
    }

    /**
     * A point in time with a cell for each series.
     *
     * @param label as people read it
     */
    public record Point(LocalDate day, String label, List<Cell> cells) {

        public Point {
            cells = List.copyOf(cells);
        }

        /** The beginning of the day (UTC) in seconds since 1970. */
        public long at() {
            return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        }
    }

    /**
     * One value.
     *
     * @param value empty when there is none
     * @param text as people read it
     * @param rows where the rows are that it counts, when it is a number of rows
     */
    public record Cell(OptionalLong value, String text, Optional<Address> rows) {}
}
