package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.NoSuchToken;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.people.TokenDraft;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.ShownOnce;
import dev.gatehouse.workbench.web.frame.TypedForm;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
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

/** Organization Settings &gt; Service Accounts: the tokens that programs come with. */
@Controller
class ServiceAccountPages {

    private static final String LIST = "/settings/service-accounts";

    private final ApiTokens tokens;
    private final SecondFactors secondFactors;
    private final Organizations organizations;

    ServiceAccountPages(ApiTokens tokens, SecondFactors secondFactors, Organizations organizations) {
        this.tokens = tokens;
        this.secondFactors = secondFactors;
        this.organizations = organizations;
    }

    @GetMapping(LIST)
    String list(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("tokens", tokens.all(who.scope()));
        model.addAttribute("organizations", UserPages.names(organizations, who));
        return "show/service-accounts";
    }

    @GetMapping(LIST + "/add")
    String add(@AuthenticationPrincipal SignedIn who, Model model) {
        return form(Map.of(), List.of(), who, model);
    }

    private String form(Map<String, String> typed, List<FieldProblem> problems, SignedIn who, Model model) {
        model.addAttribute("form", new TypedForm(Optional.empty(), typed, problems));
        model.addAttribute("asksForCode", secondFactors.has(who.account().id()));
        UserPages.choices(organizations, who, model);
        return "show/service-account-form";
    }

    @PostMapping(LIST)
    ModelAndView add(
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            RedirectAttributes next,
            Model model) {
        var draft = new TokenDraft(
                typed.getOrDefault("name", ""), UserPages.membership(typed), typed.getOrDefault("expires_at", ""));
        var token = tokens.draw();
        try {
            // Before the code, which is taken once.
            tokens.check(Administrator.of(who), draft);
            requireCode(who, typed.getOrDefault("code", ""), request);
            var added = tokens.add(Administrator.of(who), draft, token);
            next.addFlashAttribute(
                    "shownOnce", new ShownOnce("The token '%s'. It is shown only now.".formatted(added.name()), token));
            return new ModelAndView("redirect:" + LIST);
        } catch (InvalidFields e) {
            var page = new ModelAndView(form(typed, e.problems(), who, model), model.asMap());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    /** Whoever finds an open session must not leave with a key that outlives it. */
    private void requireCode(SignedIn who, String code, HttpServletRequest request) {
        secondFactors
                .problemWith(who.account(), Optional.of(code).filter(text -> !text.isBlank()), request.getRemoteAddr())
                .ifPresent(problem -> {
                    throw new InvalidFields(List.of(FieldProblem.error("code", problem.sentence())));
                });
    }

    @PostMapping(LIST + "/{id}/revoke")
    String revoke(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        tokens.revoke(Administrator.of(who), id);
        next.addFlashAttribute("note", "The token is revoked. Nobody comes in with it any more.");
        return "redirect:" + LIST;
    }

    @ExceptionHandler(NoSuchToken.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
