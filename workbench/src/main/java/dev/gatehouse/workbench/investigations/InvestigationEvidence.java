package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertVendorAlert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertRow;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.records.VendorIncidents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What Microsoft reported about an investigation: its alerts, their vendor alerts, who and what these name, and the vendor
 * incidents that they are in. All of it is read when it is shown; nothing of it is stored with the investigation.
 */
@Component
public class InvestigationEvidence {

    /** The vendor alerts that joined last; a flood has more. */
    public static final int MOST_VENDOR_ALERTS = 1_000;

    private static final int MOST_NAMES = 300;

    private final Alerts alerts;
    private final VendorAlerts vendorAlerts;
    private final VendorIncidents vendorIncidents;
    private final Investigations investigations;

    InvestigationEvidence(
            Alerts alerts, VendorAlerts vendorAlerts, VendorIncidents vendorIncidents, Investigations investigations) {
        this.alerts = alerts;
        this.vendorAlerts = vendorAlerts;
        this.vendorIncidents = vendorIncidents;
        this.investigations = investigations;
    }

    /** The alerts of an investigation, newest first. One whose directory has moved to another organization is left out. */
    public List<Alert> alerts(Scope scope, Investigation investigation) {
        return scope.includes(investigation.organization())
                ? alerts.list(
                                Scope.of(investigation.organization()),
                                AlertFilter.ALL.ofInvestigation(investigation.id()),
                                AlertOrder.NEWEST,
                                Optional.empty(),
                                InvestigationActions.MOST_ALERTS)
                        .rows()
                : List.of();
    }

    /** The ids of the vendor alerts of some alerts, by their directory. */
    public Map<TenantId, List<String>> members(Scope scope, Collection<Alert> of) {
        var members = new LinkedHashMap<TenantId, List<String>>();
        for (AlertVendorAlert member :
                alerts.vendorAlerts(scope, of.stream().map(Alert::id).toList(), MOST_VENDOR_ALERTS)) {
            members.computeIfAbsent(member.tenant(), tenant -> new ArrayList<>())
                    .add(member.vendorAlertId());
        }
        return members;
    }

    /** What lists show of these vendor alerts. */
    public List<VendorAlertRow> vendorAlerts(Scope scope, Map<TenantId, List<String>> members) {
        return members.entrySet().stream()
                .flatMap(entry -> vendorAlerts.rows(scope, entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    /** The newest versions of these vendor alerts. */
    public List<VersionOf> versions(Scope scope, Map<TenantId, List<String>> members, int limit) {
        return members.entrySet().stream()
                .flatMap(entry -> vendorAlerts.versions(scope, entry.getKey(), entry.getValue(), limit).stream()
                        .map(version -> new VersionOf(entry.getKey(), version)))
                .toList();
    }

    /** A version of a vendor alert, with its directory. */
    public record VersionOf(TenantId tenant, VendorAlerts.VersionOf version) {}

    /** Accounts, hosts and addresses that these vendor alerts name, what most of them name first. */
    public List<VendorAlerts.Named> involved(Scope scope, Map<TenantId, List<String>> members) {
        return members.entrySet().stream()
                .flatMap(entry -> vendorAlerts.named(scope, entry.getKey(), entry.getValue(), MOST_NAMES).stream())
                .toList();
    }

    /**
     * A vendor incident that an investigation's vendor alerts are in.
     *
     * @param tenant the directory
     * @param id of the one that is left after all mergers
     * @param displayName as Microsoft calls it; empty when it is not here yet
     * @param mine those of its parts that hold vendor alerts of this investigation
     * @param others other investigations that hold vendor alerts of it, each with the parts that these are in
     */
    public record Shared(
            TenantId tenant,
            String id,
            String displayName,
            List<String> mine,
            Map<NumberAndTitle, Set<String>> others) {

        public Shared {
            mine = List.copyOf(mine);
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        }

        /** Whether Microsoft made one of what another investigation and this one had apart. */
        public boolean isMerged(NumberAndTitle other) {
            return others.getOrDefault(other, Set.of()).stream().anyMatch(part -> !mine.contains(part));
        }
    }

    /** The vendor incidents that these vendor alerts are in, and which other investigations have a part in them. */
    public List<Shared> vendorIncidents(Scope scope, UUID investigation, Map<TenantId, List<String>> members) {
        var shared = new ArrayList<Shared>();
        members.forEach((tenant, ids) -> vendorIncidents
                .families(scope, tenant, ids)
                .forEach(family -> shared.add(shared(scope, investigation, family))));
        return shared;
    }

    private Shared shared(Scope scope, UUID investigation, VendorIncidents.Family family) {
        var parts = new HashMap<UUID, Set<String>>();
        alerts.investigationsOf(scope, family.tenant(), family.vendorAlerts().keySet())
                .forEach((vendorAlert, other) -> {
                    if (!other.equals(investigation)) {
                        parts.computeIfAbsent(other, id -> new LinkedHashSet<>())
                                .add(family.vendorAlerts().getOrDefault(vendorAlert, ""));
                    }
                });
        var others = new LinkedHashMap<NumberAndTitle, Set<String>>();
        investigations
                .numbers(scope, parts.keySet())
                .forEach((id, name) -> others.put(name, parts.getOrDefault(id, Set.of())));
        return new Shared(family.tenant(), family.id(), family.displayName(), family.mine(), others);
    }
}
