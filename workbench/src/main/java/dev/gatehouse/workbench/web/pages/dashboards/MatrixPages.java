package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.alerts.AlertEnding;
import dev.gatehouse.workbench.alerts.AlertTechniques;
import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Techniques;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Dashboards &gt; MITRE ATT&amp;CK: which techniques were seen and how that ended, and which would be noticed. */
@Controller
class MatrixPages {

    private static final String PATH = "/dashboards/mitre-attack";

    private final AlertTechniques alerts;
    private final CachedNumbers numbers;
    private final Rules rules;
    private final Techniques techniques;
    private final Moments moments;

    MatrixPages(AlertTechniques alerts, CachedNumbers numbers, Rules rules, Techniques techniques, Moments moments) {
        this.alerts = alerts;
        this.numbers = numbers;
        this.rules = rules;
        this.techniques = techniques;
        this.moments = moments;
    }

    /** Where the alerts are that a matrix counts. */
    public record Behind(Days days) {

        /** Those of a tactic. */
        public Address of(Matrix.Column column) {
            return Address.of("/alerts")
                    .with("status", "any")
                    .with("from", days.from())
                    .with("to", days.to())
                    .with("tactic", column.tactic());
        }

        /** Those of a technique of a tactic. */
        public Address of(Matrix.Column column, Matrix.Cell cell) {
            return of(column).with("technique", cell.technique());
        }

        /** Those of them that ended so. */
        public Address of(Matrix.Column column, Matrix.Cell cell, AlertEnding ending) {
            return of(column, cell).with("ending", ending.key());
        }
    }

    @GetMapping(PATH)
    String show(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var days = Days.from(asked, moments.now());
        model.addAttribute(QueryParameters.LEFT_OUT, days.problemsAnd(asked.leftOut()));
        model.addAttribute("days", days);
        var groups = numbers.of(scope, new Grouped(days), () -> groups(scope, days));
        model.addAttribute("countedAt", groups.countedAt());
        model.addAttribute("matrix", matrix(scope, groups.value()));
        model.addAttribute("behind", new Behind(days));
        model.addAttribute("techniques", techniques);
        model.addAttribute("endings", AlertEnding.values());
        model.addAttribute("tones", new Tones());
        model.addAttribute(
                "csv", Address.of(PATH + ".csv").with("from", days.from()).with("to", days.to()));
        return "show/mitre-attack";
    }

    /** The colours of endings. */
    public static final class Tones {

        public String of(AlertEnding ending) {
            return DayCharts.tone(ending);
        }
    }

    /** What the matrix counts. */
    private record Grouped(Days days) {}

    private List<AlertTechniques.Group> groups(Scope scope, Days days) {
        return alerts.groups(scope, days.begin(), days.end());
    }

    private Matrix matrix(Scope scope, List<AlertTechniques.Group> groups) {
        return Matrix.of(
                groups,
                rules.list(scope).stream()
                        .filter(rule -> !rule.isOff())
                        .map(ListedRule::rule)
                        .map(rule -> rule.attack())
                        .toList());
    }

    /** The same as a table: a line for each technique of each tactic. */
    @GetMapping(PATH + ".csv")
    void csv(Scope scope, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        var days = Days.from(QueryParameters.of(parameters), moments.now());
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("mitre-attack-%s-%s.csv".formatted(days.from(), days.to()))
                        .build()
                        .toString());
        var headings =
                new ArrayList<>(List.of("Tactic ID", "Tactic", "Technique ID", "Technique", "Covered", "Alerts"));
        for (var ending : AlertEnding.values()) {
            headings.add(ending.title());
        }
        var lines = new StringBuilder(Csv.line(headings));
        for (var column : matrix(scope, groups(scope, days)).columns()) {
            for (var cell : column.cells()) {
                var cells = new ArrayList<>(List.of(
                        column.tactic(),
                        column.title(),
                        cell.technique(),
                        techniques.of(List.of(cell.technique())).getFirst().name(),
                        cell.isCovered() ? "yes" : "no",
                        Long.toString(cell.counts().all())));
                for (var ending : AlertEnding.values()) {
                    cells.add(Long.toString(cell.counts().ended().getOrDefault(ending, 0L)));
                }
                lines.append(Csv.line(cells));
            }
        }
        response.getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
