package dev.gatehouse.simulator.world;

import dev.gatehouse.kql.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defender in a pretend company, with its Active Directory and its attackers. Everything about it follows from the
 * {@link TenantPlan}; how often and when it is asked changes nothing.
 *
 * <p>It costs nothing until it is asked for the first time; then it plays its thirty days of history.
 */
public final class SimulatedDefender implements Defender {

    private final Organization organization;
    private final Timeline timeline;
    private final Portal portal;
    private final boolean remembersVersions;

    SimulatedDefender(TenantPlan plan) {
        this.remembersVersions = plan.remembersVersions();
        this.organization = Organization.of(plan.name(), plan.seed(), plan.tenantId());
        this.timeline = new Timeline(History.andPresentOf(plan, organization));
        var firstIncident = SeededRandom.of(plan.seed(), "incident numbers of " + plan.name())
                .between(1_000, 900_000);
        this.portal = new Portal(organization.domain(), firstIncident, plan.missingTables(), plan.remembersVersions());
    }

    /** The directory id: a GUID in small letters. */
    public String tenantId() {
        return organization.domain().tenantId();
    }

    @Override
    public synchronized List<ObjectNode> alerts(Instant now) {
        advanceTo(now);
        return portal.alerts();
    }

    @Override
    public synchronized List<ObjectNode> incidents(Instant now) {
        advanceTo(now);
        return portal.incidents();
    }

    @Override
    public synchronized Optional<Table> table(String name, Instant now) {
        advanceTo(now);
        return Optional.ofNullable(portal.table(name));
    }

    /**
     * Every version of every alert and incident that could be read until now, in the order in which they became
     * visible, those included that are no longer kept; empty unless the plan asked to remember them.
     */
    public synchronized List<Version> versions(Instant now) {
        advanceTo(now);
        return portal.versions();
    }

    @Override
    public synchronized List<ObjectNode> alertVersions(Instant now) {
        return remembersVersions ? versions(now, Version.Kind.ALERT) : alerts(now);
    }

    @Override
    public synchronized List<ObjectNode> incidentVersions(Instant now) {
        return remembersVersions ? versions(now, Version.Kind.INCIDENT) : incidents(now);
    }

    private List<ObjectNode> versions(Instant now, Version.Kind kind) {
        return versions(now).stream()
                .filter(version -> version.kind() == kind)
                .map(Version::json)
                .toList();
    }

    private void advanceTo(Instant now) {
        for (var moment = timeline.nextUntil(now); moment.isPresent(); moment = timeline.nextUntil(now)) {
            portal.forgetWhatIsOldAt(moment.get().shownAt());
            moment.get().effect().accept(portal);
        }
        portal.forgetWhatIsOldAt(now);
    }
}
