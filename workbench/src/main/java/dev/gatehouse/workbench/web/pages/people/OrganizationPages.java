package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.onboard.Guides;
import dev.gatehouse.workbench.people.NoSuchOrganization;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.SeenValues;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

/** Organization Settings &gt; Organizations, and &gt; My Organization: what its people need for setting a tenant up. */
@Controller
class OrganizationPages {

    private static final String LIST = "/settings/organizations";
    private static final String ONE = LIST + "/{id}";

    private final Organizations organizations;
    private final Guides guides;

    OrganizationPages(Organizations organizations, Guides guides) {
        this.organizations = organizations;
        this.guides = guides;
    }

    @GetMapping(LIST)
    String list(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("organizations", organizations.all(who.scope()));
        return "show/organizations";
    }

    /** One's own; whoever belongs to none says which, or is shown the list. */
    @GetMapping("/settings/my-organization")
    String mine(
            @RequestParam(name = "organization", required = false) @Nullable UUID chosen,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        var shown = chosen == null
                ? organizations.only(who.scope())
                : Optional.of(organizations.find(who.scope(), chosen).orElseThrow(NotHere::new));
        if (shown.isEmpty()) {
            return "redirect:" + LIST;
        }
        model.addAttribute("organization", shown.get());
        model.addAttribute("provider", guides.provider());
        model.addAttribute("guest", shown.get().guid().value() + "@" + guides.guestDomain());
        model.addAttribute("providerTenant", guides.providerTenant());
        model.addAttribute("printed", false);
        return "show/my-organization";
    }

    @GetMapping(LIST + "/add")
    String add(Model model) {
        model.addAttribute("form", new TypedForm(Optional.empty(), Map.of(), List.of()));
        return "show/organization-form";
    }

    @GetMapping(ONE + "/edit")
    String edit(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Model model) {
        var values = values(organizations.find(who.scope(), id).orElseThrow(NotHere::new));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        model.addAttribute("form", new TypedForm(Optional.of(id), values, List.of()));
        return "show/organization-form";
    }

    private static Map<String, String> values(Organization organization) {
        return Map.of(
                "name", organization.name(),
                "short_name", organization.shortName(),
                "guid", organization.guid().value(),
                "region", organization.region(),
                "notes", organization.notes());
    }

    @PostMapping(LIST)
    ModelAndView add(@RequestParam Map<String, String> typed, RedirectAttributes next, Model model) {
        return save(Optional.empty(), typed, next, model, organizations::add);
    }

    @PostMapping(ONE)
    ModelAndView change(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var present = values(organizations.find(who.scope(), id).orElseThrow(NotHere::new));
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(new TypedForm(Optional.of(id), typed, List.of()), HttpStatus.CONFLICT, model);
        }
        return save(Optional.of(id), typed, next, model, draft -> organizations.change(id, draft));
    }

    private static ModelAndView save(
            Optional<UUID> edited,
            Map<String, String> typed,
            RedirectAttributes next,
            Model model,
            Function<OrganizationDraft, Organization> saving) {
        try {
            var saved = saving.apply(new OrganizationDraft(
                    typed.getOrDefault("name", ""),
                    typed.getOrDefault("short_name", ""),
                    typed.getOrDefault("guid", ""),
                    typed.getOrDefault("region", ""),
                    typed.getOrDefault("notes", "")));
            next.addFlashAttribute("note", "%s is saved.".formatted(saved.name()));
            return new ModelAndView("redirect:" + LIST);
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(new TypedForm(edited, typed, e.problems()), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private static ModelAndView again(TypedForm form, HttpStatus status, Model model) {
        model.addAttribute("form", form);
        var page = new ModelAndView("show/organization-form", model.asMap());
        page.setStatus(status);
        return page;
    }

    @ExceptionHandler(NoSuchOrganization.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
