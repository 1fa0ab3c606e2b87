package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.alerts.AlertTime;
import dev.gatehouse.workbench.investigations.InvestigationTime;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Links;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the times that are measured.
 *
 * @param key the word in addresses, e.g. {@code triage}
 * @param meaning from which moment to which
 * @param leftOut what is not measured
 * @param isOfAlerts whether it is about alerts; about investigations otherwise
 */
public record TimeMetric(String key, String title, String meaning, String leftOut, boolean isOfAlerts) {

    private static TimeMetric of(AlertTime time) {
        return new TimeMetric(
                time.key(),
                time.title(),
                time.meaning(),
                time.leftOut() + " So is what Gatehouse closed at once, in tuning for example.",
                true);
    }

    private static TimeMetric of(InvestigationTime time) {
        return new TimeMetric(time.key(), time.title(), time.meaning(), time.leftOut(), false);
    }

    /** All of them, in the order in which work goes on. */
    static List<TimeMetric> all() {
        return Stream.concat(
                        Arrays.stream(AlertTime.values()).map(TimeMetric::of),
                        Arrays.stream(InvestigationTime.values()).map(TimeMetric::of))
                .toList();
    }

    /** The alerts or investigations of which it was measured. */
    Address rows(Days days, Optional<String> severity) {
        return Address.of(isOfAlerts ? Links.ALERTS : Links.ACTIVITY)
                .with("status", "any")
                .with("from", days.from())
                .with("to", days.to())
                .with("severity", severity.orElse(""))
                .with("time", key);
    }
}
