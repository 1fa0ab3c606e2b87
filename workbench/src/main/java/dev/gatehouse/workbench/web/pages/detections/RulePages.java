package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.workbench.alerts.AlertDays;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.InvalidRule;
import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.Rule;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.RuleProblem;
import dev.gatehouse.workbench.detections.RuleRefused;
import dev.gatehouse.workbench.detections.RuleSource;
import dev.gatehouse.workbench.detections.RuleSwitch;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.Techniques;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Detections &gt; Rules: which rules there are, one of them with everything about it, and changing them. */
@Controller
class RulePages {

    static final String LIST = "/detections/rules";
    private static final String ONE = LIST + "/{id}";

    /** How far back alerts are counted. */
    private static final int DAYS = 30;

    private static final List<AlertSeverity> SEVERITIES =
            List.of(AlertSeverity.CRITICAL, AlertSeverity.HIGH, AlertSeverity.MEDIUM, AlertSeverity.LOW);

    private final Rules rules;
    private final RuleEditing editing;
    private final Organizations organizations;
    private final Techniques techniques;
    private final AlertDays days;
    private final Moments moments;

    RulePages(
            Rules rules,
            RuleEditing editing,
            Organizations organizations,
            Techniques techniques,
            AlertDays days,
            Moments moments) {
        this.rules = rules;
        this.editing = editing;
        this.organizations = organizations;
        this.techniques = techniques;
        this.days = days;
        this.moments = moments;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var query = RuleQuery.from(parameters);
        var all = rules.list(scope);
        var fitting = query.of(all);
        var offset = (query.page() - 1) * RuleQuery.ROWS;
        var rows = fitting.stream().skip(offset).limit(RuleQuery.ROWS).toList();
        model.addAttribute("query", query);
        model.addAttribute("list", new Slice<>(rows, offset, fitting.size()));
        model.addAttribute("counts", RuleQuery.counts(all));
        model.addAttribute("sources", RuleSource.values());
        model.addAttribute("severities", SEVERITIES);
        model.addAttribute("techniques", techniques);
        model.addAttribute("owners", owners(scope, rows));
        addMade(scope, model);
        model.addAttribute("version", rules.shippedVersion());
        model.addAttribute("refused", scope instanceof Scope.Everything ? rules.refused() : List.of());
        return "show/detection-rules";
    }

    /** What each rule has made today and on the 29 days before, as counters say, and from which day that is. */
    private void addMade(Scope scope, Model model) {
        var today = LocalDate.ofInstant(moments.now(), ZoneOffset.UTC);
        var first = today.minusDays(DAYS - 1);
        model.addAttribute("made", days.byRule(scope, first, today));
        model.addAttribute("madeFrom", first);
    }

    private Map<UUID, String> owners(Scope scope, List<ListedRule> rows) {
        return rows.stream().allMatch(row -> row.organization().isEmpty()) ? Map.of() : names(scope);
    }

    private Map<UUID, String> names(Scope scope) {
        return organizations.all(scope).stream().collect(Collectors.toMap(Organization::id, Organization::name));
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable String id, Model model) {
        var listed = find(scope, id);
        var rule = listed.rule();
        model.addAttribute("listed", listed);
        model.addAttribute("within", words(rule.join().within()));
        model.addAttribute("rule", rule);
        addMade(scope, model);
        model.addAttribute("techniques", techniques.of(rule.attack().techniques()));
        model.addAttribute("results", rules.results(rule.id()));
        model.addAttribute("history", rules.history(scope, rule.id()));
        model.addAttribute(
                "owner",
                listed.organization()
                        .flatMap(owner -> organizations.find(scope, owner))
                        .map(Organization::name));
        model.addAttribute("switches", switches(scope, listed.switches()));
        model.addAttribute("isOffHere", listed.switches().stream().anyMatch(off -> off.organization()
                .equals(organization(scope))));
        model.addAttribute("isChangeable", isChangeable(scope, listed));
        return "show/detection-rule";
    }

    private static String words(Duration length) {
        if (length.toMinutesPart() > 0) {
            return length.toMinutes() + " min";
        }
        return length.toHoursPart() > 0 || length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " days";
    }

    /**
     * A switch as the page says it.
     *
     * @param off the switch
     * @param forWhom the organization's name, or that it is for everybody
     */
    public record ShownSwitch(RuleSwitch off, String forWhom) {}

    private List<ShownSwitch> switches(Scope scope, List<RuleSwitch> switches) {
        var names =
                switches.stream().allMatch(off -> off.organization().isEmpty()) ? Map.<UUID, String>of() : names(scope);
        return switches.stream()
                .map(off -> new ShownSwitch(
                        off,
                        off.organization()
                                .map(id -> names.getOrDefault(id, "an organization"))
                                .orElse("everybody")))
                .toList();
    }

    private static Optional<UUID> organization(Scope scope) {
        return scope instanceof Scope.Organization(var id) ? Optional.of(id) : Optional.empty();
    }

    private static boolean isChangeable(Scope scope, ListedRule listed) {
        return listed.isTyped() && listed.organization().map(scope::includes).orElse(scope instanceof Scope.Everything);
    }

    private ListedRule find(Scope scope, String id) {
        return Optional.of(id)
                .filter(RuleId::isValid)
                .flatMap(valid -> rules.find(scope, new RuleId(valid)))
                .orElseThrow(NotHere::new);
    }

    @GetMapping("/detections/add-rule")
    String add(Scope scope, Model model) {
        return form(Optional.empty(), template(scope), List.of(), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable String id, Model model) {
        var listed = find(scope, id);
        if (!isChangeable(scope, listed)) {
            throw new NotHere();
        }
        return form(Optional.of(listed.rule().id()), listed.rule().yaml(), List.of(), model);
    }

    private static String form(Optional<RuleId> edited, String yaml, List<RuleProblem> problems, Model model) {
        model.addAttribute("edited", edited.map(RuleId::value));
        model.addAttribute("yaml", yaml);
        model.addAttribute("problems", problems);
        return "show/detection-rule-form";
    }

    private String template(Scope scope) {
        return """
                id: %sname-of-the-rule
                version: 1
                name: What analysts read first
                description: |
                  What it is, in plain words, and why it matters.
                condition: |
                  alert.service_source == "microsoftDefenderForIdentity" &&
                  alert.title == "A title"
                severity: {fidelity: medium, impact: medium, vendor: medium}
                join: {by: account, within: 24h}
                attack: {tactics: [TA0006], techniques: [T1110]}
                runbook: [account-activity]
                examples:
                  match:
                    - title: A title
                  no_match:
                    - title: Another title
                """.formatted(editing.prefix(scope).orElse(""));
    }

    /** Changes a rule, or says why not. */
    private interface Change {
        Rule make() throws InvalidRule, RuleRefused;
    }

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam(defaultValue = "") String yaml,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        return save(Optional.empty(), yaml, next, model, () -> editing.add(scope, typed(yaml), who.getUsername()));
    }

    @PostMapping(ONE)
    ModelAndView change(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String yaml,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var present = find(scope, id).rule().id();
        return save(
                Optional.of(present),
                yaml,
                next,
                model,
                () -> editing.change(scope, present, typed(yaml), who.getUsername()));
    }

    /** Browsers send every end of a line as two characters. */
    private static String typed(String yaml) {
        return yaml.replace("\r\n", "\n");
    }

    private static ModelAndView save(
            Optional<RuleId> edited, String yaml, RedirectAttributes next, Model model, Change change) {
        try {
            var saved = change.make();
            next.addFlashAttribute("note", "%s is in force.".formatted(saved.name()));
            return new ModelAndView("redirect:%s/%s".formatted(LIST, saved.id()));
        } catch (InvalidRule e) {
            return notSaved(edited, yaml, e.problems(), model);
        } catch (RuleRefused e) {
            return notSaved(edited, yaml, List.of(new RuleProblem("rule", 0, 0, e.reason())), model);
        }
    }

    private static ModelAndView notSaved(
            Optional<RuleId> edited, String yaml, List<RuleProblem> problems, Model model) {
        var page = new ModelAndView(form(edited, yaml, problems, model), model.asMap());
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /** Does something with a rule that is not about its text. */
    private interface Action {
        void run(RuleId id) throws RuleRefused;
    }

    @PostMapping(ONE + "/off")
    String switchOff(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        return act(
                scope,
                id,
                next,
                rule -> editing.switchOff(scope, rule, reason, who.getUsername()),
                rule -> "%s is switched off.".formatted(rule.name()),
                "/" + id);
    }

    @PostMapping(ONE + "/on")
    String switchOn(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        return act(
                scope,
                id,
                next,
                rule -> editing.switchOn(scope, rule, who.getUsername()),
                rule -> "%s is switched on.".formatted(rule.name()),
                "/" + id);
    }

    @PostMapping(ONE + "/remove")
    String remove(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        return act(
                scope,
                id,
                next,
                rule -> editing.remove(scope, rule, reason, who.getUsername()),
                rule -> "%s is removed.".formatted(rule.name()),
                "");
    }

    private String act(
            Scope scope, String id, RedirectAttributes next, Action action, Function<Rule, String> note, String after) {
        var rule = find(scope, id).rule();
        try {
            action.run(rule.id());
            next.addFlashAttribute("note", note.apply(rule));
            return "redirect:" + LIST + after;
        } catch (RuleRefused e) {
            next.addFlashAttribute("problem", e.reason());
            return "redirect:%s/%s".formatted(LIST, rule.id());
        }
    }
}
