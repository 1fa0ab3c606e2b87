package dev.gatehouse.workbench.web.api.metrics;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.workbench.investigations.ServiceMetrics;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code service_metrics/export/beta}: the moments that time metrics are made of, as CSV. */
@RestController
class ServiceMetricsApi {

    private static final Duration USUAL = Duration.ofDays(30);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> COLUMNS = List.of(
            "Expel Alert ID",
            "Alert Status",
            "Severity",
            "Investigation ID",
            "Investigation Type",
            "Expel Vendor Tech Name",
            "Insert At (T3)",
            "First Assigned To User At (T4)",
            "First Investigated At",
            "Time Promoted To Incident",
            "Time First Investigative Action (T5a)",
            "Time First Remediation Action (T5b)",
            "Time First Closed (T60)",
            "Time Last Closed (T6)",
            "First Assigned To Org At");

    private final ServiceMetrics metrics;
    private final InstantSource clock;

    ServiceMetricsApi(ServiceMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A line for each alert that was made from {@code filter[from]} until before {@code filter[to]}; the last 30 days without. */
    @GetMapping("/api/v2/service_metrics/export/beta")
    @Operation(value = "Gives times and decisions of alerts as CSV", produces = "text/csv")
    void export(Scope scope, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var query = Query.of(request);
        query.allowFilters(Set.of("from", "to"));
        var to = time(query, "to").orElse(clock.instant());
        var from = time(query, "from").orElse(to.minus(USUAL));
        if (from.isAfter(to)) {
            throw Refusal.parameter("filter[from]", "filter[from] must be before filter[to].");
        }
        response.setContentType("text/csv; charset=utf-8");
        var out = response.getWriter();
        write(out, COLUMNS);
        metrics.each(scope, from, to, row -> write(out, cells(row)));
        out.flush();
    }

    private static Optional<Instant> time(Query query, String field) {
        return query.filter(field).stream().findFirst().map(text -> Query.time(field, text));
    }

    /** Ids, words of ours and times: nothing that has to be quoted, and nothing that a spreadsheet takes for a formula. */
    private static void write(PrintWriter out, List<String> cells) {
        out.write(String.join(",", cells) + "\r\n");
    }

    private static List<String> cells(ServiceMetrics.Row row) {
        var moments = row.moments();
        return List.of(
                row.alert().toString(),
                row.status(),
                row.severity(),
                row.investigation().map(Object::toString).orElse(""),
                row.investigation().isEmpty() ? "" : row.isIncident() ? "incident" : "investigation",
                row.deviceKinds().stream().map(ServiceMetricsApi::technology).collect(Collectors.joining("; ")),
                TIME.format(moments.made()),
                text(moments.assigned()),
                text(moments.investigated()),
                text(moments.promoted()),
                text(moments.investigativeAction()),
                text(moments.remediationAction()),
                text(moments.firstClosed()),
                text(moments.closed()),
                text(moments.assignedToOrganization()));
    }

    private static String technology(String kind) {
        return Arrays.stream(DeviceKind.values())
                .filter(each -> each.key().equals(kind))
                .map(DeviceKind::title)
                .findFirst()
                .orElse("");
    }

    private static String text(Optional<Instant> moment) {
        return moment.map(TIME::format).orElse("");
    }
}
