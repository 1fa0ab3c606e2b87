package dev.gatehouse.workbench.web.pages.home;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How many vendor alerts Microsoft made in each of the last 24 hours, for the chart of the overview. */
@Component
class Arrivals {

    static final int HOURS = 24;

    private static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final VendorAlerts alerts;
    private final InstantSource clock;

    Arrivals(VendorAlerts alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    Chart lastDay(Scope scope) {
        var to = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        var from = to.minus(Duration.ofHours(HOURS));
        var counts = new long[HOURS][SEVERITIES.size()];
        for (var arrived : alerts.byHour(scope, new Window(from, to))) {
            var hour = (int) Duration.between(from, arrived.start()).toHours();
            counts[hour][SEVERITIES.indexOf(arrived.severity())] = arrived.alerts();
        }
        return Chart.of(from, counts);
    }

    /**
     * Bars in a drawing of 240 by 100, one of ten for each hour.
     *
     * @param from start of the first hour
     * @param most how many vendor alerts the highest bar stands for
     * @param total how many there are in all
     * @param bars the parts of the bars
     */
    public record Chart(Instant from, long most, long total, List<Bar> bars) {

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
                for (var rank = SEVERITIES.size() - 1; rank >= 0; rank--) {
                    var height = 100.0 * counts[hour][rank] / most;
                    if (height > 0) {
                        top -= height;
                        bars.add(new Bar(
                                SEVERITIES.get(rank).name().toLowerCase(Locale.ROOT), hour * 10 + 1, top, height));
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
