package dev.gatehouse.workbench.web.pages.notifications;

import dev.gatehouse.workbench.notifications.Deliveries;
import dev.gatehouse.workbench.notifications.Integration;
import dev.gatehouse.workbench.notifications.IntegrationDraft;
import dev.gatehouse.workbench.notifications.IntegrationType;
import dev.gatehouse.workbench.notifications.Integrations;
import dev.gatehouse.workbench.notifications.NotificationChangedMeanwhile;
import dev.gatehouse.workbench.notifications.WebhookAuth;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.NameFilter;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.ShownOnce;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.HashMap;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** Organization Settings &gt; Integrations: webhooks, chats and pagers, with what was delivered to each of late. */
@Controller
@RequestMapping(IntegrationPages.LIST)
class IntegrationPages {

    static final String LIST = "/settings/integrations";

    private static final String ONE = "/{id}";
    private static final String SECRET = "secret";

    /** As many deliveries as a page shows. */
    private static final int ROWS = 50;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Integrations integrations;
    private final Deliveries deliveries;
    private final Organizations organizations;

    IntegrationPages(Integrations integrations, Deliveries deliveries, Organizations organizations) {
        this.integrations = integrations;
        this.deliveries = deliveries;
        this.organizations = organizations;
    }

    @GetMapping
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("list", integrations.list(scope, filter.text(), filter.offset(), NameFilter.ROWS));
        return "show/integrations";
    }

    @GetMapping("/add")
    String add(Scope scope, @RequestParam(defaultValue = "") String type, Model model) {
        model.addAttribute("types", IntegrationType.values());
        return IntegrationType.named(type)
                .map(known -> form(
                        scope,
                        new TypedForm(Optional.empty(), Map.of("url", known.usualUrl()), List.of()),
                        known,
                        model))
                .orElse("show/integration-types");
    }

    private String form(Scope scope, TypedForm form, IntegrationType type, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("type", type);
        model.addAttribute("auths", WebhookAuth.values());
        model.addAttribute(
                "organizations",
                form.isNew() && scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        return "show/integration-form";
    }

    @PostMapping
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            var added = integrations.add(
                    scope, Typed.id(typed.getOrDefault("organization", "")), draft(typed), Actor.of(who));
            added.made()
                    .ifPresent(secret -> next.addFlashAttribute(
                            "shownOnce",
                            new ShownOnce(
                                    "The secret of “%s”. It is shown only now: give it to the receiver."
                                            .formatted(added.integration().name()),
                                    secret.reveal())));
            return saved(added.integration(), next);
        } catch (InvalidFields e) {
            var type = IntegrationType.named(typed.getOrDefault("integration_type", ""))
                    .orElseThrow(NotHere::new);
            return again(scope, Optional.empty(), typed, e.problems(), type, HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private static IntegrationDraft draft(Map<String, String> typed) {
        return new IntegrationDraft(
                typed.getOrDefault("integration_type", ""),
                typed.getOrDefault("name", ""),
                typed.getOrDefault("url", ""),
                typed.getOrDefault("auth_type", ""),
                typed.getOrDefault("username", ""),
                typed.getOrDefault(SECRET, ""));
    }

    private static ModelAndView saved(Integration integration, RedirectAttributes next) {
        next.addFlashAttribute("note", "“%s” is saved.".formatted(integration.name()));
        return new ModelAndView("redirect:%s/%s".formatted(LIST, integration.id()));
    }

    private ModelAndView again(
            Scope scope,
            Optional<UUID> edited,
            Map<String, String> typed,
            List<FieldProblem> problems,
            IntegrationType type,
            HttpStatus status,
            Model model) {
        var shown = new HashMap<>(typed);
        // It does not come back to the browser; it is entered again.
        shown.remove(SECRET);
        var page = new ModelAndView(form(scope, new TypedForm(edited, shown, problems), type, model), model.asMap());
        page.setStatus(status);
        return page;
    }

    private Integration find(Scope scope, UUID id) {
        return integrations.find(scope, id).orElseThrow(NotHere::new);
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, @RequestParam Map<String, String> parameters, Model model) {
        var integration = find(scope, id);
        var asked = QueryParameters.of(parameters);
        var page = asked.page();
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("shown", integration);
        model.addAttribute("page", page);
        model.addAttribute("history", integrations.history(scope, id));
        model.addAttribute("list", deliveries.to(scope, integration, (page - 1) * ROWS, ROWS));
        model.addAttribute("address", new NameFilter("", page).address("%s/%s".formatted(LIST, id)));
        return "show/integration";
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var integration = find(scope, id);
        var values = Map.of(
                "name", integration.name(),
                "url", integration.address().url(),
                "revision", String.valueOf(integration.revision()));
        return form(scope, new TypedForm(Optional.of(id), values, List.of()), integration.type(), model);
    }

    @PostMapping(ONE)
    ModelAndView change(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var type = find(scope, id).type();
        try {
            return saved(integrations.change(scope, id, revision, draft(typed), Actor.of(who)), next);
        } catch (InvalidFields e) {
            return again(scope, Optional.of(id), typed, e.problems(), type, HttpStatus.UNPROCESSABLE_CONTENT, model);
        } catch (NotificationChangedMeanwhile e) {
            model.addAttribute("problem", e.getMessage());
            return again(scope, Optional.of(id), typed, List.of(), type, HttpStatus.CONFLICT, model);
        }
    }

    @PostMapping(ONE + "/test")
    String test(Scope scope, @PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next)
            throws InterruptedException {
        find(scope, id);
        var tested = integrations.test(scope, id, Actor.of(who));
        next.addFlashAttribute(
                tested.test().status() == Integration.Status.TEST_SUCCESS ? "note" : "problem",
                "%s. %s".formatted(tested.test().status().title(), tested.test().result()));
        return "redirect:%s/%s".formatted(LIST, id);
    }

    @PostMapping(ONE + "/remove")
    String remove(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var integration = find(scope, id);
        try {
            integrations.remove(scope, id, revision, Actor.of(who));
        } catch (NotificationChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
            return "redirect:%s/%s".formatted(LIST, id);
        }
        next.addFlashAttribute("note", "“%s” is removed.".formatted(integration.name()));
        return "redirect:" + LIST;
    }

    @GetMapping(ONE + "/deliveries/{delivery}")
    String delivery(Scope scope, @PathVariable UUID id, @PathVariable UUID delivery, Model model) {
        var integration = find(scope, id);
        var found = deliveries.find(scope, integration, delivery).orElseThrow(NotHere::new);
        model.addAttribute("shown", integration);
        model.addAttribute("delivery", found.delivery());
        model.addAttribute(
                "payload", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(found.payload())));
        return "show/delivery";
    }

    @PostMapping(ONE + "/deliveries/{delivery}/again")
    String again(Scope scope, @PathVariable UUID id, @PathVariable UUID delivery, RedirectAttributes next) {
        var integration = find(scope, id);
        if (deliveries.find(scope, integration, delivery).isEmpty()) {
            throw new NotHere();
        }
        if (deliveries.again(scope, integration, delivery)) {
            next.addFlashAttribute("note", "It is sent again. Reload the page to see what comes of it.");
        } else {
            next.addFlashAttribute("problem", "It is under way already.");
        }
        return "redirect:%s/%s/deliveries/%s".formatted(LIST, id, delivery);
    }
}
