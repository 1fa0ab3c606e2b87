package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.InvalidAlertChange;
import dev.gatehouse.workbench.alerts.Reread.Finding;
import dev.gatehouse.workbench.alerts.Rereads;
import dev.gatehouse.workbench.detections.Rule;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

/** Detections &gt; Rules &gt; one of them &gt; Read history again. */
@Controller
class RereadPages {

    private static final String PAGE = RulePages.LIST + "/{id}/history";
    private static final int ROWS = 50;

    private final Rules rules;
    private final Rereads rereads;

    RereadPages(Rules rules, Rereads rereads) {
        this.rules = rules;
        this.rereads = rereads;
    }

    @GetMapping(PAGE)
    String show(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String directory,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        return show(
                scope,
                rule(scope, id),
                new TypedForm(Optional.empty(), Map.of("days", "30"), List.of()),
                directory,
                after,
                model);
    }

    private Rule rule(Scope scope, String id) {
        return Optional.of(id)
                .filter(RuleId::isValid)
                .flatMap(valid -> rules.find(scope, new RuleId(valid)))
                .orElseThrow(NotHere::new)
                .rule();
    }

    private String show(Scope scope, Rule rule, TypedForm form, String directory, String after, Model model) {
        var last = rereads.last(scope, rule.id());
        model.addAttribute("rule", rule);
        model.addAttribute("form", form);
        model.addAttribute("reread", last);
        var found = last.map(reread -> rereads.findings(
                        scope, reread.id(), new TenantId(Typed.id(directory).orElse(new UUID(0, 0))), after, ROWS + 1))
                .orElse(List.of());
        model.addAttribute("findings", found.stream().limit(ROWS).toList());
        model.addAttribute(
                "more",
                found.size() > ROWS ? Optional.of(after(rule, found.get(ROWS - 1))) : Optional.<Address>empty());
        return "show/detection-rule-history";
    }

    private static Address after(Rule rule, Finding finding) {
        return Address.of(address(rule.id()))
                .with("directory", finding.tenant())
                .with("after", finding.vendorAlert());
    }

    private static String address(RuleId id) {
        return "%s/%s/history".formatted(RulePages.LIST, id);
    }

    @PostMapping(PAGE)
    ModelAndView begin(
            Scope scope,
            @PathVariable String id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        var rule = rule(scope, id);
        var days = typed.getOrDefault("days", "").strip();
        try {
            rereads.begin(scope, rule.id(), days.matches("\\d{1,4}") ? Integer.parseInt(days) : 0, Actor.of(who));
            return new ModelAndView("redirect:" + address(rule.id()));
        } catch (InvalidAlertChange e) {
            List<FieldProblem> problems = e.problems();
            var page = new ModelAndView(
                    show(scope, rule, new TypedForm(Optional.empty(), typed, problems), "", "", model), model.asMap());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    @PostMapping(PAGE + "/apply")
    String apply(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reread,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        return act(scope, id, reread, next, chosen -> rereads.apply(scope, chosen, Actor.of(who)));
    }

    @PostMapping(PAGE + "/stop")
    String stop(
            Scope scope,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reread,
            RedirectAttributes next) {
        return act(scope, id, reread, next, chosen -> rereads.stop(scope, chosen));
    }

    /** Does something with what somebody looked at. */
    private interface Action {
        void run(UUID reread);
    }

    private String act(Scope scope, String id, String reread, RedirectAttributes next, Action action) {
        var rule = rule(scope, id);
        try {
            action.run(Typed.id(reread).orElseThrow(NotHere::new));
        } catch (InvalidAlertChange e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:" + address(rule.id());
    }
}
