package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.ServicePrincipals.DelegatedGrant;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The administrator's consent to the delegated permissions, one grant for all of them. */
final class DelegatedConsent implements SetupPart {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public Part part() {
        return Part.DELEGATED_CONSENT;
    }

    @Override
    public Optional<DelegatedGrant> read(TenantReading reading) throws InterruptedException {
        var principal = reading.servicePrincipal();
        return principal.isEmpty()
                ? Optional.empty()
                : reading.directory()
                        .servicePrincipals()
                        .delegatedGrant(principal.get().id(), reading.graph().id());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var grant = present.found(Part.DELEGATED_CONSENT, DelegatedGrant.class);
        var differences = new Differences();
        desired.profile().application().delegatedPermissions().stream()
                .filter(name -> grant.stream().noneMatch(given -> given.scopes().contains(name)))
                .forEach(name -> differences.missing("scope", name));
        return PartPlan.of(grant.isPresent(), "Microsoft Graph", differences, List.of());
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, () -> observe(run));
    }

    private static ObservedState observe(SetupRun run) throws InterruptedException {
        var principals = run.directory().servicePrincipals();
        var client = run.known().neededPrincipal();
        var graph = run.graph();
        var wanted = run.desired().profile().application().delegatedPermissions();
        var name = String.join(" ", wanted);
        var given = principals.delegatedGrant(client.id(), graph.id());
        if (given.isEmpty()) {
            return new Different(
                    run.provisioner().intention(Part.DELEGATED_CONSENT, name, Effect.CREATED),
                    true,
                    () -> principals.grantDelegated(client.id(), graph.id(), wanted));
        }
        var grant = given.get();
        if (grant.scopes().containsAll(wanted)) {
            return new AsDesired(name, grant.id());
        }
        var before = JSON.createObjectNode().put("scope", String.join(" ", grant.scopes()));
        var all = new LinkedHashSet<>(grant.scopes());
        all.addAll(wanted);
        var intention = run.provisioner()
                .intention(Part.DELEGATED_CONSENT, name, Effect.CHANGED)
                .with(before);
        return new Different(intention, true, () -> {
            principals.changeDelegatedGrant(grant.id(), all);
            return grant.id();
        });
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var principals = run.directory().servicePrincipals();
        var client = run.servicePrincipal();
        if (client.isEmpty()) {
            return Optional.empty();
        }
        var found = principals
                .delegatedGrant(client.get().id(), run.graph().id())
                .filter(grant -> grant.id().equals(entry.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var ours = new LinkedHashSet<>(List.of(entry.name().split(" ")));
        ours.removeAll(List.of(entry.before().path("scope").asString("").split(" ")));
        var left = new LinkedHashSet<>(found.get().scopes());
        if (!left.removeAll(ours)) {
            return Optional.empty();
        }
        return left.isEmpty()
                ? Undo.delete(() -> principals.revokeDelegated(entry.id()))
                : Undo.restore("scope", () -> principals.changeDelegatedGrant(entry.id(), left));
    }
}
