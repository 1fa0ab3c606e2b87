package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.ContextChangedMeanwhile;
import dev.gatehouse.workbench.context.Entries;
import dev.gatehouse.workbench.context.Entry;
import dev.gatehouse.workbench.context.NoSuchContext;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages on which people list, write, change and remove what they say; each kind has its own address and templates. */
abstract class EntryPages<E extends Entry<T>, T extends Entry.Terms, D> {

    private static final String ONE = "/{id}";

    private final Look look;
    private final Entries<E, T, D> entries;
    private final Organizations organizations;
    private final Moments moments;

    /**
     * Where pages are, and which templates draw them.
     *
     * @param address of the list; all others are below it
     */
    record Look(String address, String list, String one, String form) {}

    EntryPages(Look look, Entries<E, T, D> entries, Organizations organizations, Moments moments) {
        this.look = look;
        this.entries = entries;
        this.organizations = organizations;
        this.moments = moments;
    }

    /** What the fields of the form hold. */
    abstract Map<String, String> values(E entry);

    abstract D draft(Map<String, String> typed);

    /** What people call it, at the beginning of a sentence. */
    abstract String called(E entry);

    /** What a new form holds, of what its address says. */
    Map<String, String> proposed(Map<String, String> parameters) {
        return Map.of();
    }

    /** Adds what only these templates need. */
    void addTo(Model model) {}

    @GetMapping
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("instant", moments.now());
        model.addAttribute("list", entries.list(scope, filter.text(), filter.offset(), NameFilter.ROWS));
        return look.list();
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        model.addAttribute("shown", find(scope, id));
        model.addAttribute("history", entries.history(scope, id));
        model.addAttribute("instant", moments.now());
        addTo(model);
        return look.one();
    }

    private E find(Scope scope, UUID id) {
        return entries.find(scope, id).orElseThrow(NotHere::new);
    }

    @GetMapping("/add")
    String add(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        return show(scope, new TypedForm(Optional.empty(), proposed(parameters), List.of()), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var values = values(find(scope, id));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        return show(scope, new TypedForm(Optional.of(id), values, List.of()), model);
    }

    private String show(Scope scope, TypedForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute(
                "organizations",
                form.isNew() && scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        addTo(model);
        return look.form();
    }

    @PostMapping
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            return saved(
                    entries.add(scope, Typed.id(typed.getOrDefault("organization", "")), draft(typed), Actor.of(who)),
                    next);
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
        var entry = find(scope, id);
        var present = values(entry);
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute("changer", entry.trace().updatedBy());
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(scope, Optional.of(id), typed, List.of(), HttpStatus.CONFLICT, model);
        }
        try {
            return saved(entries.change(scope, id, entry.revision(), draft(typed), Actor.of(who)), next);
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(scope, Optional.of(id), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private ModelAndView saved(E entry, RedirectAttributes next) {
        next.addFlashAttribute("note", called(entry) + " is saved.");
        return new ModelAndView("redirect:%s/%s".formatted(look.address(), entry.id()));
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
        var entry = find(scope, id);
        try {
            entries.remove(scope, id, revision, Actor.of(who));
        } catch (ContextChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
            return "redirect:%s/%s".formatted(look.address(), id);
        }
        next.addFlashAttribute("note", called(entry) + " is removed.");
        return "redirect:" + look.address();
    }

    @ExceptionHandler(NoSuchContext.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
