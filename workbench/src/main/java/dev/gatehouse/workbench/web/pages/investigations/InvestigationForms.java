package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.RemediationAction.AssetType;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.investigations.Remediations.NewAsset;
import dev.gatehouse.workbench.investigations.TimelineEntries;
import dev.gatehouse.workbench.investigations.TimelineEntry;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.FormRedirect;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;

/** The forms on the pages of investigations. What is not saved stands in its form again, with the reason above it. */
@Controller
class InvestigationForms {

    private static final String ONE = InvestigationPages.ONE;
    private static final String SENT = "sent";

    private final Investigations investigations;
    private final InvestigationActions actions;
    private final Findings findings;
    private final Comments comments;
    private final TimelineEntries timeline;
    private final InvestigativeActions steps;
    private final Remediations remediations;
    private final Assignees assignees;
    private final Organizations organizations;
    private final InvestigationPages pages;
    private final InvestigationView view;
    private final Links links;

    InvestigationForms(
            Investigations investigations,
            InvestigationActions actions,
            Findings findings,
            Comments comments,
            TimelineEntries timeline,
            InvestigativeActions steps,
            Remediations remediations,
            Assignees assignees,
            Organizations organizations,
            InvestigationPages pages,
            InvestigationView view,
            Links links) {
        this.investigations = investigations;
        this.actions = actions;
        this.findings = findings;
        this.comments = comments;
        this.timeline = timeline;
        this.steps = steps;
        this.remediations = remediations;
        this.assignees = assignees;
        this.organizations = organizations;
        this.pages = pages;
        this.view = view;
        this.links = links;
    }

    @ExceptionHandler(NoSuchInvestigation.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }

    /**
     * A form that somebody sent.
     *
     * @param scope that they work in
     * @param person who sent it
     * @param fields what it holds
     * @param request that brought it
     */
    record Sent(Scope scope, SignedIn person, MultiValueMap<String, String> fields, HttpServletRequest request) {

        Actor who() {
            return Actor.of(person);
        }

        String text(String field) {
            var value = fields.getFirst(field);
            return value == null ? "" : value.strip();
        }

        boolean isTicked(String field) {
            return !text(field).isEmpty();
        }

        List<String> all(String field) {
            return fields.getOrDefault(field, List.of());
        }

        /** What was seen of the thing that the form is about; a form that does not say has seen nothing. */
        Seen seen(UUID id) {
            try {
                return new Seen(id, Integer.parseInt(text("revision")));
            } catch (NumberFormatException e) {
                return new Seen(id, -1);
            }
        }
    }

    @ModelAttribute(name = SENT)
    Sent sent(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        return new Sent(scope, who, fields, request);
    }

    /** Does what a form asks for, and goes back to the section that it stands in. */
    private ModelAndView save(Sent sent, UUID id, Section section, String form, Runnable change) {
        try {
            change.run();
            return FormRedirect.to(section.below(links.investigation(id)), sent.request());
        } catch (InvalidFields e) {
            return again(sent, id, section, form, said(e), e.problems(), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (InvestigationChangedMeanwhile | AlertsChangedMeanwhile e) {
            return again(
                    sent,
                    id,
                    section,
                    form,
                    "Somebody else was faster, and nothing was overwritten. %s".formatted(e.getMessage()),
                    List.of(),
                    HttpStatus.CONFLICT);
        }
    }

    private static String said(InvalidFields failure) {
        return failure.problems().stream().map(FieldProblem::message).collect(Collectors.joining(" "));
    }

    private ModelAndView again(
            Sent sent,
            UUID id,
            Section section,
            String form,
            String problem,
            List<FieldProblem> problems,
            HttpStatus status) {
        var typing = new Typing(form, sent.fields().toSingleValueMap(), problems);
        var model = new ExtendedModelMap();
        var page = new ModelAndView(view.show(sent.scope(), id, section, typing, problem, model), model);
        page.setStatus(status);
        return page;
    }

    private Investigation present(Sent sent, UUID id) {
        return investigations.find(sent.scope(), id).orElseThrow(NotHere::new);
    }

    private Optional<Actor> assignee(Sent sent, UUID id, Optional<Actor> present) {
        return assignees.chosen(sent.scope(), present(sent, id).organization(), sent.text("assignee"), present);
    }

    /** Opens an investigation from alerts, or by hand when none is named. */
    @PostMapping(Links.ACTIVITY)
    ModelAndView open(@ModelAttribute(name = SENT, binding = false) Sent sent) {
        try {
            var alerts = ids(sent.all("alert"));
            var opened = alerts.isEmpty()
                    ? actions.open(sent.scope(), sent.who(), owner(sent), sent.text("title"))
                    : actions.openFrom(sent.scope(), sent.who(), alerts, sent.text("title"));
            return FormRedirect.to(links.investigation(opened), sent.request());
        } catch (InvalidFields e) {
            var model = new ExtendedModelMap();
            pages.show(sent.scope(), sent.person(), Map.of(), said(e), model);
            var page = new ModelAndView("show/activity", model);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    /** Whoever looks at one organization means that one; others name it by its short name, GUID or id. */
    private UUID owner(Sent sent) {
        return sent.scope() instanceof Scope.Organization(var id)
                ? id
                : organizations
                        .meant(sent.scope(), sent.text("organization"))
                        .map(Organization::id)
                        .orElseThrow(() -> new InvalidFields(List.of(FieldProblem.error(
                                "organization", "Name the organization by its short name, for example ACME."))));
    }

    /** A list of alerts adds the revision that it showed, which does not matter here. */
    private static List<UUID> ids(List<String> texts) {
        return texts.stream()
                .map(text -> Typed.id(text.split(":", 2)[0]))
                .flatMap(Optional::stream)
                .toList();
    }

    @PostMapping(ONE)
    ModelAndView update(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(sent, id, Section.UPDATE, "update", () -> {
            var present = present(sent, id);
            var said = new EnumMap<InvestigationField, String>(InvestigationField.class);
            for (var field : InvestigationField.values()) {
                if (sent.fields().containsKey(field.key())) {
                    said.put(field, sent.text(field.key()).replace("\r\n", "\n"));
                }
            }
            actions.update(
                    sent.scope(),
                    sent.who(),
                    sent.seen(id),
                    said,
                    sent.fields().containsKey("assignee")
                            ? assignee(sent, id, present.assignee())
                            : present.assignee());
        });
    }

    @PostMapping(ONE + "/close")
    ModelAndView close(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "close",
                () -> actions.close(
                        sent.scope(),
                        sent.who(),
                        sent.seen(id),
                        constant(Decision.values(), sent.text("decision"), "decision", "Choose a decision."),
                        sent.text("close_comment"),
                        sent.all("alert").stream()
                                .map(InvestigationForms::alertSeen)
                                .flatMap(Optional::stream)
                                .toList()));
    }

    /** An alert with the revision that the form showed, e.g. {@code 6fa459ea-…:3}. */
    private static Optional<AlertActions.Seen> alertSeen(String text) {
        var parts = text.split(":", 2);
        try {
            return parts.length == 2
                    ? Typed.id(parts[0]).map(id -> new AlertActions.Seen(id, Integer.parseInt(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> E constant(E[] all, String name, String field, String problem) {
        return Arrays.stream(all)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFields(List.of(FieldProblem.error(field, problem))));
    }

    private static <E extends Enum<E>> Optional<E> optional(E[] all, String name) {
        return Arrays.stream(all).filter(each -> each.name().equals(name)).findFirst();
    }

    @PostMapping(ONE + "/reopen")
    ModelAndView reopen(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "reopen",
                () -> actions.reopen(sent.scope(), sent.who(), sent.seen(id), sent.text("comment")));
    }

    @PostMapping(ONE + "/promote")
    ModelAndView promote(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent, id, Section.SUMMARY, "promote", () -> actions.promote(sent.scope(), sent.who(), sent.seen(id)));
    }

    @PostMapping(ONE + "/downgrade")
    ModelAndView downgrade(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "downgrade",
                () -> actions.downgrade(sent.scope(), sent.who(), sent.seen(id), sent.text("reason")));
    }

    @PostMapping(ONE + "/review")
    ModelAndView review(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "review",
                () -> actions.requestReview(sent.scope(), sent.who(), sent.seen(id), sent.isTicked("wanted")));
    }

    /** Only those with a right of its own get here. */
    @PostMapping(ONE + "/support")
    ModelAndView support(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "support",
                () -> actions.requestSupport(sent.scope(), sent.who(), sent.seen(id), sent.isTicked("wanted")));
    }

    @PostMapping(ONE + "/sent")
    ModelAndView reportSent(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.UPDATE,
                "sent",
                () -> actions.publish(sent.scope(), sent.who(), sent.seen(id), sent.text("to")));
    }

    // Alerts

    /** The "Add To" of an alert's page names the investigation in a field, since it is chosen there. */
    @PostMapping(ONE + "/alerts")
    ModelAndView addAlerts(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.ALERTS,
                "alerts",
                () -> actions.add(sent.scope(), sent.who(), id, ids(sent.all("alert"))));
    }

    @PostMapping(ONE + "/alerts/{alert}/remove")
    ModelAndView removeAlert(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID alert) {
        return save(sent, id, Section.ALERTS, "alerts", () -> actions.remove(sent.scope(), sent.who(), id, alert));
    }

    @PostMapping(ONE + "/alerts/{alert}/lead")
    ModelAndView leadAlert(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID alert) {
        return save(sent, id, Section.ALERTS, "alerts", () -> actions.lead(sent.scope(), sent.who(), id, alert));
    }

    // Findings

    @PostMapping(ONE + "/findings")
    ModelAndView addFinding(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.FINDINGS,
                "new",
                () -> findings.add(sent.scope(), sent.who(), id, sent.text("title"), sent.text("finding")));
    }

    @PostMapping(ONE + "/findings/{finding}")
    ModelAndView changeFinding(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID finding) {
        return save(
                sent,
                id,
                Section.FINDINGS,
                finding.toString(),
                () -> findings.change(
                        sent.scope(), sent.who(), id, sent.seen(finding), sent.text("title"), sent.text("finding")));
    }

    @PostMapping(ONE + "/findings/{finding}/move")
    ModelAndView moveFinding(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID finding) {
        return save(
                sent,
                id,
                Section.FINDINGS,
                "",
                () -> findings.move(
                        sent.scope(), sent.who(), id, finding, sent.text("to").equals("up")));
    }

    @PostMapping(ONE + "/findings/{finding}/delete")
    ModelAndView deleteFinding(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID finding) {
        return save(
                sent,
                id,
                Section.FINDINGS,
                "",
                () -> findings.delete(sent.scope(), sent.who(), id, sent.seen(finding)));
    }

    // Comments

    @PostMapping(ONE + "/comments")
    ModelAndView addComment(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.COMMENTS,
                "new",
                () -> comments.add(sent.scope(), sent.who(), id, sent.text("comment")));
    }

    @PostMapping(ONE + "/comments/{comment}")
    ModelAndView changeComment(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID comment) {
        return save(
                sent,
                id,
                Section.COMMENTS,
                comment.toString(),
                () -> comments.change(sent.scope(), sent.who(), id, sent.seen(comment), sent.text("comment")));
    }

    @PostMapping(ONE + "/comments/{comment}/delete")
    ModelAndView deleteComment(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID comment) {
        return save(
                sent,
                id,
                Section.COMMENTS,
                "",
                () -> comments.delete(sent.scope(), sent.who(), id, sent.seen(comment)));
    }

    // Timeline

    @PostMapping(ONE + "/timeline")
    ModelAndView addEntry(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(sent, id, Section.TIMELINE, "new", () -> timeline.add(sent.scope(), sent.who(), id, entry(sent)));
    }

    private static TimelineEntry.Said entry(Sent sent) {
        return new TimelineEntry.Said(
                time(sent),
                sent.text("event"),
                sent.text("event_type"),
                sent.text("source_host"),
                sent.text("destination_host"),
                sent.text("attack_phase"),
                sent.text("comment"),
                sent.isTicked("is_selected"));
    }

    /** In the zone that the form names, which is the reader's. */
    private static Instant time(Sent sent) {
        return QueryParameters.of(sent.fields().toSingleValueMap())
                .time("event_date", "time")
                .orElseThrow(() -> new InvalidFields(List.of(FieldProblem.error(
                        "event_date", "Enter when it happened as date and time, for example 2026-11-23T09:00."))));
    }

    @PostMapping(ONE + "/timeline/{entry}")
    ModelAndView changeEntry(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID entry) {
        return save(
                sent,
                id,
                Section.TIMELINE,
                entry.toString(),
                () -> timeline.change(sent.scope(), sent.who(), id, sent.seen(entry), entry(sent)));
    }

    @PostMapping(ONE + "/timeline/{entry}/delete")
    ModelAndView deleteEntry(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID entry) {
        return save(
                sent, id, Section.TIMELINE, "", () -> timeline.delete(sent.scope(), sent.who(), id, sent.seen(entry)));
    }

    // Investigative actions

    @PostMapping(ONE + "/actions")
    ModelAndView addAction(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.ACTIONS,
                "new",
                () -> steps.add(
                        sent.scope(),
                        sent.who(),
                        id,
                        constant(InvestigativeAction.Type.values(), sent.text("type"), "type", "Choose a type."),
                        step(sent),
                        assignee(sent, id, Optional.empty())));
    }

    private static InvestigativeAction.Said step(Sent sent) {
        return new InvestigativeAction.Said(
                sent.text("title"), sent.text("reason"), sent.text("instructions"), sent.text("results"));
    }

    @PostMapping(ONE + "/actions/{action}")
    ModelAndView changeAction(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID action) {
        return save(sent, id, Section.ACTIONS, action.toString(), () -> {
            var present = steps.find(sent.scope(), action).orElseThrow(NoSuchInvestigation::new);
            steps.change(
                    sent.scope(),
                    sent.who(),
                    sent.seen(action),
                    new InvestigativeActions.Draft(
                            constant(
                                    InvestigativeAction.Status.values(),
                                    sent.text("status"),
                                    "status",
                                    "Choose a status."),
                            step(sent),
                            optional(InvestigativeAction.Classification.values(), sent.text("classification")),
                            assignee(sent, id, present.assignee())));
        });
    }

    @PostMapping(ONE + "/actions/{action}/answer")
    ModelAndView answerAction(
            @ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id, @PathVariable UUID action) {
        return save(sent, id, Section.ACTIONS, "answer-" + action, () -> {
            var answer = sent.text("activity_authorized");
            if (!answer.equals("true") && !answer.equals("false")) {
                throw new InvalidFields(
                        List.of(FieldProblem.error("activity_authorized", "Say whether it was authorised or not.")));
            }
            steps.answer(
                    sent.scope(),
                    sent.who(),
                    sent.seen(action),
                    answer.equals("true"),
                    sent.text("activity_verified_by"),
                    sent.text("answer_comment"));
        });
    }

    // Remediation

    @PostMapping(ONE + "/remediation")
    ModelAndView addRemediation(@ModelAttribute(name = SENT, binding = false) Sent sent, @PathVariable UUID id) {
        return save(
                sent,
                id,
                Section.REMEDIATION,
                "new",
                () -> remediations.add(
                        sent.scope(),
                        sent.who(),
                        id,
                        constant(
                                RemediationAction.Type.values(),
                                sent.text("type"),
                                "type",
                                "Choose what has to be done."),
                        remediation(sent),
                        assignee(sent, id, Optional.empty()),
                        assets(sent)));
    }

    private static RemediationAction.Said remediation(Sent sent) {
        return new RemediationAction.Said(sent.text("title"), sent.text("detail"), sent.text("comment"));
    }

    /** Those that were ticked, each after its type, and those that were typed, one a line. */
    private static List<NewAsset> assets(Sent sent) {
        var assets = new ArrayList<NewAsset>();
        for (var ticked : sent.all("asset")) {
            var parts = ticked.split(" ", 2);
            optional(AssetType.values(), parts[0])
                    .filter(type -> parts.length == 2)
                    .ifPresent(type -> assets.add(new NewAsset(type, parts[1])));
        }
        optional(AssetType.values(), sent.text("asset_type")).ifPresent(type -> sent.text("assets")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> assets.add(new NewAsset(type, line))));
        return assets;
    }

    @PostMapping(ONE + "/remediation/{remediation}")
    ModelAndView changeRemediation(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID remediation) {
        return save(sent, id, Section.REMEDIATION, remediation.toString(), () -> {
            var present = remediations.of(sent.scope(), id).stream()
                    .filter(each -> each.id().equals(remediation))
                    .findFirst()
                    .orElseThrow(NoSuchInvestigation::new);
            remediations.change(
                    sent.scope(),
                    sent.who(),
                    id,
                    sent.seen(remediation),
                    new Remediations.Draft(
                            constant(
                                    RemediationAction.Status.values(),
                                    sent.text("status"),
                                    "status",
                                    "Choose a status."),
                            remediation(sent),
                            assignee(sent, id, present.assignee()),
                            ids(sent.all("completed")),
                            assets(sent)));
        });
    }

    @PostMapping(ONE + "/remediation/{remediation}/delete")
    ModelAndView deleteRemediation(
            @ModelAttribute(name = SENT, binding = false) Sent sent,
            @PathVariable UUID id,
            @PathVariable UUID remediation) {
        return save(
                sent,
                id,
                Section.REMEDIATION,
                "",
                () -> remediations.delete(sent.scope(), sent.who(), id, sent.seen(remediation)));
    }
}
