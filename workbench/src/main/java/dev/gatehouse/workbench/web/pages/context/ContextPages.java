package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.ContextChangedMeanwhile;
import dev.gatehouse.workbench.context.ContextLabel;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.LabelDraft;
import dev.gatehouse.workbench.context.NoSuchContext;
import dev.gatehouse.workbench.context.ValueKind;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
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
import java.util.EnumMap;
import java.util.HashMap;
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

/** Organization Settings &gt; Context: labels of accounts, hosts and addresses. */
@Controller
class ContextPages {

    private static final String LIST = "/settings/context";
    private static final String ONE = LIST + "/{id}";

    private final ContextLabels labels;
    private final Organizations organizations;
    private final Moments moments;

    ContextPages(ContextLabels labels, Organizations organizations, Moments moments) {
        this.labels = labels;
        this.organizations = organizations;
        this.moments = moments;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("instant", moments.now());
        model.addAttribute("list", labels.list(scope, filter.text(), filter.offset(), NameFilter.ROWS));
        return "show/context";
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        model.addAttribute("label", labels.find(scope, id).orElseThrow(NotHere::new));
        model.addAttribute(
                "history",
                labels.history(scope, id).stream()
                        .map(event -> new Entry(event.at(), event.sentence()))
                        .toList());
        model.addAttribute("kinds", ValueKind.values());
        model.addAttribute("instant", moments.now());
        return "show/context-label";
    }

    /** A line of the history. */
    public record Entry(Instant at, String sentence) {}

    @GetMapping(LIST + "/add")
    String add(Scope scope, Model model) {
        return show(scope, new TypedForm(Optional.empty(), Map.of(), List.of()), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var values = values(labels.find(scope, id).orElseThrow(NotHere::new));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        return show(scope, new TypedForm(Optional.of(id), values, List.of()), model);
    }

    private String show(Scope scope, TypedForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("kinds", ValueKind.values());
        model.addAttribute(
                "organizations",
                form.isNew() && scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        return "show/context-form";
    }

    private static Map<String, String> values(ContextLabel label) {
        var draft = label.terms().draft();
        var values = new HashMap<String, String>();
        values.put("title", draft.title());
        values.put("reason", draft.reason());
        values.put("ends_at", draft.ends());
        for (var kind : ValueKind.values()) {
            values.put(kind.key(), String.join("\n", draft.values().getOrDefault(kind, List.of())));
        }
        return values;
    }

    private static LabelDraft draft(Map<String, String> typed) {
        var values = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        for (var kind : ValueKind.values()) {
            values.put(kind, LabelDraft.split(typed.getOrDefault(kind.key(), "")));
        }
        return new LabelDraft(
                typed.getOrDefault("title", ""),
                typed.getOrDefault("reason", ""),
                values,
                typed.getOrDefault("ends_at", ""));
    }

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            var added =
                    labels.add(scope, Typed.id(typed.getOrDefault("organization", "")), draft(typed), Actor.of(who));
            return saved(added, next);
        } catch (InvalidFields e) {
            return again(scope, Optional.empty(), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
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
        var label = labels.find(scope, id).orElseThrow(NotHere::new);
        var present = values(label);
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute("changer", label.trace().updatedBy());
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(scope, Optional.of(id), typed, List.of(), HttpStatus.CONFLICT, model);
        }
        try {
            return saved(labels.change(scope, id, label.revision(), draft(typed), Actor.of(who)), next);
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(scope, Optional.of(id), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private static ModelAndView saved(ContextLabel label, RedirectAttributes next) {
        next.addFlashAttribute("note", "“%s” is saved.".formatted(label.terms().title()));
        return new ModelAndView("redirect:" + LIST + "/" + label.id());
    }

    private ModelAndView again(
            Scope scope,
            Optional<UUID> edited,
            Map<String, String> typed,
            List<FieldProblem> problems,
            HttpStatus status,
            Model model) {
        var page = new ModelAndView(show(scope, new TypedForm(edited, typed, problems), model), model.asMap());
        page.setStatus(status);
        return page;
    }

    @PostMapping(ONE + "/remove")
    String remove(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int revision,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var label = labels.find(scope, id).orElseThrow(NotHere::new);
        try {
            labels.remove(scope, id, revision, Actor.of(who));
        } catch (ContextChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
            return "redirect:" + LIST + "/" + id;
        }
        next.addFlashAttribute(
                "note", "“%s” is removed.".formatted(label.terms().title()));
        return "redirect:" + LIST;
    }

    @ExceptionHandler(NoSuchContext.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
