package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.onboard.Guides;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.NoSuchOrganization;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NameFilter;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.SeenValues;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Tuning tuning;
    private final SecurityDevices devices;
    private final Moments moments;

    OrganizationPages(
            Organizations organizations, Guides guides, Tuning tuning, SecurityDevices devices, Moments moments) {
        this.organizations = organizations;
        this.guides = guides;
        this.tuning = tuning;
        this.devices = devices;
        this.moments = moments;
    }

    @GetMapping(LIST)
    String list(@AuthenticationPrincipal SignedIn who, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("list", organizations.list(who.scope(), filter.text(), filter.offset(), NameFilter.ROWS));
        return "show/organizations";
    }

    /** One's own; whoever belongs to none says which, or is shown the list. */
    @GetMapping("/settings/my-organization")
    String mine(
            Scope scope,
            @RequestParam(name = "organization", required = false) @Nullable UUID chosen,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        var shown = chosen == null
                ? organizations.only(who.scope())
                : Optional.of(organizations.find(who.scope(), chosen).orElseThrow(NotHere::new));
        if (shown.isEmpty()) {
            return "redirect:" + LIST;
        }
        return show(scope, shown.get(), model);
    }

    private String show(Scope scope, Organization organization, Model model) {
        model.addAttribute("organization", organization);
        model.addAttribute("provider", guides.provider());
        model.addAttribute("guest", organization.guid().value() + "@" + guides.guestDomain());
        model.addAttribute("providerTenant", guides.providerTenant());
        model.addAttribute("printed", false);
        addTuning(scope, organization.id(), model);
        return "show/my-organization";
    }

    /** How new alerts of the organization are tuned, who has changed that, and which devices are being tuned. */
    private void addTuning(Scope scope, UUID organization, Model model) {
        var values = tuningValues(scope, organization);
        var own = devices.all(Scope.of(organization));
        var until = tuning.newDevicesUntil(
                organization,
                own.stream().map(SecurityDevice::directory).distinct().toList(),
                moments.now());
        model.addAttribute("usual", tuning.usual());
        model.addAttribute("tuningHistory", tuning.history(scope, organization));
        model.addAttribute(
                "tuned",
                own.stream()
                        .filter(device -> until.containsKey(device.directory()))
                        .map(device -> new TunedDevice(device, Objects.requireNonNull(until.get(device.directory()))))
                        .toList());
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", new TypedForm(Optional.of(organization), values, List.of()));
            model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        }
    }

    /**
     * A device whose new alerts are tuned.
     *
     * @param until when that ends
     */
    public record TunedDevice(SecurityDevice device, Instant until) {}

    /** As the form has them: {@code usual}, or hours, with 0 for off. */
    private Map<String, String> tuningValues(Scope scope, UUID organization) {
        var own = tuning.own(scope, organization);
        return Map.of(
                "mode",
                own.map(rules -> rules.newDevice().isZero() ? "off" : "hours").orElse("usual"),
                "new_device_hours",
                Long.toString(own.map(Tuning.Rules::newDevice)
                        .filter(length -> !length.isZero())
                        .orElse(tuning.usual().newDevice())
                        .toHours()),
                "flood_threshold",
                Integer.toString(own.orElse(tuning.usual()).floodThreshold()));
    }

    @PostMapping("/settings/my-organization/tuning")
    ModelAndView tune(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var organization = Typed.id(typed.getOrDefault("organization", ""))
                .flatMap(id -> organizations.find(scope, id))
                .orElseThrow(NotHere::new);
        var present = tuningValues(scope, organization.id());
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return tuneAgain(scope, organization, typed, List.of(), HttpStatus.CONFLICT, model);
        }
        try {
            tune(scope, organization.id(), typed, Actor.of(who));
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return tuneAgain(scope, organization, typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
        next.addFlashAttribute("note", "Tuning of %s is saved.".formatted(organization.name()));
        return new ModelAndView("redirect:/settings/my-organization?organization=" + organization.id());
    }

    private void tune(Scope scope, UUID organization, Map<String, String> typed, Actor actor) {
        var mode = typed.getOrDefault("mode", "");
        if (mode.equals("usual")) {
            tuning.setUsual(scope, organization, actor);
            return;
        }
        if (!List.of("hours", "off").contains(mode)) {
            throw new InvalidFields(List.of(FieldProblem.error("mode", "Choose how new devices are tuned.")));
        }
        tuning.set(
                scope,
                organization,
                // No number is refused like one that is out of range.
                mode.equals("off") ? 0 : number(typed, "new_device_hours"),
                number(typed, "flood_threshold"),
                actor);
    }

    private static int number(Map<String, String> typed, String field) {
        var text = typed.getOrDefault(field, "").strip();
        return text.matches("\\d{1,7}") && !text.equals("0") ? Integer.parseInt(text) : -1;
    }

    private ModelAndView tuneAgain(
            Scope scope,
            Organization organization,
            Map<String, String> typed,
            List<FieldProblem> problems,
            HttpStatus status,
            Model model) {
        model.addAttribute("form", new TypedForm(Optional.of(organization.id()), typed, problems));
        var page = new ModelAndView(show(scope, organization, model), model.asMap());
        page.setStatus(status);
        return page;
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
