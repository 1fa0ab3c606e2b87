package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.ContextChangedMeanwhile;
import dev.gatehouse.workbench.context.NoSuchContext;
import dev.gatehouse.workbench.context.Note;
import dev.gatehouse.workbench.context.NoteDraft;
import dev.gatehouse.workbench.context.Notes;
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

/** Organization Settings &gt; Context &gt; Notes: what people want to be known about a name. */
@Controller
class NotePages {

    private static final String LIST = "/settings/notes";
    private static final String ONE = LIST + "/{id}";

    private final Notes notes;
    private final Organizations organizations;
    private final Moments moments;

    NotePages(Notes notes, Organizations organizations, Moments moments) {
        this.notes = notes;
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
        model.addAttribute("list", notes.list(scope, filter.text(), filter.offset(), NameFilter.ROWS));
        return "show/notes";
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        model.addAttribute("shown", notes.find(scope, id).orElseThrow(NotHere::new));
        model.addAttribute("history", notes.history(scope, id));
        model.addAttribute("instant", moments.now());
        return "show/note";
    }

    /** A form for a new one; whoever comes from a name has it filled in. */
    @GetMapping(LIST + "/add")
    String add(Scope scope, @RequestParam(defaultValue = "") String term, Model model) {
        return show(scope, new TypedForm(Optional.empty(), Map.of("term", term), List.of()), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var values = values(notes.find(scope, id).orElseThrow(NotHere::new));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        return show(scope, new TypedForm(Optional.of(id), values, List.of()), model);
    }

    private String show(Scope scope, TypedForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute(
                "organizations",
                form.isNew() && scope instanceof Scope.Everything ? organizations.all(scope) : List.<Organization>of());
        return "show/note-form";
    }

    private static Map<String, String> values(Note note) {
        var draft = note.terms().draft();
        return Map.of("term", draft.term(), "note", draft.note(), "ends_at", draft.ends());
    }

    private static NoteDraft draft(Map<String, String> typed) {
        return new NoteDraft(
                typed.getOrDefault("term", ""), typed.getOrDefault("note", ""), typed.getOrDefault("ends_at", ""));
    }

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            return saved(
                    notes.add(scope, Typed.id(typed.getOrDefault("organization", "")), draft(typed), Actor.of(who)),
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
        var note = notes.find(scope, id).orElseThrow(NotHere::new);
        var present = values(note);
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute("changer", note.trace().updatedBy());
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(scope, Optional.of(id), typed, List.of(), HttpStatus.CONFLICT, model);
        }
        try {
            return saved(notes.change(scope, id, note.revision(), draft(typed), Actor.of(who)), next);
        } catch (InvalidFields e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(scope, Optional.of(id), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private static ModelAndView saved(Note note, RedirectAttributes next) {
        next.addFlashAttribute(
                "note", "The note about “%s” is saved.".formatted(note.terms().term()));
        return new ModelAndView("redirect:" + LIST + "/" + note.id());
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
        var note = notes.find(scope, id).orElseThrow(NotHere::new);
        try {
            notes.remove(scope, id, revision, Actor.of(who));
        } catch (ContextChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
            return "redirect:" + LIST + "/" + id;
        }
        next.addFlashAttribute(
                "note", "The note about “%s” is removed.".formatted(note.terms().term()));
        return "redirect:" + LIST;
    }

    @ExceptionHandler(NoSuchContext.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
