package dev.gatehouse.workbench.web.pages.search;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.InvestigationFilter;
import dev.gatehouse.workbench.investigations.InvestigationOrder;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.EntityNames;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Links;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks for a text in everything that somebody may see. A handful of statements, each of which gives a handful of rows. */
@Component
class Search {

    private final Alerts alerts;
    private final Investigations investigations;
    private final EntityNames names;
    private final VendorIncidents incidents;
    private final SecurityDevices devices;
    private final Organizations organizations;
    private final Accounts accounts;
    private final Rules rules;
    private final Links links;

    Search(
            Alerts alerts,
            Investigations investigations,
            EntityNames names,
            VendorIncidents incidents,
            SecurityDevices devices,
            Organizations organizations,
            Accounts accounts,
            Rules rules,
            Links links) {
        this.alerts = alerts;
        this.investigations = investigations;
        this.names = names;
        this.incidents = incidents;
        this.devices = devices;
        this.organizations = organizations;
        this.accounts = accounts;
        this.rules = rules;
        this.links = links;
    }

    /**
     * Whoever searches.
     *
     * @param who they are, which decides whether people are found
     * @param scope what they look at
     */
    record Searcher(SignedIn who, Scope scope) {

        /** Whose something is, when that is a question. */
        String owner(String organization) {
            return scope instanceof Scope.Everything ? organization : "";
        }
    }

    /**
     * Finds what a text is in.
     *
     * @param most how many of each kind
     * @return what there is anything of, in the order in which it is shown
     */
    List<SearchGroup> find(Searcher searcher, SearchQuery query, int most) {
        if (!query.isLongEnough()) {
            return List.of();
        }
        var groups = new ArrayList<SearchGroup>();
        var named = named(searcher, query, most + 1);
        for (var target : query.targets()) {
            var hits = named.containsKey(target)
                    ? named.getOrDefault(target, List.of())
                    : hits(searcher, target, query.text(), most + 1);
            if (!hits.isEmpty()) {
                groups.add(new SearchGroup(
                        target,
                        hits.subList(0, Math.min(most, hits.size())),
                        hits.size() > most ? Optional.of(more(target, query.text())) : Optional.empty()));
            }
        }
        return groups;
    }

    /** What names are found of each target that is about names, all at once. */
    private Map<SearchTarget, List<SearchHit>> named(Searcher searcher, SearchQuery query, int most) {
        var targets = query.targets().stream()
                .filter(target -> !target.kinds().isEmpty())
                .toList();
        var found = names.search(
                searcher.scope(), targets.stream().map(SearchTarget::kinds).toList(), query.text(), most);
        var hits = new EnumMap<SearchTarget, List<SearchHit>>(SearchTarget.class);
        for (var number = 0; number < targets.size(); number++) {
            hits.put(
                    targets.get(number),
                    found.get(number).stream().map(each -> hit(searcher, each)).toList());
        }
        return hits;
    }

    private static String more(SearchTarget target, String text) {
        return (switch (target) {
                    case CASES ->
                        Address.of(Links.ACTIVITY).with("status", "any").with("text", text);
                    case ALERTS ->
                        Address.of(Links.ALERTS).with("status", "any").with("text", text);
                    case DEVICES -> Address.of(Links.DEVICES).with("name", text);
                    default -> Address.of(SearchPages.PATH).with("q", target.key() + ":" + text);
                })
                .toString();
    }

    private List<SearchHit> hits(Searcher searcher, SearchTarget target, String text, int most) {
        var scope = searcher.scope();
        return switch (target) {
            case CASES -> cases(searcher, text, most);
            case ALERTS ->
                alerts
                        .list(scope, AlertFilter.ALL.withText(text), AlertOrder.NEWEST, Optional.empty(), most)
                        .rows()
                        .stream()
                        .map(alert -> hit(searcher, alert))
                        .toList();
            // All at once, see named.
            case ACCOUNTS, HOSTS, ADDRESSES, HASHES, FILES, NAMES -> List.of();
            case REMARKS ->
                investigations.saying(scope, text, most).stream()
                        .map(said -> new SearchHit(
                                "%s %s"
                                        .formatted(
                                                said.investigation().shortLink(),
                                                said.investigation().title()),
                                said.excerpt(),
                                "",
                                links.investigation(said.investigation().id())))
                        .toList();
            case VENDOR_INCIDENTS ->
                incidents.numbered(scope, text, most).stream()
                        .map(incident -> new SearchHit(
                                "%s %s".formatted(incident.id(), incident.displayName()),
                                incident.deviceName(),
                                "",
                                links.vendorIncident(incident.tenant(), incident.id())))
                        .toList();
            case DEVICES ->
                devices.search(scope, text, most).stream()
                        .map(device -> new SearchHit(
                                device.name(),
                                device.kind().title(),
                                searcher.owner(device.organization().name()),
                                Links.DEVICES + "/" + device.id()))
                        .toList();
            case ORGANIZATIONS ->
                searcher.scope() instanceof Scope.Everything ? organizations(searcher, text, most) : List.of();
            case PEOPLE -> searcher.who().may(Right.SEE_PEOPLE) ? people(scope, text, most) : List.of();
            case RULES -> rules(scope, text, most);
        };
    }

    private List<SearchHit> cases(Searcher searcher, String text, int most) {
        var found = new ArrayList<SearchHit>();
        var numbered = investigations
                .numbered(searcher.scope(), text)
                .flatMap(id -> investigations.find(searcher.scope(), id));
        numbered.ifPresent(investigation -> found.add(hit(searcher, investigation)));
        investigations
                .list(
                        searcher.scope(),
                        InvestigationFilter.ALL.withText(text),
                        InvestigationOrder.NEWEST,
                        Optional.empty(),
                        most)
                .rows()
                .stream()
                .filter(investigation -> numbered.filter(first -> first.id().equals(investigation.id()))
                        .isEmpty())
                .forEach(investigation -> found.add(hit(searcher, investigation)));
        return found.stream().limit(most).toList();
    }

    private SearchHit hit(Searcher searcher, Investigation investigation) {
        return new SearchHit(
                "%s %s".formatted(investigation.shortLink(), investigation.field(InvestigationField.TITLE)),
                "%s, %s"
                        .formatted(
                                investigation.standing().isIncident() ? "Incident" : "Investigation",
                                investigation.decision().isEmpty() ? "open" : "closed"),
                searcher.owner(investigation.organizationName()),
                links.investigation(investigation.id()));
    }

    private SearchHit hit(Searcher searcher, Alert alert) {
        return new SearchHit(
                alert.name(),
                "%s, %s: %s"
                        .formatted(
                                alert.severity().title(),
                                alert.status().title().toLowerCase(Locale.ROOT),
                                String.join(", ", alert.involved())),
                searcher.owner(alert.organizationName()),
                links.alert(alert.id()));
    }

    private SearchHit hit(Searcher searcher, EntityNames.Named named) {
        var count = named.vendorAlerts();
        return new SearchHit(
                named.name(),
                count > EntityNames.COUNTED
                        ? "in more than %,d vendor alerts".formatted(EntityNames.COUNTED)
                        : count == 1 ? "in 1 vendor alert" : "in %,d vendor alerts".formatted(count),
                searcher.owner(named.organizationName()),
                links.entity(named.tenant(), named.kind(), named.name()).toString());
    }

    private List<SearchHit> organizations(Searcher searcher, String text, int most) {
        return organizations.search(searcher.scope(), text, most).stream()
                .map(organization -> new SearchHit(
                        organization.name(),
                        organization.shortName(),
                        "",
                        "~/o/%s/".formatted(organization.shortName())))
                .toList();
    }

    private List<SearchHit> people(Scope scope, String text, int most) {
        return accounts.search(scope, text, most).stream()
                .map(account -> new SearchHit(
                        account.displayName(),
                        "%s, %s: alerts"
                                .formatted(account.email(), account.role().title()),
                        "",
                        assignedTo(account.id())))
                .toList();
    }

    private static String assignedTo(UUID account) {
        return Address.of(Links.ALERTS).with("assignee", account).toString();
    }

    private List<SearchHit> rules(Scope scope, String text, int most) {
        var wanted = text.toLowerCase(Locale.ROOT);
        return rules.list(scope).stream()
                .filter(listed -> listed.rule().name().toLowerCase(Locale.ROOT).contains(wanted)
                        || listed.rule().id().value().contains(wanted))
                .limit(most)
                .map(listed -> new SearchHit(
                        listed.rule().name(),
                        listed.isOff() ? "switched off" : listed.rule().id().value(),
                        "",
                        Links.DETECTION_RULES + "/" + listed.rule().id().value()))
                .toList();
    }
}
