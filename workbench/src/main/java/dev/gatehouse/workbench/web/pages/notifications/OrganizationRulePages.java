package dev.gatehouse.workbench.web.pages.notifications;

import dev.gatehouse.workbench.notifications.Author;
import dev.gatehouse.workbench.notifications.Integration;
import dev.gatehouse.workbench.notifications.Integrations;
import dev.gatehouse.workbench.notifications.Mail;
import dev.gatehouse.workbench.notifications.NotificationRule;
import dev.gatehouse.workbench.notifications.NotificationRules;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.NameFilter;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
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

/** Organization Settings &gt; Notifications: what an organization is told of, and where. */
@Controller
@RequestMapping(OrganizationRulePages.LIST)
class OrganizationRulePages extends RuleForms {

    static final String LIST = "/settings/notifications";

    private final Integrations integrations;
    private final Organizations organizations;

    OrganizationRulePages(NotificationRules rules, Mail mail, Integrations integrations, Organizations organizations) {
        super(LIST, rules, mail);
        this.integrations = integrations;
        this.organizations = organizations;
    }

    @Override
    boolean isOwn() {
        return false;
    }

    @GetMapping
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        var shown = rules().list(scope, filter.text(), filter.offset(), NameFilter.ROWS);
        model.addAttribute("list", shown);
        model.addAttribute(
                "named",
                integrations.names(
                        scope,
                        shown.rows().stream()
                                .flatMap(rule -> rule.terms().destinations().stream())
                                .toList()));
        model.addAttribute("organizations", choices(scope));
        model.addAttribute("integrations", choosable(scope, whose(scope)));
        return "show/notification-rules";
    }

    private List<Organization> choices(Scope scope) {
        return scope instanceof Scope.Everything ? organizations.all(scope) : List.of();
    }

    private static Optional<UUID> whose(Scope scope) {
        return scope instanceof Scope.Organization(var id) ? Optional.of(id) : Optional.empty();
    }

    private List<Integration> choosable(Scope scope, Optional<UUID> organization) {
        return integrations.of(scope, organization);
    }

    @Override
    void addChoices(Scope scope, Optional<NotificationRule> rule, TypedForm form, Model model) {
        var owner = rule.map(known -> known.owner().organization())
                .orElseGet(() -> Typed.id(form.text("organization")).or(() -> whose(scope)));
        model.addAttribute("integrations", choosable(scope, owner));
        model.addAttribute("organization", owner.map(UUID::toString).orElse(""));
        model.addAttribute(
                "ownerName",
                rule.map(known -> known.owner().name())
                        .or(() -> owner.flatMap(id -> organizations.find(scope, id))
                                .map(Organization::name))
                        .orElse("the provider, who hears of all organizations"));
    }

    /** Whoever looks at all organizations says first whose the rule is to be: that decides where it can lead. */
    @GetMapping("/add")
    String add(Scope scope, @RequestParam(defaultValue = "") String organization, Model model) {
        return show(
                scope,
                Optional.empty(),
                new TypedForm(Optional.empty(), Map.of("organization", organization), List.of()),
                empty(List.of()),
                model);
    }

    @GetMapping("/{id}/edit")
    String edit(Scope scope, @PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Model model) {
        return edit(scope, find(scope, id, who), model);
    }

    @PostMapping
    ModelAndView add(
            Scope scope,
            @RequestParam MultiValueMap<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        return add(scope, Typed.id(first(typed, "organization")), typed, who, next, model);
    }

    @PostMapping("/{id}")
    ModelAndView change(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        return change(scope, find(scope, id, who), typed, who, next, model);
    }

    @PostMapping("/{id}/remove")
    String remove(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        return remove(scope, find(scope, id, who), revision, who, next);
    }

    @PostMapping("/usual")
    String usual(
            Scope scope,
            @RequestParam MultiValueMap<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        try {
            var added = rules().addUsual(
                            scope,
                            Typed.id(first(typed, "organization")),
                            draft(typed).destinations(),
                            Author.of(who));
            next.addFlashAttribute(
                    "note",
                    switch (added) {
                        case 0 -> "The usual rules are there already.";
                        case 1 -> "One rule is added.";
                        default -> "%d rules are added.".formatted(added);
                    });
        } catch (InvalidFields e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:" + LIST;
    }
}
