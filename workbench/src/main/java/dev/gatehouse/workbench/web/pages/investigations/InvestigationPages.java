package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.investigations.Choices;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.InvestigationEvidence;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.InvestigationHistory;
import dev.gatehouse.workbench.investigations.InvestigationWords;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Markdown;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.OlderNewer;
import dev.gatehouse.workbench.web.frame.PrintedSheet;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Activity: the list of investigations and incidents, one of them in sections, and its report. */
@Controller
class InvestigationPages {

    static final String ONE = Links.ACTIVITY + "/{id}";

    private static final PrintedSheet PRINTED =
            PrintedSheet.read(InvestigationPages.class, "printed-investigation.css");

    private final Investigations investigations;
    private final InvestigationView view;
    private final InvestigationEvidence evidence;
    private final InvestigationHistory history;
    private final Findings findings;
    private final InvestigativeActions actions;
    private final Remediations remediations;
    private final Moments moments;
    private final Links links;
    private final Markdown markdown;

    InvestigationPages(
            Investigations investigations,
            InvestigationView view,
            InvestigationEvidence evidence,
            InvestigationHistory history,
            Findings findings,
            InvestigativeActions actions,
            Remediations remediations,
            Moments moments,
            Links links,
            Markdown markdown) {
        this.investigations = investigations;
        this.view = view;
        this.evidence = evidence;
        this.history = history;
        this.findings = findings;
        this.actions = actions;
        this.remediations = remediations;
        this.moments = moments;
        this.links = links;
        this.markdown = markdown;
    }

    @GetMapping(Links.ACTIVITY)
    String list(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam Map<String, String> parameters,
            Model model) {
        show(scope, who, parameters, "", model);
        return "show/activity";
    }

    void show(Scope scope, SignedIn who, Map<String, String> parameters, String problem, Model model) {
        var asked = QueryParameters.of(parameters);
        var query = ActivityQuery.from(asked);
        var now = moments.now();
        var me = who.account().id();
        model.addAttribute("query", query);
        model.addAttribute("problem", problem);
        var list = investigations.list(scope, query.filter(now, me), query.order(), query.place(), ActivityQuery.ROWS);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("list", list);
        model.addAttribute(
                "turning",
                new OlderNewer(list.previous().map(query::at), list.next().map(query::at)));
        model.addAttribute("columns", query.columns(scope instanceof Scope.Everything));
        model.addAttribute("tabs", query.tabs(investigations.count(scope, query.forCounts(now, me))));
        model.addAttribute("statuses", ActivityQuery.Status.values());
        model.addAttribute("assignments", ActivityQuery.Assigned.values());
        model.addAttribute("decisions", Decision.values());
        model.addAttribute("severities", Choices.SEVERITIES);
        model.addAttribute("periods", Opened.values());
        model.addAttribute("titles", new InvestigationView.Titles());
    }

    /** Where somebody goes who knows the number, whatever they typed it into. */
    @GetMapping(Links.ACTIVITY + "/by-number")
    String byTypedNumber(Scope scope, @RequestParam(defaultValue = "") String number) {
        return byNumber(scope, number);
    }

    @GetMapping(Links.ACTIVITY + "/by-number/{number}")
    String byNumber(Scope scope, @PathVariable String number) {
        return "redirect:"
                + links.investigation(investigations.numbered(scope, number).orElseThrow(NotHere::new));
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        return view.show(scope, id, Section.SUMMARY, Typing.NOTHING, "", model);
    }

    @GetMapping(ONE + "/{section}")
    String section(Scope scope, @PathVariable UUID id, @PathVariable("section") String key, Model model) {
        return view.show(scope, id, Section.named(key).orElseThrow(NotHere::new), Typing.NOTHING, "", model);
    }

    /** What has happened since a page was opened. The page itself stays as it is: somebody may be typing into it. */
    @GetMapping(ONE + "/news")
    String news(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam long since,
            @RequestParam(defaultValue = "") String section,
            Model model) {
        if (investigations.find(scope, id).isEmpty()) {
            throw new NotHere();
        }
        model.addAttribute(
                "news",
                history.after(scope, id, Instant.ofEpochMilli(since)).stream()
                        .map(InvestigationWords::sentence)
                        .distinct()
                        .toList());
        model.addAttribute(
                "here", Section.named(section).orElse(Section.SUMMARY).below(links.investigation(id)));
        return "show/investigation-parts :: news";
    }

    /** One page to print, or to send as it is: what happened, who and what is involved, what was found and done. */
    @GetMapping(ONE + "/report")
    String report(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean download,
            HttpServletResponse response,
            Model model) {
        var investigation = investigations.find(scope, id).orElseThrow(NotHere::new);
        var alerts = evidence.alerts(scope, investigation);
        var members = evidence.members(scope, alerts);
        model.addAttribute("investigation", investigation);
        model.addAttribute("fields", InvestigationField.values());
        model.addAttribute("alerts", alerts);
        model.addAttribute("involved", evidence.involved(scope, members));
        model.addAttribute("shared", evidence.vendorIncidents(scope, id, members));
        model.addAttribute("findings", findings.of(scope, id));
        model.addAttribute(
                "timeline",
                view.moments(scope, investigation).stream()
                        .filter(moment -> moment.entry()
                                .map(entry -> entry.what().isSelected())
                                .orElse(true))
                        .filter(moment -> moment.kind() != Moment.Kind.VERSION)
                        .toList());
        model.addAttribute(
                "actions",
                actions.of(scope, id, alerts.stream().map(Alert::id).toList()).reversed());
        model.addAttribute("remediations", remediations.of(scope, id));
        model.addAttribute("markdown", markdown);
        model.addAttribute("titles", new InvestigationView.Titles());
        model.addAttribute("styles", PRINTED.styles());
        response.setHeader("Content-Security-Policy", PRINTED.policy());
        if (download) {
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(investigation.shortLink() + ".html")
                            .build()
                            .toString());
        }
        return "show/investigation-report";
    }
}
