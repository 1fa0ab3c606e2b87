package dev.gatehouse.workbench.demo;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.investigations.TimelineEntries;
import dev.gatehouse.workbench.investigations.TimelineEntry;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The cases of a demonstration, each told from the alert that leads to it. */
@Component
class DemoCases {

    /** Alerts of the same accounts and hosts that come along. */
    private static final int MORE = 2;

    private final Alerts alerts;
    private final Investigations investigations;
    private final InvestigationActions actions;
    private final Findings findings;
    private final Comments comments;
    private final InvestigativeActions steps;
    private final Remediations remediations;
    private final TimelineEntries timeline;

    DemoCases(
            Alerts alerts,
            Investigations investigations,
            InvestigationActions actions,
            Findings findings,
            Comments comments,
            InvestigativeActions steps,
            Remediations remediations,
            TimelineEntries timeline) {
        this.alerts = alerts;
        this.investigations = investigations;
        this.actions = actions;
        this.findings = findings;
        this.comments = comments;
        this.steps = steps;
        this.remediations = remediations;
        this.timeline = timeline;
    }

    /** An incident from its lead alert to its end, with the customer's answer and what was done. */
    void closedIncident(Scope scope, Actor analyst, Alert lead) {
        var open = opened(scope, analyst, lead);
        answer(scope, analyst, open, 6);
        ask(scope, analyst, open)
                .ifPresent(step -> steps.answer(
                        scope,
                        analyst,
                        new Seen(step.id(), step.revision()),
                        false,
                        "IT operations of the customer",
                        "Nobody of ours. The owner was on leave."));
        promote(scope, analyst, open);
        recommend(scope, analyst, open, RemediationAction.Status.COMPLETED);
        comments.add(
                scope, analyst, open.id(), "Told the customer by phone. They disabled the account while we spoke.");
        var closing = present(scope, open.id());
        var inside = open.alerts().stream()
                .map(alert -> alerts.find(scope, alert.id()).orElse(alert))
                .map(AlertActions.Seen::of)
                .toList();
        actions.close(
                scope,
                analyst,
                Seen.of(closing),
                Decision.TRUE_POSITIVE,
                "Stolen credentials were used once. The account was disabled and its password replaced; nothing else was reached.",
                inside);
    }

    /** An incident whose remediation the customer has begun. */
    void incidentUnderWay(Scope scope, Actor analyst, Alert lead) {
        var open = opened(scope, analyst, lead);
        answer(scope, analyst, open, 4);
        promote(scope, analyst, open);
        recommend(scope, analyst, open, RemediationAction.Status.IN_PROGRESS);
        ask(scope, analyst, open);
        comments.add(scope, analyst, open.id(), "Waiting for the customer: is the maintenance window theirs?");
    }

    /** An investigation that has just begun. */
    void investigationUnderWay(Scope scope, Actor analyst, Alert lead) {
        var open = opened(scope, analyst, lead);
        answer(scope, analyst, open, 2);
        steps.add(
                scope,
                analyst,
                open.id(),
                InvestigativeAction.Type.MANUAL,
                new InvestigativeAction.Said(
                        "Compare with the sign-ins of last week",
                        "A new place or a new host would make this urgent.",
                        "Hunting, IdentityLogonEvents, seven days, this account.",
                        ""),
                Optional.of(analyst));
        comments.add(scope, analyst, open.id(), "First look: the account is real, the host is unusual for it.");
    }

    /**
     * A case that was opened.
     *
     * @param id of the investigation
     * @param alerts in it, the lead first
     * @param accounts and
     * @param hosts that its alerts name
     */
    private record Opened(UUID id, List<Alert> alerts, List<String> accounts, List<String> hosts) {

        private String account() {
            return accounts.isEmpty() ? "the account" : accounts.getFirst();
        }

        private String host() {
            return hosts.isEmpty() ? "the domain controller" : hosts.getFirst();
        }
    }

    private Opened opened(Scope scope, Actor analyst, Alert lead) {
        var together = new ArrayList<>(List.of(lead));
        alerts.sharing(scope, lead, 10).stream()
                .map(Alerts.Similar::alert)
                .filter(alert -> !alert.isClosed() && alert.investigation().isEmpty())
                .limit(MORE)
                .forEach(together::add);
        var id = actions.openFrom(
                scope, analyst, together.stream().map(Alert::id).toList(), "");
        var names = together.stream()
                .flatMap(alert -> alert.involved().stream())
                .distinct()
                .toList();
        var accounts = names.stream().filter(DemoCases::isAccount).toList();
        var hosts = names.stream()
                .filter(name -> !isAccount(name) && name.indexOf('.') > 0 && Character.isLetter(name.charAt(0)))
                .toList();
        var open = new Opened(id, List.copyOf(together), accounts, hosts);
        actions.update(
                scope,
                analyst,
                Seen.of(present(scope, id)),
                Map.of(
                        InvestigationField.ANALYST_SEVERITY,
                        "HIGH",
                        InvestigationField.ATTACK_VECTOR,
                        "CRED_THEFT",
                        InvestigationField.LEAD_DESCRIPTION,
                        "%s, reported by Microsoft Defender for Identity.".formatted(lead.name()),
                        InvestigationField.OPEN_SUMMARY,
                        "**%s** did on **%s** what it has never done there before."
                                .formatted(open.account(), open.host()),
                        InvestigationField.NEXT_STEPS,
                        "Ask the owner of the account. Look for the same on other hosts."),
                Optional.of(analyst));
        return open;
    }

    private static boolean isAccount(String name) {
        return name.indexOf('\\') >= 0 || name.indexOf('@') > 0;
    }

    /** Answers the first questions. */
    private void answer(Scope scope, Actor analyst, Opened open, int most) {
        var answers = List.of(
                "%s, on %s. The events of the domain controller agree with what Microsoft says."
                        .formatted(open.alerts().getFirst().name(), open.host()),
                "Accounts: %s. Hosts: %s.".formatted(named(open.accounts()), named(open.hosts())),
                "With valid credentials. There is no failed sign-in before the first one.",
                "The queries of the runbook found it on no other host.",
                "Nothing that the directory's history shows.",
                "- Disable the account\n- Replace its password\n- Watch the host for a week");
        var questions = findings.of(scope, open.id());
        for (var at = 0; at < Math.min(most, Math.min(questions.size(), answers.size())); at++) {
            var question = questions.get(at);
            findings.change(
                    scope,
                    analyst,
                    open.id(),
                    new Seen(question.id(), question.revision()),
                    question.title(),
                    answers.get(at));
        }
        timeline.add(
                scope,
                analyst,
                open.id(),
                new TimelineEntry.Said(
                        open.alerts().getFirst().firstActivity(),
                        "First use of %s".formatted(open.account()),
                        "Sign-in",
                        open.host(),
                        "",
                        "LATERAL_MOVEMENT",
                        "",
                        true));
    }

    private static String named(List<String> names) {
        return names.isEmpty()
                ? "none are named"
                : Stream.concat(names.stream().limit(4), names.size() > 4 ? Stream.of("and more") : Stream.empty())
                        .reduce((before, next) -> before + ", " + next)
                        .orElse("");
    }

    /** Asks the customer. */
    private Optional<InvestigativeAction> ask(Scope scope, Actor analyst, Opened open) {
        var id = steps.add(
                scope,
                analyst,
                open.id(),
                InvestigativeAction.Type.VERIFY,
                new InvestigativeAction.Said(
                        "Was this %s?".formatted(open.account()),
                        "Only the owner knows.",
                        "Did the owner of %s sign in at %s today?".formatted(open.account(), open.host()),
                        ""),
                Optional.empty());
        return steps.find(scope, id);
    }

    private void promote(Scope scope, Actor analyst, Opened open) {
        actions.promote(scope, analyst, Seen.of(present(scope, open.id())));
    }

    private void recommend(Scope scope, Actor analyst, Opened open, RemediationAction.Status status) {
        var assets = Stream.concat(
                        open.accounts().stream()
                                .limit(2)
                                .map(name -> new Remediations.NewAsset(RemediationAction.AssetType.ACCOUNT, name)),
                        open.hosts().stream()
                                .limit(1)
                                .map(name -> new Remediations.NewAsset(RemediationAction.AssetType.HOST, name)))
                .toList();
        var said =
                new RemediationAction.Said("", "Disable it now; replace its password before it is enabled again.", "");
        var id = remediations.add(
                scope, analyst, open.id(), RemediationAction.Type.DISABLE_USER_ACCOUNT, said, Optional.empty(), assets);
        if (status == RemediationAction.Status.IN_PROGRESS) {
            return;
        }
        remediations.of(scope, open.id()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .ifPresent(action -> remediations.change(
                        scope,
                        analyst,
                        open.id(),
                        new Seen(action.id(), action.revision()),
                        new Remediations.Draft(
                                status,
                                new RemediationAction.Said(
                                        action.what().title(), action.what().detail(), "Done by the customer."),
                                Optional.empty(),
                                action.assets().stream()
                                        .map(RemediationAction.Asset::id)
                                        .toList(),
                                List.of())));
    }

    private Investigation present(Scope scope, UUID id) {
        return investigations.find(scope, id).orElseThrow();
    }
}
