package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.model.Severity;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many alerts Microsoft made in each of the last 24 hours, for the chart of the overview. */
@Component
class Arrivals {

    static final int HOURS = 24;

    private final JdbcClient database;
    private final InstantSource clock;

    Arrivals(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String BY_HOUR = """
            select date_trunc('hour', created_at, 'UTC') as hour, severity_rank, count(*) as alerts
              from vendor_alert
             where created_at >= :from and created_at < :to
             group by 1, 2
            """;

    Chart lastDay() {
        var to = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        var from = to.minus(Duration.ofHours(HOURS));
        var counts = new long[HOURS][Severity.values().length];
        database.sql(BY_HOUR)
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query(row -> {
                    var hour = (int)
                            Duration.between(from, Columns.instant(row, "hour")).toHours();
                    counts[hour][row.getInt("severity_rank")] = row.getLong("alerts");
                });
        return Chart.of(from, counts);
    }

    /**
     * Bars in a drawing of 240 by 100, one of ten for each hour.
     *
     * @param from start of the first hour
     * @param most how many alerts the highest bar stands for
     * @param total how many there are in all
     * @param bars the parts of the bars
     */
    public record Chart(Instant from, long most, long total, List<Bar> bars) {

        private static final Severity[] SEVERITIES = Severity.values();

        /** The colour of a severity has the name of the severity. */
        static Chart of(Instant from, long[][] counts) {
            long most = 1;
            long total = 0;
            for (var hour : counts) {
                most = Math.max(most, sum(hour));
                total += sum(hour);
            }
            var bars = new ArrayList<Bar>();
            for (var hour = 0; hour < counts.length; hour++) {
                var top = 100.0;
                for (var rank = SEVERITIES.length - 1; rank >= 0; rank--) {
                    var height = 100.0 * counts[hour][rank] / most;
                    if (height > 0) {
                        top -= height;
                        bars.add(new Bar(SEVERITIES[rank].name().toLowerCase(Locale.ROOT), hour * 10 + 1, top, height));
                    }
                }
            }
            return new Chart(from, most, total, List.copyOf(bars));
        }

        private static long sum(long[] counts) {
            long sum = 0;
            for (var count : counts) {
                sum += count;
            }
            return sum;
        }
    }

    /** A part of a bar, in the drawing's units. */
    public record Bar(String severity, int x, double y, double height) {}
}
