package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.alerts.AlertTimes;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.investigations.InvestigationTimes;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** All times that are measured, whether of alerts or of investigations. */
@Component
class TimeMetrics {

    private final AlertTimes alerts;
    private final InvestigationTimes investigations;
    private final Organizations organizations;

    TimeMetrics(AlertTimes alerts, InvestigationTimes investigations, Organizations organizations) {
        this.alerts = alerts;
        this.investigations = investigations;
        this.organizations = organizations;
    }

    /**
     * What is asked for.
     *
     * @param severity of alerts, and of investigations as analysts see it; e.g. {@code high}
     */
    record Asked(Scope scope, Days days, Optional<String> severity) {

        private Optional<AlertSeverity> ofAlerts() {
            return severity.map(word -> AlertSeverity.valueOf(word.toUpperCase(Locale.ROOT)));
        }

        private Optional<String> ofInvestigations() {
            return severity.map(word -> word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Everything that was measured.
     *
     * @param total all together
     * @param weeks of each week, in their order
     * @param organizations of each organization; none for whoever sees one
     */
    record Measured(
            Map<String, Percentiles> total, List<Map<String, Percentiles>> weeks, List<OfOrganization> organizations) {}

    /** Everything at once. */
    Measured measure(Asked asked) {
        return new Measured(
                total(asked),
                weeks(asked),
                asked.scope() instanceof Scope.Everything ? organizations(asked) : List.of());
    }

    /** All together, by the key of the metric; without those of which nothing was measured. */
    Map<String, Percentiles> total(Asked asked) {
        var begin = asked.days().begin();
        var end = asked.days().end();
        var found = new HashMap<String, Percentiles>();
        alerts.total(asked.scope(), asked.ofAlerts(), begin, end)
                .forEach((time, spread) -> found.put(time.key(), spread));
        investigations
                .total(asked.scope(), asked.ofInvestigations(), begin, end)
                .forEach((time, spread) -> found.put(time.key(), spread));
        return found;
    }

    /** Of each of its weeks, in their order. */
    List<Map<String, Percentiles>> weeks(Asked asked) {
        var spans = asked.days().weeks().stream()
                .map(week -> new Window(week.begin(), week.end()))
                .toList();
        var found = new ArrayList<Map<String, Percentiles>>();
        alerts.spans(asked.scope(), asked.ofAlerts(), spans).forEach(week -> {
            var all = new HashMap<String, Percentiles>();
            week.forEach((time, spread) -> all.put(time.key(), spread));
            found.add(all);
        });
        var next = found.iterator();
        investigations.spans(asked.scope(), asked.ofInvestigations(), spans).forEach(week -> {
            var all = next.next();
            week.forEach((time, spread) -> all.put(time.key(), spread));
        });
        return found;
    }

    /**
     * The times of one organization.
     *
     * @param spreads by the key of the metric
     */
    record OfOrganization(Organization organization, Map<String, Percentiles> spreads) {}

    /** Of each organization of which anything was measured, by their names. */
    List<OfOrganization> organizations(Asked asked) {
        var begin = asked.days().begin();
        var end = asked.days().end();
        var found = new HashMap<UUID, Map<String, Percentiles>>();
        alerts.organizations(asked.scope(), asked.ofAlerts(), begin, end)
                .forEach((id, times) -> times.forEach((time, spread) ->
                        found.computeIfAbsent(id, one -> new HashMap<>()).put(time.key(), spread)));
        investigations
                .organizations(asked.scope(), asked.ofInvestigations(), begin, end)
                .forEach((id, times) -> times.forEach((time, spread) ->
                        found.computeIfAbsent(id, one -> new HashMap<>()).put(time.key(), spread)));
        return organizations.all(asked.scope()).stream()
                .flatMap(organization -> Optional.ofNullable(found.get(organization.id()))
                        .filter(spreads -> !spreads.isEmpty())
                        .map(spreads -> new OfOrganization(organization, spreads))
                        .stream())
                .sorted(Comparator.comparing(one -> one.organization().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
    }
}
