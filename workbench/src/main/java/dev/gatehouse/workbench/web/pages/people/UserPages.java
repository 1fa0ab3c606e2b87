package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.AccountDraft;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.MembershipDraft;
import dev.gatehouse.workbench.people.NoSuchAccount;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.people.WouldLockOut;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.NameFilter;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.SeenValues;
import dev.gatehouse.workbench.web.frame.ShownOnce;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** Organization Settings &gt; Users: who has an account, and what they may do. */
@Controller
class UserPages {

    private static final String LIST = "/settings/users";
    private static final String ONE = LIST + "/{id}";

    private final Accounts accounts;
    private final Organizations organizations;
    private final SecondFactors secondFactors;

    UserPages(Accounts accounts, Organizations organizations, SecondFactors secondFactors) {
        this.accounts = accounts;
        this.organizations = organizations;
        this.secondFactors = secondFactors;
    }

    @GetMapping(LIST)
    String list(@AuthenticationPrincipal SignedIn who, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("list", accounts.list(who.scope(), filter.text(), filter.offset(), NameFilter.ROWS));
        model.addAttribute("organizations", names(organizations, who));
        return "show/users";
    }

    /** The organizations that somebody sees, by id. */
    static Map<UUID, Organization> names(Organizations organizations, SignedIn who) {
        return organizations.all(who.scope()).stream().collect(Collectors.toMap(Organization::id, Function.identity()));
    }

    @GetMapping(LIST + "/add")
    String add(@AuthenticationPrincipal SignedIn who, Model model) {
        return form(new TypedForm(Optional.empty(), Map.of(), List.of()), who, model);
    }

    @GetMapping(ONE + "/edit")
    String edit(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Model model) {
        var values = values(require(who, id));
        model.addAttribute(SeenValues.FIELD, SeenValues.text(values));
        return form(new TypedForm(Optional.of(id), values, List.of()), who, model);
    }

    private static Map<String, String> values(Account account) {
        var membership = MembershipDraft.of(account.membership());
        return Map.of(
                "email", account.email(),
                "display_name", account.displayName(),
                "role", membership.role(),
                "organization", membership.organization());
    }

    private String form(TypedForm form, SignedIn who, Model model) {
        model.addAttribute("form", form);
        choices(organizations, who, model);
        return "show/user-form";
    }

    /** What somebody may choose who gives others a role. */
    static void choices(Organizations organizations, SignedIn who, Model model) {
        model.addAttribute("roles", MembershipDraft.rolesFor(who.scope()));
        model.addAttribute("choosable", organizations.all(who.scope()));
        model.addAttribute("ofProvider", who.membership().organization().isEmpty());
    }

    @PostMapping(LIST)
    ModelAndView add(
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        return save(Optional.empty(), typed, who, model, draft -> {
            var password = GeneratedPassword.draw();
            var account = accounts.add(Administrator.of(who), draft, password);
            next.addFlashAttribute("shownOnce", passwordOf(account, password));
        });
    }

    @PostMapping(ONE)
    ModelAndView change(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next,
            Model model) {
        var present = values(require(who, id));
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(new TypedForm(Optional.of(id), typed, List.of()), HttpStatus.CONFLICT, who, model);
        }
        return save(Optional.of(id), typed, who, model, draft -> {
            var account = accounts.change(Administrator.of(who), id, draft);
            next.addFlashAttribute("note", "%s is saved.".formatted(account.email()));
        });
    }

    private ModelAndView save(
            Optional<UUID> edited, Map<String, String> typed, SignedIn who, Model model, Saving saving) {
        try {
            saving.save(new AccountDraft(
                    typed.getOrDefault("email", ""), typed.getOrDefault("display_name", ""), membership(typed)));
            return new ModelAndView("redirect:" + LIST);
        } catch (InvalidFields e) {
            return refused(edited, typed, e.problems(), who, model);
        } catch (WouldLockOut e) {
            var problem = FieldProblem.error("role", String.valueOf(e.getMessage()));
            return refused(edited, typed, List.of(problem), who, model);
        }
    }

    static MembershipDraft membership(Map<String, String> typed) {
        return new MembershipDraft(typed.getOrDefault("role", ""), typed.getOrDefault("organization", ""));
    }

    private ModelAndView refused(
            Optional<UUID> edited, Map<String, String> typed, List<FieldProblem> problems, SignedIn who, Model model) {
        model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
        return again(new TypedForm(edited, typed, problems), HttpStatus.UNPROCESSABLE_CONTENT, who, model);
    }

    private ModelAndView again(TypedForm form, HttpStatus status, SignedIn who, Model model) {
        var page = new ModelAndView(form(form, who, model), model.asMap());
        page.setStatus(status);
        return page;
    }

    private interface Saving {
        void save(AccountDraft draft);
    }

    @PostMapping(ONE + "/lock")
    String lock(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        try {
            accounts.lock(Administrator.of(who), id);
            next.addFlashAttribute(
                    "note",
                    "%s is locked and signed out everywhere."
                            .formatted(require(who, id).email()));
        } catch (WouldLockOut e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:" + LIST;
    }

    @PostMapping(ONE + "/unlock")
    String unlock(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        accounts.unlock(Administrator.of(who), id);
        next.addFlashAttribute(
                "note", "%s can sign in again.".formatted(require(who, id).email()));
        return "redirect:" + LIST;
    }

    @PostMapping(ONE + "/reset-password")
    String resetPassword(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        var account = require(who, id);
        var password = GeneratedPassword.draw();
        accounts.resetPassword(Administrator.of(who), id, password);
        next.addFlashAttribute("shownOnce", passwordOf(account, password));
        return "redirect:" + LIST;
    }

    @PostMapping(ONE + "/end-sessions")
    String endSessions(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        accounts.endSessions(Administrator.of(who), id);
        next.addFlashAttribute(
                "note",
                "%s is signed out everywhere.".formatted(require(who, id).email()));
        return "redirect:" + LIST;
    }

    @PostMapping(ONE + "/remove-second-factor")
    String removeSecondFactor(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        var account = require(who, id);
        secondFactors.remove(account);
        accounts.endSessions(Administrator.of(who), id);
        next.addFlashAttribute(
                "note", "%s has no second factor now, and is signed out everywhere.".formatted(account.email()));
        return "redirect:" + LIST;
    }

    private Account require(SignedIn who, UUID id) {
        return accounts.find(who.scope(), id).orElseThrow(NotHere::new).account();
    }

    private static ShownOnce passwordOf(Account account, String password) {
        return new ShownOnce(
                "The password of %s. It is shown only now: hand it over, and have it changed after the first sign-in."
                        .formatted(account.email()),
                password);
    }

    @ExceptionHandler(NoSuchAccount.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
