package dev.gatehouse.workbench.web.pages.alerts;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertActions.Seen;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.FormRedirect;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do to alerts, from the list or from the page of one. Afterwards the browser is where it was. */
@Controller
class AlertForms {

    /** An alert and the revision that the page showed. */
    private static final Pattern SEEN = Pattern.compile("([0-9a-f-]{36}):(\\d{1,9})");

    /** Pages of ours only. */
    private static final Pattern BACK = Pattern.compile("/(alerts|activity)([/?][^\\s\\\\]*)?");

    private final AlertActions actions;
    private final Alerts alerts;
    private final Accounts accounts;
    private final Organizations organizations;
    private final InvestigationActions investigations;

    AlertForms(
            AlertActions actions,
            Alerts alerts,
            Accounts accounts,
            Organizations organizations,
            InvestigationActions investigations) {
        this.investigations = investigations;
        this.actions = actions;
        this.alerts = alerts;
        this.accounts = accounts;
        this.organizations = organizations;
    }

    /**
     * What a form says.
     *
     * @param alert the chosen alerts with their revisions, {@code <id>:<revision>}
     * @param action what to do
     * @param assignee an account: its id, its e-mail address, or a name; or {@code organization} or {@code nobody}
     * @param closeReason why it is closed
     * @param comment what is said about it
     * @param back where the browser is
     */
    record Form(List<String> alert, String action, String assignee, String closeReason, String comment, String back) {}

    @PostMapping(AlertQuery.PATH)
    ModelAndView act(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") List<String> alert,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String assignee,
            @RequestParam(name = "close_reason", defaultValue = "") String closeReason,
            @RequestParam(defaultValue = "") String comment,
            @RequestParam(defaultValue = AlertQuery.PATH) String back,
            @RequestParam(defaultValue = "") String investigation,
            RedirectAttributes next,
            HttpServletRequest request) {
        var form = new Form(alert, action, assignee, closeReason, comment, back);
        var target = BACK.matcher(back).matches() ? back : AlertQuery.PATH;
        try {
            var seen = alert.stream().flatMap(text -> seen(text).stream()).toList();
            if (seen.isEmpty()) {
                throw new InvalidFields(List.of(FieldProblem.error("alerts", "Choose at least one alert first.")));
            }
            if (action.equals("investigate") || action.equals("add_to")) {
                return FormRedirect.to(
                        Links.ACTIVITY + "/" + investigated(scope, Actor.of(who), action, investigation, seen),
                        request);
            }
            next.addFlashAttribute("note", done(scope, Actor.of(who), form, seen));
        } catch (AlertsChangedMeanwhile e) {
            next.addFlashAttribute("typed", form);
            next.addFlashAttribute("changedMeanwhile", changed(e));
        } catch (NoSuchInvestigation e) {
            next.addFlashAttribute("typed", form);
            next.addFlashAttribute("chosen", alert);
            next.addFlashAttribute(
                    "problems",
                    List.of(FieldProblem.error(
                            "investigation", "That investigation is not there any more. Choose another.")));
        } catch (InvalidFields e) {
            next.addFlashAttribute("typed", form);
            next.addFlashAttribute("chosen", alert);
            next.addFlashAttribute("problems", e.problems());
        }
        return FormRedirect.to(target, request);
    }

    /** Opens an investigation from alerts, or puts them into one that is there; gives its id. */
    private UUID investigated(Scope scope, Actor actor, String action, String investigation, List<Seen> seen) {
        var ids = seen.stream().map(Seen::id).toList();
        if (action.equals("investigate")) {
            return investigations.openFrom(scope, actor, ids, "");
        }
        var into = Typed.id(investigation)
                .orElseThrow(() -> new InvalidFields(
                        List.of(FieldProblem.error("investigation", "Choose the investigation to add to."))));
        investigations.add(scope, actor, into, ids);
        return into;
    }

    private static Optional<Seen> seen(String text) {
        var found = SEEN.matcher(text);
        return found.matches()
                ? Typed.id(found.group(1)).map(id -> new Seen(id, Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /** Does it, and says what came of it. */
    private String done(Scope scope, Actor actor, Form form, List<Seen> seen) {
        return switch (form.action()) {
            case "take" -> said(actions.assign(scope, actor, seen, Optional.of(actor)), "is yours", "are yours");
            case "start" -> said(actions.start(scope, actor, seen), "is in progress", "are in progress");
            case "put_back" -> said(actions.putBack(scope, actor, seen), "is open again", "are open again");
            case "assign" -> assign(scope, actor, form.assignee().strip(), seen);
            case "assign_organization" -> assign(scope, actor, "organization", seen);
            case "unassign" -> assign(scope, actor, "nobody", seen);
            case "close" ->
                said(
                        actions.close(scope, actor, seen, reason(form.closeReason()), form.comment()),
                        "is closed",
                        "are closed");
            case "reopen" ->
                said(actions.reopen(scope, actor, seen, form.comment()), "is open again", "are open again");
            case "comment" ->
                said(
                        actions.comment(
                                scope, actor, seen.stream().map(Seen::id).toList(), form.comment()),
                        "has the comment",
                        "have the comment");
            default ->
                throw new InvalidFields(List.of(
                        FieldProblem.error("action", "There is nothing called “%s” to do.".formatted(form.action()))));
        };
    }

    private static CloseReason reason(String text) {
        return Arrays.stream(CloseReason.values())
                .filter(reason -> reason.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new InvalidFields(
                        List.of(FieldProblem.error("close_reason", "Choose the reason why it is closed."))));
    }

    private String assign(Scope scope, Actor actor, String assignee, List<Seen> seen) {
        if (assignee.equals("nobody")) {
            return said(actions.assign(scope, actor, seen, Optional.empty()), "is nobody's now", "are nobody's now");
        }
        if (assignee.equals("organization")) {
            return assignToOrganizations(scope, actor, seen);
        }
        return assignToPerson(scope, actor, assignee, seen);
    }

    /** To whom the text means, when each of the alerts may be theirs; otherwise none of them is. */
    private String assignToPerson(Scope scope, Actor actor, String assignee, List<Seen> seen) {
        var people = new LinkedHashSet<Account>();
        for (var organization : byOrganization(scope, seen).keySet()) {
            people.add(accounts.assignable(scope, organization, assignee)
                    .orElseThrow(() -> new InvalidFields(List.of(FieldProblem.error(
                            "assignee",
                            assignee.isBlank()
                                    ? "Choose to whom it is to be assigned."
                                    : "“%s” is nobody, or several people, who may work on all of these alerts. Give the e-mail address."
                                            .formatted(assignee))))));
        }
        if (people.size() != 1) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "assignee", "“%s” means different people. Give the e-mail address.".formatted(assignee))));
        }
        var to = Actor.of(people.iterator().next());
        return said(
                actions.assign(scope, actor, seen, Optional.of(to)),
                "is assigned to " + to.name(),
                "are assigned to " + to.name());
    }

    /** Each to the organization that it is of. */
    private String assignToOrganizations(Scope scope, Actor actor, List<Seen> seen) {
        var count = 0;
        for (var entry : byOrganization(scope, seen).entrySet()) {
            var organization = entry.getKey().flatMap(id -> organizations.find(scope, id));
            if (organization.isPresent()) {
                count += actions.assign(scope, actor, entry.getValue(), organization.map(Actor::of));
            }
        }
        return said(count, "is assigned to its organization", "are assigned to their organizations");
    }

    /** Those that there are, by whose they are; empty for those that nobody has named the directory of yet. */
    private Map<Optional<UUID>, List<Seen>> byOrganization(Scope scope, List<Seen> seen) {
        var found = alerts.all(scope, seen.stream().map(Seen::id).toList());
        var byOrganization = new LinkedHashMap<Optional<UUID>, List<Seen>>();
        for (var each : seen) {
            Optional.ofNullable(found.get(each.id())).map(Alert::organization).ifPresent(organization -> byOrganization
                    .computeIfAbsent(organization, id -> new ArrayList<>())
                    .add(each));
        }
        if (byOrganization.isEmpty()) {
            throw new InvalidFields(
                    List.of(FieldProblem.error("alerts", "The alerts are not there any more. Choose others.")));
        }
        return byOrganization;
    }

    private static String said(int count, String one, String many) {
        return switch (count) {
            case 0 -> "Nothing had to be changed.";
            case 1 -> "The alert %s.".formatted(one);
            default -> "%,d alerts %s.".formatted(count, many);
        };
    }

    private static String changed(AlertsChangedMeanwhile failure) {
        var count = failure.since().size();
        return (count == 1
                        ? "The alert was left as it is, because it has changed since you looked. "
                        : "%,d alerts were left as they are, because they have changed since you looked. "
                                .formatted(count))
                + (failure.done() > 0 ? "%,d others were changed. ".formatted(failure.done()) : "")
                + failure.getMessage();
    }
}
