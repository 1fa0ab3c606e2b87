package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.alerts.AlertDays;
import dev.gatehouse.workbench.alerts.AlertEnding;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.RecordDays;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The charts of Alert Analysis: alerts and vendor alerts by day. */
@Component
class DayCharts {

    private static final List<AlertSeverity> SEVERITIES =
            List.of(AlertSeverity.CRITICAL, AlertSeverity.HIGH, AlertSeverity.MEDIUM, AlertSeverity.LOW);

    private final AlertDays alertDays;
    private final RecordDays recordDays;
    private final Words words;

    DayCharts(AlertDays alertDays, RecordDays recordDays, Words words) {
        this.alertDays = alertDays;
        this.recordDays = recordDays;
        this.words = words;
    }

    /** What alerts are told apart by. */
    enum By {
        SEVERITY("severity", "By severity"),
        ENDING("ending", "By how they ended");

        private final String key;
        private final String title;

        By(String key, String title) {
            this.key = key;
            this.title = title;
        }

        String key() {
            return key;
        }

        String title() {
            return title;
        }
    }

    /**
     * Alerts by the day on which they were made.
     *
     * @param title what the provider calls them
     */
    Chart alerts(Scope scope, Days days, By by, String title) {
        var found = alertDays.days(scope, days.from(), days.to());
        return switch (by) {
            case SEVERITY ->
                chart(
                        days,
                        title + " per day, by severity",
                        SEVERITIES,
                        severity -> new Chart.Series(
                                severity.title(), severity.name().toLowerCase(Locale.ROOT)),
                        sums(found, AlertDays.OfDay::severity),
                        (day, severity) ->
                                ofDay(day).with("severity", severity.name().toLowerCase(Locale.ROOT)));
            case ENDING ->
                chart(
                        days,
                        title + " per day, by how they ended",
                        List.of(AlertEnding.values()),
                        ending -> new Chart.Series(ending.title(), tone(ending)),
                        sums(found, AlertDays.OfDay::ending),
                        (day, ending) -> ofDay(day).with("ending", ending.key()));
        };
    }

    private static Address ofDay(LocalDate day) {
        return Address.of("/alerts").with("status", "any").with("from", day).with("to", day);
    }

    private static <K> Map<Key<K>, Long> sums(List<AlertDays.OfDay> found, Function<AlertDays.OfDay, K> group) {
        var sums = new HashMap<Key<K>, Long>();
        found.forEach(each -> sums.merge(new Key<>(each.day(), group.apply(each)), each.alerts(), Long::sum));
        return sums;
    }

    private record Key<K>(LocalDate day, K group) {}

    /** Vendor alerts by the day on which they came. */
    Chart vendorAlerts(Scope scope, Days days) {
        var came = recordDays.vendorAlerts(scope, days.from(), days.to());
        var sums = new HashMap<Key<String>, Long>();
        came.forEach((day, number) -> sums.put(new Key<>(day, ""), number));
        return chart(
                days,
                "Vendor Alerts per day",
                List.of(""),
                all -> new Chart.Series("Vendor Alerts", "informational"),
                sums,
                (day, all) -> Address.of("/vendor-alerts").with("from", day).with("to", day));
    }

    private <K> Chart chart(
            Days days,
            String title,
            List<K> groups,
            Function<K, Chart.Series> series,
            Map<Key<K>, Long> sums,
            BiFunction<LocalDate, K, Address> rows) {
        var points = new ArrayList<Chart.Point>();
        days.from()
                .datesUntil(days.to().plusDays(1))
                .forEach(day -> points.add(new Chart.Point(
                        day,
                        day.toString(),
                        groups.stream()
                                .map(group -> {
                                    var number = sums.getOrDefault(new Key<>(day, group), 0L);
                                    return new Chart.Cell(
                                            OptionalLong.of(number),
                                            words.number(number),
                                            number == 0 ? Optional.empty() : Optional.of(rows.apply(day, group)));
                                })
                                .toList())));
        return new Chart(
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
                title,
                Chart.Kind.BARS,
                Chart.Unit.NUMBER,
                "Day",
                groups.stream().map(series).toList(),
                points);
    }

    /** The colour of an ending. */
    static String tone(AlertEnding ending) {
        return switch (ending) {
            case TRUE_POSITIVE -> "high";
            case BENIGN -> "good";
            case FALSE_POSITIVE -> "informational";
            case UNDECIDED -> "unknown";
            case SUPPRESSED -> "low";
            case OPEN -> "medium";
        };
    }
}
