package dev.gatehouse.workbench.web.pages.notifications;

import dev.gatehouse.workbench.notifications.Author;
import dev.gatehouse.workbench.notifications.ConditionField;
import dev.gatehouse.workbench.notifications.Conditional;
import dev.gatehouse.workbench.notifications.EventName;
import dev.gatehouse.workbench.notifications.Mail;
import dev.gatehouse.workbench.notifications.NotificationChangedMeanwhile;
import dev.gatehouse.workbench.notifications.NotificationRule;
import dev.gatehouse.workbench.notifications.NotificationRules;
import dev.gatehouse.workbench.notifications.RuleDraft;
import dev.gatehouse.workbench.notifications.RuleDraft.TypedConditional;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form of a rule, whoever it belongs to. */
abstract class RuleForms {

    private static final String EMAIL = "email:";

    /** Rows for further conditions that every form has. */
    private static final int SPARE_ROWS = 2;

    private final String address;
    private final NotificationRules rules;
    private final Mail mail;

    /**
     * Forms of some rules.
     *
     * @param address of their list; all others are below it
     */
    RuleForms(String address, NotificationRules rules, Mail mail) {
        this.address = address;
        this.rules = rules;
        this.mail = mail;
    }

    /** Whether they are people's own. */
    abstract boolean isOwn();

    /** Adds what a rule of somebody may lead to, and whose it may be. */
    abstract void addChoices(Scope scope, Optional<NotificationRule> rule, TypedForm form, Model model);

    final NotificationRules rules() {
        return rules;
    }

    final boolean hasMail() {
        return mail.isThere();
    }

    final NotificationRule find(Scope scope, UUID id, SignedIn who) {
        return rules.find(scope, id, Author.of(who))
                .filter(rule -> rule.isPersonal() == isOwn())
                .orElseThrow(NotHere::new);
    }

    final String edit(Scope scope, NotificationRule rule, Model model) {
        var draft = RuleDraft.of(rule);
        return show(
                scope,
                Optional.of(rule),
                new TypedForm(Optional.of(rule.id()), texts(draft, rule.revision()), List.of()),
                draft,
                model);
    }

    private static Map<String, String> texts(RuleDraft draft, int revision) {
        var texts = new HashMap<String, String>();
        texts.put("name", draft.name());
        texts.put("condition_operator", draft.together());
        texts.put("is_enabled", String.valueOf(draft.isEnabled()));
        texts.put("revision", String.valueOf(revision));
        texts.put(
                "emails",
                draft.destinations().stream()
                        .filter(key -> key.startsWith(EMAIL))
                        .map(key -> key.substring(EMAIL.length()))
                        .collect(Collectors.joining("\n")));
        return texts;
    }

    final String show(Scope scope, Optional<NotificationRule> rule, TypedForm form, RuleDraft draft, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("address", address);
        model.addAttribute("isOwn", isOwn());
        model.addAttribute("abouts", EventName.About.values());
        model.addAttribute("fields", ConditionField.values());
        model.addAttribute("operators", Conditional.Operator.values());
        model.addAttribute("togethers", Conditional.Together.values());
        model.addAttribute("events", draft.events());
        model.addAttribute("destinations", draft.destinations());
        model.addAttribute(
                "conditionals",
                Stream.concat(
                                draft.conditionals().stream(),
                                Stream.generate(() -> new TypedConditional("", "is", List.of()))
                                        .limit(SPARE_ROWS))
                        .toList());
        model.addAttribute("hasMail", mail.isThere());
        model.addAttribute("mailIsMissing", Mail.MISSING);
        model.addAttribute(
                "history", rule.map(known -> rules.history(scope, known.id())).orElse(List.of()));
        addChoices(scope, rule, form, model);
        return "show/notification-rule-form";
    }

    /** A rule that nobody has written yet. */
    static RuleDraft empty(List<String> destinations) {
        return new RuleDraft("", List.of(), Conditional.Together.ALL_OF.name(), List.of(), destinations, true);
    }

    static RuleDraft draft(MultiValueMap<String, String> typed) {
        return new RuleDraft(
                first(typed, "name"),
                all(typed, "event_names"),
                first(typed, "condition_operator"),
                conditionals(typed),
                Stream.concat(
                                all(typed, "destinations").stream(),
                                first(typed, "emails")
                                        .lines()
                                        .flatMap(line -> Arrays.stream(line.split("[,;\\s]+")))
                                        .filter(address -> !address.isBlank())
                                        .map(address -> EMAIL + address))
                        .toList(),
                typed.containsKey("is_enabled"));
    }

    /** The rows of the form; those without values say nothing. */
    private static List<TypedConditional> conditionals(MultiValueMap<String, String> typed) {
        var fields = all(typed, "condition_field");
        var operators = all(typed, "condition_is");
        var values = all(typed, "condition_values");
        var conditionals = new ArrayList<TypedConditional>();
        for (var row = 0; row < fields.size() && row < operators.size() && row < values.size(); row++) {
            if (!values.get(row).isBlank()) {
                conditionals.add(new TypedConditional(
                        fields.get(row),
                        operators.get(row),
                        Arrays.stream(values.get(row).split("[,;]"))
                                .map(String::strip)
                                .toList()));
            }
        }
        return conditionals;
    }

    static String first(MultiValueMap<String, String> typed, String name) {
        return Optional.ofNullable(typed.getFirst(name)).orElse("");
    }

    static List<String> all(MultiValueMap<String, String> typed, String name) {
        return typed.getOrDefault(name, List.of());
    }

    final ModelAndView add(
            Scope scope,
            Optional<UUID> organization,
            MultiValueMap<String, String> typed,
            SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            return saved(rules.add(scope, organization, isOwn(), draft(typed), Author.of(who)), next);
        } catch (InvalidFields e) {
            return again(scope, Optional.empty(), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    final ModelAndView change(
            Scope scope,
            NotificationRule rule,
            MultiValueMap<String, String> typed,
            SignedIn who,
            RedirectAttributes next,
            Model model) {
        try {
            return saved(rules.change(scope, rule.id(), revision(typed), draft(typed), Author.of(who)), next);
        } catch (InvalidFields e) {
            return again(scope, Optional.of(rule), typed, e.problems(), HttpStatus.UNPROCESSABLE_CONTENT, model);
        } catch (NotificationChangedMeanwhile e) {
            model.addAttribute("problem", e.getMessage());
            return again(scope, Optional.of(rule), typed, List.of(), HttpStatus.CONFLICT, model);
        }
    }

    private static int revision(MultiValueMap<String, String> typed) {
        try {
            return Integer.parseInt(first(typed, "revision"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private ModelAndView saved(NotificationRule rule, RedirectAttributes next) {
        next.addFlashAttribute("note", "“%s” is saved.".formatted(rule.terms().name()));
        return new ModelAndView("redirect:" + address);
    }

    private ModelAndView again(
            Scope scope,
            Optional<NotificationRule> rule,
            MultiValueMap<String, String> typed,
            List<FieldProblem> problems,
            HttpStatus status,
            Model model) {
        var draft = draft(typed);
        var texts = new LinkedHashMap<>(texts(draft, revision(typed)));
        texts.put("emails", first(typed, "emails"));
        texts.put("organization", first(typed, "organization"));
        var page = new ModelAndView(
                show(scope, rule, new TypedForm(rule.map(NotificationRule::id), texts, problems), draft, model),
                model.asMap());
        page.setStatus(status);
        return page;
    }

    final String remove(Scope scope, NotificationRule rule, int revision, SignedIn who, RedirectAttributes next) {
        try {
            rules.remove(scope, rule.id(), revision, Author.of(who));
            next.addFlashAttribute(
                    "note", "“%s” is removed.".formatted(rule.terms().name()));
        } catch (NotificationChangedMeanwhile e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:" + address;
    }
}
