package dev.gatehouse.workbench.web.pages.notifications;

import dev.gatehouse.workbench.notifications.Integration;
import dev.gatehouse.workbench.notifications.Mail;
import dev.gatehouse.workbench.notifications.NotificationRule;
import dev.gatehouse.workbench.notifications.NotificationRules;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What somebody wants to be told by e-mail. It is theirs wherever they look, so it is read and written in their own scope. */
@Controller
@RequestMapping(OwnRulePages.LIST)
class OwnRulePages extends RuleForms {

    static final String LIST = "/account/notifications";

    OwnRulePages(NotificationRules rules, Mail mail) {
        super(LIST, rules, mail);
    }

    @Override
    boolean isOwn() {
        return true;
    }

    @Override
    void addChoices(Scope scope, Optional<NotificationRule> rule, TypedForm form, Model model) {
        model.addAttribute("integrations", List.<Integration>of());
        model.addAttribute("organization", "");
        model.addAttribute("ownerName", "you");
    }

    private static String me(SignedIn who) {
        return "account:" + who.account().id();
    }

    @GetMapping
    String list(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("rules", Scoped.within(who.scope(), () -> rules().own(
                        who.scope(), who.account().id())));
        model.addAttribute("hasMail", hasMail());
        model.addAttribute("mailIsMissing", Mail.MISSING);
        return "show/own-notifications";
    }

    @GetMapping("/add")
    String add(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("mine", me(who));
        return show(
                who.scope(),
                Optional.empty(),
                new TypedForm(Optional.empty(), Map.of(), List.of()),
                empty(List.of(me(who))),
                model);
    }

    @GetMapping("/{id}/edit")
    String edit(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("mine", me(who));
        return Scoped.within(who.scope(), () -> edit(who.scope(), find(who.scope(), id, who), model));
    }

    @PostMapping
    ModelAndView add(
            @RequestParam MultiValueMap<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        model.addAttribute("mine", me(who));
        return Scoped.within(who.scope(), () -> add(who.scope(), Optional.empty(), typed, who, next, model));
    }

    @PostMapping("/{id}")
    ModelAndView change(
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        model.addAttribute("mine", me(who));
        return Scoped.within(
                who.scope(), () -> change(who.scope(), find(who.scope(), id, who), typed, who, next, model));
    }

    @PostMapping("/{id}/remove")
    String remove(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        return Scoped.within(who.scope(), () -> remove(who.scope(), find(who.scope(), id, who), revision, who, next));
    }
}
