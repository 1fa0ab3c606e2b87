package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.detections.RuleProblem;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.suppressions.DryRun;
import dev.gatehouse.workbench.suppressions.DryRunAlert;
import dev.gatehouse.workbench.suppressions.DryRuns;
import dev.gatehouse.workbench.suppressions.NoSuchSuppression;
import dev.gatehouse.workbench.suppressions.Suppression;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import dev.gatehouse.workbench.suppressions.SuppressionChangedMeanwhile;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionEvent;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionProposals;
import dev.gatehouse.workbench.suppressions.SuppressionRefused;
import dev.gatehouse.workbench.suppressions.SuppressionYaml;
import dev.gatehouse.workbench.suppressions.Suppressions;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.OlderNewer;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.SeenValues;
import dev.gatehouse.workbench.web.frame.Tab;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Detections &gt; Suppressions: the list, one of them with its dry run, and changing them. */
@Controller
class SuppressionPages {

    static final String LIST = "/detections/suppressions";
    private static final String ONE = LIST + "/{id}";

    /** How long a request looks at alerts before it shows how far it has come. */
    private static final Duration STEP = Duration.ofSeconds(3);

    private static final int DRY_RUN_ROWS = 25;

    private final Suppressions suppressions;
    private final SuppressionEditing editing;
    private final SuppressionProposals proposals;
    private final SuppressionYaml yaml;
    private final DryRuns dryRuns;
    private final Alerts alerts;
    private final Investigations investigations;
    private final Organizations organizations;
    private final Accounts accounts;
    private final Moments moments;

    SuppressionPages(
            Suppressions suppressions,
            SuppressionEditing editing,
            SuppressionProposals proposals,
            SuppressionYaml yaml,
            DryRuns dryRuns,
            Alerts alerts,
            Investigations investigations,
            Organizations organizations,
            Accounts accounts,
            Moments moments) {
        this.suppressions = suppressions;
        this.editing = editing;
        this.proposals = proposals;
        this.yaml = yaml;
        this.dryRuns = dryRuns;
        this.alerts = alerts;
        this.investigations = investigations;
        this.organizations = organizations;
        this.accounts = accounts;
        this.moments = moments;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var query = SuppressionQuery.from(asked);
        var list = suppressions.list(scope, query.filter(), query.place(), SuppressionQuery.ROWS);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute("list", list);
        model.addAttribute("columns", SuppressionQuery.columns());
        model.addAttribute("tabs", tabs(scope, query));
        model.addAttribute(
                "turning",
                new OlderNewer(list.previous().map(query::at), list.next().map(query::at)));
        return "show/suppressions";
    }

    private List<Tab> tabs(Scope scope, SuppressionQuery query) {
        var counts = suppressions.count(scope);
        var tabs = new ArrayList<Tab>();
        tabs.add(new Tab(
                "all",
                "All",
                query.tab(Optional.empty()),
                OptionalLong.of(
                        counts.values().stream().mapToLong(Long::longValue).sum()),
                query.standing().isEmpty()));
        for (var standing : Standing.values()) {
            tabs.add(new Tab(
                    standing.key(),
                    standing.title(),
                    query.tab(Optional.of(standing)),
                    OptionalLong.of(counts.getOrDefault(standing, 0L)),
                    query.standing().filter(standing::equals).isPresent()));
        }
        return tabs;
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, @RequestParam(defaultValue = "") String place, Model model) {
        return show(scope, id, place, model);
    }

    private String show(Scope scope, UUID id, String place, Model model) {
        var suppression = suppressions.find(scope, id).orElseThrow(NotHere::new);
        var here = here(model);
        model.addAttribute("suppression", suppression);
        model.addAttribute("standing", suppression.standing(moments.now()));
        model.addAttribute("mayChange", SuppressionEditing.mayChange(scope, suppression));
        model.addAttribute("sentences", sentences(suppressions.history(scope, id), here));
        model.addAttribute("yaml", text(scope, suppression));
        var run = dryRuns.find(scope, id).filter(each -> each.isOf(suppression));
        model.addAttribute("dryRun", run);
        model.addAttribute("progress", run.map(SuppressionPages::progress).orElse(0L));
        run.filter(each -> each.count() > 0).ifPresent(each -> found(scope, id, place, model));
        if (!model.containsAttribute("form")) {
            model.addAttribute(
                    "form",
                    new TypedForm(
                            Optional.of(id),
                            Map.of("next_review", here.field(proposedReview(suppression))),
                            List.of()));
        }
        return "show/suppression";
    }

    /** A month from now, or at the end when that is sooner. */
    private Instant proposedReview(Suppression suppression) {
        var next = moments.now().plus(Duration.ofDays(30));
        return next.isBefore(suppression.terms().ends())
                ? next
                : suppression.terms().ends();
    }

    /** In the reader's zone. */
    private Moments here(Model model) {
        return model.getAttribute("moments") instanceof Moments here ? here : moments;
    }

    private static Map<SuppressionEvent, String> sentences(List<SuppressionEvent> history, Moments here) {
        var sentences = new LinkedHashMap<SuppressionEvent, String>();
        history.forEach(event -> sentences.put(event, event.sentence(here::full)));
        return sentences;
    }

    /** In hundredths of the time that is looked at. */
    private static long progress(DryRun run) {
        if (run.isFinished()) {
            return 100;
        }
        var all = Duration.between(run.from(), run.to()).toMillis();
        return all == 0 ? 100 : Duration.between(run.reached(), run.to()).toMillis() * 100 / all;
    }

    private void found(Scope scope, UUID id, String place, Model model) {
        var page = dryRuns.alerts(scope, id, Place.of(place), DRY_RUN_ROWS);
        var ids = page.rows().stream().map(DryRunAlert::alert).toList();
        var found = alerts.all(scope, ids);
        model.addAttribute("found", page);
        model.addAttribute("alerts", found);
        model.addAttribute(
                "investigations",
                investigations.numbers(
                        scope,
                        found.values().stream()
                                .flatMap(alert -> alert.investigation().stream())
                                .distinct()
                                .toList()));
        var address = Address.of(LIST + "/" + id);
        model.addAttribute(
                "turning",
                new OlderNewer(
                        page.previous().map(at -> address.with("place", at.text())),
                        page.next().map(at -> address.with("place", at.text()))));
    }

    /** With the owner's e-mail address where the reader may see it, which means one person everywhere. */
    private String text(Scope scope, Suppression suppression) {
        var draft = suppression.terms().draft();
        var email = suppression
                .terms()
                .owner()
                .id()
                .flatMap(owner -> accounts.find(scope, owner))
                .map(owner -> owner.account().email());
        return yaml.write(
                email.map(each -> draft.with(SuppressionField.OWNER, each)).orElse(draft));
    }

    @GetMapping(ONE + "/suppression.yaml")
    ResponseEntity<String> download(Scope scope, @PathVariable UUID id) {
        var suppression = suppressions.find(scope, id).orElseThrow(NotHere::new);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"suppression-%s.yaml\"".formatted(id))
                .body(text(scope, suppression));
    }

    // Writing

    @GetMapping("/detections/add-suppression")
    String add(
            Scope scope,
            @RequestParam(defaultValue = "") String alert,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        var proposal = Typed.id(alert).flatMap(id -> proposals.like(scope, id));
        if (!alert.isEmpty() && proposal.isEmpty()) {
            throw new NotHere();
        }
        var draft = proposal.map(SuppressionProposals.Proposal::draft)
                .orElseGet(proposals::empty)
                .with(SuppressionField.OWNER, who.account().email());
        var fields = new HashMap<>(SuppressionForm.fields(draft, here(model)));
        fields.put(
                "organization",
                proposal.flatMap(SuppressionProposals.Proposal::organization)
                        .map(UUID::toString)
                        .orElse(""));
        return form(scope, new TypedForm(Optional.empty(), fields, List.of()), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var present = changeable(scope, id);
        var fields = SuppressionForm.fields(present.terms().draft(), here(model));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(fields));
        return form(scope, new TypedForm(Optional.of(id), fields, List.of()), model);
    }

    private Suppression changeable(Scope scope, UUID id) {
        return suppressions
                .find(scope, id)
                .filter(found -> SuppressionEditing.mayChange(scope, found))
                .orElseThrow(NotHere::new);
    }

    private String form(Scope scope, TypedForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute(
                "organizations",
                form.isNew() && scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        return "show/suppression-form";
    }

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            var added = editing.add(
                    scope,
                    Typed.id(typed.getOrDefault("organization", "")),
                    SuppressionForm.draft(typed),
                    Actor.of(who));
            next.addFlashAttribute("note", "The draft is saved. Run it dry to see what it would have closed.");
            return new ModelAndView("redirect:%s/%s".formatted(LIST, added.id()));
        } catch (InvalidFields e) {
            return again(
                    scope,
                    new TypedForm(Optional.empty(), typed, e.problems()),
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    model);
        }
    }

    @PostMapping(ONE)
    ModelAndView change(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var present = changeable(scope, id);
        var fields = SuppressionForm.fields(present.terms().draft(), here(model));
        var changes = SeenValues.changes(typed, fields);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute(SeenValues.FIELD, SeenValues.text(fields));
            return again(scope, new TypedForm(Optional.of(id), typed, List.of()), HttpStatus.CONFLICT, model);
        }
        try {
            var changed = editing.change(scope, id, present.revision(), SuppressionForm.draft(typed), Actor.of(who));
            next.addFlashAttribute(
                    "note",
                    changed.state() == Suppression.State.DRAFT && present.state() == Suppression.State.LIVE
                            ? "It is saved, and a draft again: run it dry before it is in force."
                            : "It is saved.");
            return new ModelAndView("redirect:%s/%s".formatted(LIST, id));
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(
                    scope,
                    new TypedForm(Optional.of(id), typed, e.problems()),
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    model);
        }
    }

    private ModelAndView again(Scope scope, TypedForm form, HttpStatus status, Model model) {
        var page = new ModelAndView(form(scope, form, model), model.asMap());
        page.setStatus(status);
        return page;
    }

    @GetMapping("/detections/import-suppression")
    String importing(Scope scope, Model model) {
        return importForm(scope, "", List.of(), model);
    }

    private String importForm(Scope scope, String typed, List<RuleProblem> problems, Model model) {
        model.addAttribute("yaml", typed);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "organizations",
                scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        return "show/suppression-import";
    }

    @PostMapping("/detections/import-suppression")
    ModelAndView importOne(
            Scope scope,
            @RequestParam(name = "yaml", defaultValue = "") String typed,
            @RequestParam(defaultValue = "") String organization,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var text = typed.replace("\r\n", "\n");
        List<RuleProblem> problems;
        try {
            var added = editing.add(scope, Typed.id(organization), yaml.read(text), Actor.of(who));
            next.addFlashAttribute("note", "The draft is saved. Run it dry to see what it would have closed.");
            return new ModelAndView("redirect:%s/%s".formatted(LIST, added.id()));
        } catch (SuppressionYaml.Invalid e) {
            problems = e.problems();
        } catch (InvalidFields e) {
            problems = e.problems().stream()
                    .map(problem -> new RuleProblem("suppression", 0, 0, problem.message()))
                    .toList();
        }
        model.addAttribute("chosen", organization);
        var page = new ModelAndView(importForm(scope, text, problems, model), model.asMap());
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    // Its life

    @PostMapping(ONE + "/dry-run")
    String dryRun(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String again,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var present = changeable(scope, id);
        try {
            if (!again.isEmpty()
                    || dryRuns.find(scope, id).filter(run -> run.isOf(present)).isEmpty()) {
                dryRuns.begin(scope, id, Actor.of(who));
            }
            dryRuns.goOn(scope, id, STEP);
        } catch (SuppressionRefused e) {
            next.addFlashAttribute("problem", e.reason());
        }
        return "redirect:%s/%s#dry-run".formatted(LIST, id);
    }

    @PostMapping(ONE + "/live")
    String goLive(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        changeable(scope, id);
        try {
            var live = editing.goLive(scope, id, revision, Actor.of(who));
            next.addFlashAttribute(
                    "note", live.isInForce(moments.now()) ? "It is in force." : "It will be in force from its start.");
        } catch (SuppressionRefused e) {
            next.addFlashAttribute("problem", e.reason());
        } catch (SuppressionChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:%s/%s".formatted(LIST, id);
    }

    @PostMapping(ONE + "/withdraw")
    ModelAndView withdraw(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        changeable(scope, id);
        return act(scope, id, typed, next, model, revision -> {
            editing.withdraw(scope, id, revision, typed.getOrDefault("withdraw_comment", ""), Actor.of(who));
            return "It is withdrawn, and closes nothing any more.";
        });
    }

    @PostMapping(ONE + "/review")
    ModelAndView review(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        changeable(scope, id);
        return act(scope, id, typed, next, model, revision -> {
            editing.reviewed(
                    scope, id, revision, nextReview(typed), typed.getOrDefault("review_comment", ""), Actor.of(who));
            return "It is reviewed.";
        });
    }

    /** What is no time is refused like one that has passed. */
    private static Instant nextReview(Map<String, String> typed) {
        var zone = QueryParameters.of(typed).zone();
        try {
            return Typed.time(typed.getOrDefault("next_review", ""), zone).orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Does something with what somebody looked at, and says what came of it. */
    private interface Action {
        String run(int revision);
    }

    private ModelAndView act(
            Scope scope, UUID id, Map<String, String> typed, RedirectAttributes next, Model model, Action action) {
        var revision = typed.getOrDefault("revision", "");
        try {
            next.addFlashAttribute("note", action.run(revision.matches("\\d{1,9}") ? Integer.parseInt(revision) : -1));
        } catch (InvalidFields e) {
            model.addAttribute("form", new TypedForm(Optional.of(id), typed, e.problems()));
            var page = new ModelAndView(show(scope, id, "", model), model.asMap());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        } catch (SuppressionRefused e) {
            next.addFlashAttribute("problem", e.reason());
        } catch (SuppressionChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return new ModelAndView("redirect:%s/%s".formatted(LIST, id));
    }

    @ExceptionHandler(NoSuchSuppression.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
