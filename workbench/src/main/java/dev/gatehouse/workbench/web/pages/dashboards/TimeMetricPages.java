package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Dashboards &gt; Time Metrics: how long it takes to detect, triage, decide, investigate, acknowledge and respond. */
@Controller
class TimeMetricPages {

    private static final String PATH = "/dashboards/time-metrics";
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

    private final TimeMetrics metrics;
    private final CachedNumbers numbers;
    private final Moments moments;
    private final Words words;

    TimeMetricPages(TimeMetrics metrics, CachedNumbers numbers, Moments moments, Words words) {
        this.metrics = metrics;
        this.numbers = numbers;
        this.moments = moments;
        this.words = words;
    }

    /**
     * A metric as it came out.
     *
     * @param median in words; a dash when nothing was measured
     * @param p95 likewise
     * @param number of how many it was measured
     * @param rows where these are
     */
    public record Result(TimeMetric metric, String median, String p95, long number, Address rows) {}

    /**
     * One organization's results, in the order of the metrics.
     *
     * @param shortName e.g. {@code ACME}
     */
    public record Line(String name, String shortName, List<Result> results) {}

    private static Result result(
            TimeMetric metric, Map<String, Percentiles> found, Days days, Optional<String> severity) {
        var spread = Optional.ofNullable(found.get(metric.key()));
        return new Result(
                metric,
                spread.map(each -> Durations.text(each.median())).orElse("–"),
                spread.map(each -> Durations.text(each.p95())).orElse("–"),
                spread.map(Percentiles::number).orElse(0L),
                metric.rows(days, severity));
    }

    @GetMapping(PATH)
    String show(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var wanted = asked(scope, asked);
        var days = wanted.days();
        var severity = wanted.severity();
        var counted = numbers.of(scope, wanted, () -> metrics.measure(wanted));
        var measured = counted.value();
        var total = measured.total();
        model.addAttribute("countedAt", counted.countedAt());
        model.addAttribute(QueryParameters.LEFT_OUT, days.problemsAnd(asked.leftOut()));
        model.addAttribute("days", days);
        model.addAttribute("severity", severity.orElse(""));
        model.addAttribute("severities", SEVERITIES);
        model.addAttribute("metrics", TimeMetric.all());
        model.addAttribute(
                "results",
                TimeMetric.all().stream()
                        .map(metric -> result(metric, total, days, severity))
                        .toList());
        model.addAttribute("charts", charts(wanted, measured.weeks()));
        model.addAttribute(
                "lines",
                measured.organizations().stream()
                        .map(one -> new Line(
                                one.organization().name(),
                                one.organization().shortName(),
                                TimeMetric.all().stream()
                                        .map(metric -> result(metric, one.spreads(), days, severity))
                                        .toList()))
                        .toList());
        model.addAttribute(
                "csv",
                Address.of(PATH + ".csv")
                        .with("from", days.from())
                        .with("to", days.to())
                        .with("severity", severity.orElse("")));
        return "show/time-metrics";
    }

    private TimeMetrics.Asked asked(Scope scope, QueryParameters asked) {
        return new TimeMetrics.Asked(
                scope,
                Days.weeksFrom(asked, moments.now()),
                asked.oneOf("severity", "severity", SEVERITIES, Function.identity()));
    }

    private List<Chart> charts(TimeMetrics.Asked wanted, List<Map<String, Percentiles>> found) {
        var weeks = wanted.days().weeks();
        var charts = new ArrayList<Chart>();
        for (var metric : TimeMetric.all()) {
            var points = new ArrayList<Chart.Point>();
            for (int each = 0; each < weeks.size(); each++) {
                var week = weeks.get(each);
                var spread = Optional.ofNullable(found.get(each).get(metric.key()));
                var number = spread.map(Percentiles::number).orElse(0L);
                points.add(new Chart.Point(
                        week.from(),
                        week.from() + " to " + week.to(),
                        List.of(
                                cell(spread.map(Percentiles::median)),
                                cell(spread.map(Percentiles::p95)),
                                new Chart.Cell(
                                        OptionalLong.of(number),
                                        words.number(number),
                                        Optional.of(metric.rows(week, wanted.severity()))))));
            }
            charts.add(new Chart(
                    "time-to-" + metric.key(),
                    metric.title() + ", by week",
                    Chart.Kind.LINES,
                    Chart.Unit.SECONDS,
                    "Week (UTC)",
                    List.of(
                            new Chart.Series("Median", "informational"),
                            new Chart.Series("95th percentile", "medium"),
                            Chart.Series.inTableOnly("Measured")),
                    points));
        }
        return charts;
    }

    private static Chart.Cell cell(Optional<Long> seconds) {
        return new Chart.Cell(
                seconds.map(OptionalLong::of).orElse(OptionalLong.empty()),
                seconds.map(Durations::text).orElse("–"),
                Optional.empty());
    }

    /** The same as a table: all together, by week, and by organization. Times are in seconds. */
    @GetMapping(PATH + ".csv")
    void csv(Scope scope, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        var wanted = asked(scope, QueryParameters.of(parameters));
        var days = wanted.days();
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("time-metrics-%s-%s.csv".formatted(days.from(), days.to()))
                        .build()
                        .toString());
        var lines = new StringBuilder(Csv.line(
                List.of("Of", "From", "To", "Severity", "Metric", "Measured", "Median (s)", "95th percentile (s)")));
        write(lines, "All", days, wanted.severity(), metrics.total(wanted));
        var weeks = days.weeks();
        var found = metrics.weeks(wanted);
        for (int each = 0; each < weeks.size(); each++) {
            write(lines, "Week", weeks.get(each), wanted.severity(), found.get(each));
        }
        for (var one : metrics.organizations(wanted)) {
            write(lines, one.organization().name(), days, wanted.severity(), one.spreads());
        }
        response.getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(
            StringBuilder lines, String of, Days days, Optional<String> severity, Map<String, Percentiles> found) {
        for (var metric : TimeMetric.all()) {
            var spread = Optional.ofNullable(found.get(metric.key()));
            lines.append(Csv.line(List.of(
                    of,
                    days.from().toString(),
                    days.to().toString(),
                    severity.orElse("any"),
                    metric.title(),
                    Long.toString(spread.map(Percentiles::number).orElse(0L)),
                    spread.map(each -> Long.toString(each.median())).orElse(""),
                    spread.map(each -> Long.toString(each.p95())).orElse(""))));
        }
    }
}
