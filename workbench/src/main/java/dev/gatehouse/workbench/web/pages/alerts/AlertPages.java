package dev.gatehouse.workbench.web.pages.alerts;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertEvent;
import dev.gatehouse.workbench.alerts.AlertVendorAlert;
import dev.gatehouse.workbench.alerts.AlertWords;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.Labels;
import dev.gatehouse.workbench.context.Notes;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.HuntingParameters;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.HuntingRows;
import dev.gatehouse.workbench.records.UndecidedVendorAlerts;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.web.frame.EvidenceGroup;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.OlderNewer;
import dev.gatehouse.workbench.web.frame.Portal;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Tab;
import dev.gatehouse.workbench.web.frame.Techniques;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Alerts: the list, and all about one of them. */
@Controller
class AlertPages {

    /** How many vendor alerts of an alert a page opens; the others are linked. */
    private static final int OPENED = 30;

    private static final int MOST_MOMENTS = 300;
    private static final int MOST_ROWS = 100;
    private static final int MOST_PEOPLE = 100;

    /** How far around the activity hunting rows are shown. */
    private static final Duration AROUND = Duration.ofHours(1);

    private static final Duration LOOK_BACK = Duration.ofDays(90);

    private final Alerts alerts;
    private final VendorAlerts vendorAlerts;
    private final UndecidedVendorAlerts undecided;
    private final HuntingRows huntingRows;
    private final Tuning tuning;
    private final Investigations investigations;
    private final InvestigativeActions steps;
    private final SecurityDevices devices;
    private final Accounts accounts;
    private final Organizations organizations;
    private final ContextLabels labels;
    private final Notes notes;
    private final Techniques techniques;
    private final Links links;
    private final Moments moments;

    AlertPages(
            Alerts alerts,
            VendorAlerts vendorAlerts,
            UndecidedVendorAlerts undecided,
            HuntingRows huntingRows,
            Tuning tuning,
            Investigations investigations,
            InvestigativeActions steps,
            SecurityDevices devices,
            Accounts accounts,
            Organizations organizations,
            ContextLabels labels,
            Notes notes,
            Techniques techniques,
            Links links,
            Moments moments) {
        this.alerts = alerts;
        this.vendorAlerts = vendorAlerts;
        this.undecided = undecided;
        this.huntingRows = huntingRows;
        this.tuning = tuning;
        this.investigations = investigations;
        this.steps = steps;
        this.devices = devices;
        this.accounts = accounts;
        this.organizations = organizations;
        this.labels = labels;
        this.notes = notes;
        this.techniques = techniques;
        this.links = links;
        this.moments = moments;
    }

    @GetMapping(AlertQuery.PATH)
    String list(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam Map<String, String> parameters,
            Model model) {
        var asked = QueryParameters.of(parameters);
        var query = AlertQuery.from(asked);
        var now = moments.now();
        var me = Optional.of(who.account().id());
        var list = alerts.list(scope, query.filter(now, me), query.order(), query.place(), AlertQuery.ROWS);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute("list", list);
        model.addAttribute("columns", query.columns());
        model.addAttribute(
                "investigations",
                investigations.numbers(
                        scope,
                        list.rows().stream()
                                .flatMap(alert -> alert.investigation().stream())
                                .distinct()
                                .toList()));
        model.addAttribute(
                "turning",
                new OlderNewer(list.previous().map(query::at), list.next().map(query::at)));
        model.addAttribute("tabs", tabs(scope, query, now, me));
        model.addAttribute("states", AlertQuery.State.values());
        model.addAttribute("periods", AlertQuery.Period.values());
        model.addAttribute("reasons", CloseReason.values());
        model.addAttribute("closeReasons", CloseReason.ofPeople());
        model.addAttribute("assignees", assignees(scope, who.account(), query));
        model.addAttribute("waiting", undecided.count(scope));
        if (!model.containsAttribute("chosen")) {
            model.addAttribute("chosen", List.of());
        }
        return "show/alerts";
    }

    private List<Tab> tabs(Scope scope, AlertQuery query, Instant now, Optional<UUID> me) {
        var bySeverity = alerts.countBySeverity(scope, query.filterOf(AlertQuery.Tab.ALL, now, me));
        var tuned = alerts.countBySeverity(scope, query.filterOf(AlertQuery.Tab.TUNING, now, me));
        return Arrays.stream(AlertQuery.Tab.values())
                .map(tab -> switch (tab) {
                    case ALL -> tab(query, tab, bySeverity, List.of(AlertSeverity.values()));
                    case TUNING -> tab(query, tab, tuned, List.of(AlertSeverity.values()));
                    case CRITICAL, HIGH, MEDIUM, LOW ->
                        tab(query, tab, bySeverity, List.of(AlertSeverity.valueOf(tab.name())));
                })
                .toList();
    }

    /** Without a count where only a part was counted. */
    private static Tab tab(
            AlertQuery query, AlertQuery.Tab tab, Map<AlertSeverity, Long> counts, List<AlertSeverity> severities) {
        var isWhole = severities.stream()
                .allMatch(severity -> counts.containsKey(severity)
                        && (counts.getOrDefault(severity, 0L) <= Alerts.COUNTED || !query.isFiltered()));
        var sum = severities.stream()
                .mapToLong(severity -> counts.getOrDefault(severity, 0L))
                .sum();
        return new Tab(
                tab.key().isEmpty() ? "all" : tab.key(),
                tab.title(),
                query.tab(tab),
                isWhole ? OptionalLong.of(sum) : OptionalLong.empty(),
                query.tab() == tab);
    }

    /**
     * By whom the list can be filtered: me first, then others who may work on alerts, as many as one looks through, with whoever it
     * is filtered by now. To whom an alert can be given, the form finds by a part of the name.
     */
    private List<Actor> assignees(Scope scope, Account me, AlertQuery query) {
        var people = new LinkedHashMap<UUID, Account>();
        people.put(me.id(), me);
        Typed.id(query.assignee())
                .flatMap(id -> accounts.find(scope, id))
                .map(ListedAccount::account)
                .ifPresent(chosen -> people.putIfAbsent(chosen.id(), chosen));
        accounts.searchAssignable(scope, "", MOST_PEOPLE).forEach(account -> people.putIfAbsent(account.id(), account));
        return people.values().stream().map(Actor::of).toList();
    }

    @GetMapping(AlertQuery.PATH + "/{id}")
    String one(Scope scope, @PathVariable UUID id, Model model) {
        var alert = alerts.find(scope, id).orElseThrow(NotHere::new);
        var members = alerts.vendorAlerts(scope, id, MOST_MOMENTS);
        var opened = vendorAlerts.open(
                scope,
                alert.tenant(),
                members.stream()
                        .map(AlertVendorAlert::vendorAlertId)
                        .limit(OPENED)
                        .toList());
        var contents = opened.stream().map(VendorAlerts.Opened::alert).toList();
        var evidence = evidence(contents);
        var history = alerts.history(scope, id);
        var since = moments.now().minus(LOOK_BACK);
        model.addAttribute("alert", alert);
        model.addAttribute("members", members);
        model.addAttribute("opened", opened);
        model.addAttribute("answer", AlertAnswer.of(contents));
        model.addAttribute("evidence", EvidenceGroup.of(evidence));
        model.addAttribute("hidden", EvidenceGroup.hidden(evidence));
        model.addAttribute(
                "notesAbout",
                alert.organization()
                        .map(mine -> notes.about(scope, mine, contents))
                        .orElse(List.of()));
        model.addAttribute(
                "labels",
                alert.organization().map(mine -> labels.of(mine, contents)).orElse(Labels.NONE));
        model.addAttribute("graph", EntityGraph.of(contents));
        model.addAttribute("techniques", techniques.of(alert.techniques()));
        model.addAttribute(
                "portal",
                contents.stream()
                        .flatMap(each -> Portal.link(each.webUrl()).stream())
                        .findFirst());
        model.addAttribute("history", history.reversed());
        model.addAttribute("timeline", timeline(scope, alert, members, contents, history));
        model.addAttribute("similar", alerts.sharing(scope, alert, Alerts.MOST_SIMILAR));
        model.addAttribute("endedHere", alerts.ended(scope, alert, since, true));
        model.addAttribute("endedEverywhere", alerts.ended(scope, alert, since, false));
        model.addAttribute("tunedUntil", tuning.newDeviceUntil(alert.tenant(), moments.now()));
        model.addAttribute("closeReasons", CloseReason.ofPeople());
        model.addAttribute(
                "customer",
                alert.organization()
                        .flatMap(mine -> organizations.find(scope, mine))
                        .map(Actor::of));
        model.addAttribute("sentences", sentences(history));
        model.addAttribute("steps", steps.ofAlert(scope, id));
        model.addAttribute(
                "device",
                devices.of(scope, alert.tenant()).stream()
                        .map(SecurityDevice::id)
                        .findFirst());
        model.addAttribute(
                "investigation",
                alert.investigation().flatMap(mine -> investigations.numbers(scope, List.of(mine)).values().stream()
                        .findFirst()));
        model.addAttribute(
                "openInvestigations",
                alert.organization()
                        .map(mine -> investigations.open(scope, mine))
                        .orElse(List.of()));
        return "show/alert";
    }

    private static Map<AlertEvent, String> sentences(List<AlertEvent> history) {
        var sentences = new LinkedHashMap<AlertEvent, String>();
        history.forEach(event -> sentences.put(event, AlertWords.sentence(event)));
        return sentences;
    }

    /** What is named again by another vendor alert stands once. */
    private static List<Evidence> evidence(List<VendorAlert> alerts) {
        var distinct = new LinkedHashSet<Evidence>();
        alerts.forEach(alert -> distinct.addAll(alert.evidence()));
        return List.copyOf(distinct);
    }

    private List<Moment> timeline(
            Scope scope,
            Alert alert,
            List<AlertVendorAlert> members,
            List<VendorAlert> contents,
            List<AlertEvent> history) {
        var timeline = new ArrayList<Moment>();
        var titles = new LinkedHashMap<String, String>();
        for (var content : contents) {
            titles.put(content.id(), content.title());
            content.firstActivity()
                    .ifPresent(at -> timeline.add(new Moment(
                            at,
                            "activity",
                            "Activity",
                            "Activity of “%s” begins".formatted(content.title()),
                            Optional.empty())));
        }
        var ids = members.stream().map(AlertVendorAlert::vendorAlertId).toList();
        for (var version : vendorAlerts.versions(scope, alert.tenant(), ids, MOST_MOMENTS)) {
            timeline.add(new Moment(
                    version.updated(),
                    "vendor",
                    "Microsoft",
                    "“%s” as of then".formatted(titles.getOrDefault(version.id(), version.id())),
                    Optional.of(links.vendorAlert(alert.tenant(), version.id()) + "/original?version="
                            + version.version())));
        }
        for (var event : history) {
            timeline.add(new Moment(
                    event.at(),
                    event.actor().kind() == Actor.Kind.SYSTEM ? "gatehouse" : "people",
                    event.actor().kind() == Actor.Kind.SYSTEM ? "Gatehouse" : "People",
                    AlertWords.sentence(event),
                    Optional.empty()));
        }
        for (var row : around(scope, alert, contents)) {
            timeline.add(new Moment(
                    row.at(),
                    "activity",
                    row.feed().title(),
                    List.of(row.action(), row.account(), row.device(), row.address(), row.target()).stream()
                            .filter(word -> !word.isEmpty())
                            .reduce((one, other) -> one + " · " + other)
                            .orElse(""),
                    Optional.empty()));
        }
        return timeline.stream()
                .sorted(Comparator.comparing(Moment::at).reversed())
                .limit(MOST_MOMENTS)
                .toList();
    }

    private List<HuntingRows.Row> around(Scope scope, Alert alert, List<VendorAlert> contents) {
        var names = new EnumMap<EntityKind, LinkedHashSet<String>>(EntityKind.class);
        contents.stream()
                .flatMap(content -> content.evidence().stream())
                .flatMap(evidence -> evidence.entities().stream())
                .forEach(entity -> names.computeIfAbsent(entity.kind(), kind -> new LinkedHashSet<>())
                        .addAll(spellings(entity)));
        return huntingRows.around(
                scope,
                alert.tenant(),
                alert.firstActivity().minus(AROUND),
                alert.lastActivity().plus(AROUND),
                names.getOrDefault(EntityKind.ACCOUNT, new LinkedHashSet<>()),
                names.getOrDefault(EntityKind.HOST, new LinkedHashSet<>()),
                names.getOrDefault(EntityKind.IP_ADDRESS, new LinkedHashSet<>()),
                MOST_ROWS);
    }

    /** An account's name in hunting tables has no domain. */
    private static List<String> spellings(Entity entity) {
        if (entity.kind() != EntityKind.ACCOUNT) {
            return List.of(entity.name());
        }
        return List.of(HuntingParameters.accountName(entity.name()));
    }
}
