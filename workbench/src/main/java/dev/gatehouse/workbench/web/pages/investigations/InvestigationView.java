package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.files.Files;
import dev.gatehouse.workbench.files.StoredFile;
import dev.gatehouse.workbench.investigations.Choices;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationEvidence;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.InvestigationHistory;
import dev.gatehouse.workbench.investigations.InvestigationWords;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.RemediationAction.AssetType;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.investigations.TimelineEntries;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Markdown;
import dev.gatehouse.workbench.web.frame.NotHere;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the page of an investigation: what stands at its top, and one section below. */
@Component
class InvestigationView {

    private static final int VERSIONS = 500;
    private static final int SUGGESTED = 50;

    private final Investigations investigations;
    private final InvestigationEvidence evidence;
    private final InvestigationHistory history;
    private final Findings findings;
    private final Comments comments;
    private final TimelineEntries timeline;
    private final InvestigativeActions actions;
    private final Remediations remediations;
    private final Files files;
    private final Alerts alerts;
    private final Assignees assignees;
    private final Links links;
    private final Markdown markdown;

    InvestigationView(
            Investigations investigations,
            InvestigationEvidence evidence,
            InvestigationHistory history,
            Findings findings,
            Comments comments,
            TimelineEntries timeline,
            InvestigativeActions actions,
            Remediations remediations,
            Files files,
            Alerts alerts,
            Assignees assignees,
            Links links,
            Markdown markdown) {
        this.investigations = investigations;
        this.evidence = evidence;
        this.history = history;
        this.findings = findings;
        this.comments = comments;
        this.timeline = timeline;
        this.actions = actions;
        this.remediations = remediations;
        this.files = files;
        this.alerts = alerts;
        this.assignees = assignees;
        this.links = links;
        this.markdown = markdown;
    }

    /**
     * Shows a section.
     *
     * @param typing what was typed and not saved
     * @param problem why it was not; empty when nothing was typed
     */
    String show(Scope scope, UUID id, Section section, Typing typing, String problem, Model model) {
        var investigation = investigations.find(scope, id).orElseThrow(NotHere::new);
        model.addAttribute("investigation", investigation);
        model.addAttribute("address", links.investigation(id));
        model.addAttribute("shown", section);
        model.addAttribute("sections", Section.values());
        model.addAttribute("typing", typing);
        model.addAttribute("problem", problem);
        model.addAttribute("markdown", markdown);
        model.addAttribute("fields", InvestigationField.values());
        model.addAttribute("titles", new Titles());
        model.addAttribute("nobody", Optional.empty());
        switch (section) {
            case SUMMARY -> {
                model.addAttribute("findings", findings.of(scope, id));
                model.addAttribute("lead", investigation.leadAlert().flatMap(lead -> alerts.find(scope, lead)));
                model.addAttribute(
                        "shared",
                        evidence.vendorIncidents(
                                scope, id, evidence.members(scope, evidence.alerts(scope, investigation))));
            }
            case ALERTS -> showAlerts(scope, investigation, model);
            case FINDINGS -> model.addAttribute("findings", findings.of(scope, id));
            case ACTIONS -> {
                var ofIt = evidence.alerts(scope, investigation);
                model.addAttribute(
                        "actions",
                        actions.of(scope, id, ofIt.stream().map(Alert::id).toList()));
                model.addAttribute("types", InvestigativeAction.Type.values());
                model.addAttribute("statuses", InvestigativeAction.Status.values());
                model.addAttribute("classifications", InvestigativeAction.Classification.values());
                model.addAttribute("assignees", assignees.of(scope, investigation.organization()));
            }
            case TIMELINE -> {
                model.addAttribute("timeline", moments(scope, investigation));
                model.addAttribute("phases", Choices.ATTACK_LIFECYCLE);
            }
            case INVOLVED -> model.addAttribute("involved", involved(scope, investigation));
            case REMEDIATION -> {
                model.addAttribute("remediations", remediations.of(scope, id));
                model.addAttribute("types", RemediationAction.Type.values());
                model.addAttribute("statuses", RemediationAction.Status.values());
                model.addAttribute("assetTypes", AssetType.values());
                model.addAttribute("suggested", suggested(scope, investigation));
                model.addAttribute("assignees", assignees.of(scope, investigation.organization()));
            }
            case COMMENTS -> model.addAttribute("comments", comments.of(scope, id));
            case FILES -> {
                model.addAttribute("files", files(scope, investigation));
                model.addAttribute("largest", files.largest());
            }
            case HISTORY -> {
                model.addAttribute("events", history.of(scope, id, InvestigationHistory.SHOWN));
                model.addAttribute("mostEvents", InvestigationHistory.SHOWN);
            }
            case UPDATE -> {
                model.addAttribute("alerts", evidence.alerts(scope, investigation));
                model.addAttribute("decisions", Decision.values());
                model.addAttribute("assignees", assignees.of(scope, investigation.organization()));
            }
        }
        return "show/investigation";
    }

    private void showAlerts(Scope scope, Investigation investigation, Model model) {
        var ofIt = evidence.alerts(scope, investigation);
        var members = evidence.members(scope, ofIt);
        model.addAttribute("alerts", ofIt);
        model.addAttribute("shared", evidence.vendorIncidents(scope, investigation.id(), members));
        // The newest of the organization that are in no investigation: whoever adds one mostly means one of these.
        model.addAttribute(
                "others",
                investigation.isOpen()
                        ? alerts
                                .list(
                                        Scope.of(investigation.organization()),
                                        AlertFilter.ALL.withStatuses(Set.of(
                                                dev.gatehouse.workbench.alerts.AlertStatus.OPEN,
                                                dev.gatehouse.workbench.alerts.AlertStatus.IN_PROGRESS)),
                                        AlertOrder.NEWEST,
                                        Optional.empty(),
                                        SUGGESTED)
                                .rows()
                                .stream()
                                .filter(alert -> alert.investigation().isEmpty())
                                .toList()
                        : List.of());
    }

    /** Its own, those of its actions, and of those of its alerts. */
    List<StoredFile> files(Scope scope, Investigation investigation) {
        return files.of(
                scope,
                investigation.id(),
                evidence.alerts(scope, investigation).stream().map(Alert::id).toList());
    }

    List<Moment> moments(Scope scope, Investigation investigation) {
        var members = evidence.members(scope, evidence.alerts(scope, investigation));
        return Moment.merged(
                timeline.of(scope, investigation.id()),
                evidence.vendorAlerts(scope, members),
                evidence.versions(scope, members, VERSIONS),
                history.of(scope, investigation.id(), InvestigationHistory.SHOWN),
                links);
    }

    List<VendorAlerts.Named> involved(Scope scope, Investigation investigation) {
        return evidence.involved(scope, evidence.members(scope, evidence.alerts(scope, investigation)));
    }

    /**
     * What a remediation can be for.
     *
     * @param type of the asset
     * @param value its name
     */
    record Suggestion(AssetType type, String value) {

        /** As the form sends it. */
        public String key() {
            return type.name() + " " + value;
        }
    }

    private List<Suggestion> suggested(Scope scope, Investigation investigation) {
        return involved(scope, investigation).stream()
                .flatMap(named -> Arrays.stream(AssetType.values())
                        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(named.kind()))
                        .map(type -> new Suggestion(type, named.name())))
                .distinct()
                .limit(SUGGESTED)
                .toList();
    }

    /** Words for templates. */
    static final class Titles {

        /** A choice as people read it. */
        public String choice(String choice) {
            return Choices.title(choice);
        }

        /** What happened, as a sentence. */
        public String sentence(dev.gatehouse.workbench.investigations.InvestigationEvent event) {
            return InvestigationWords.sentence(event);
        }
    }
}
