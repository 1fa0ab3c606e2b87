package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The administrator's consent to the application permissions, one grant for each. */
final class ApplicationConsent implements SetupPart {

    @Override
    public Part part() {
        return Part.CONSENT;
    }

    @Override
    public Optional<GrantedPermissions> read(TenantReading reading) throws InterruptedException {
        var principal = reading.servicePrincipal();
        return principal.isEmpty()
                ? Optional.empty()
                : Optional.of(new GrantedPermissions(reading.directory()
                        .servicePrincipals()
                        .grantedRoles(principal.get().id(), reading.graph().id())));
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var granted = present.found(Part.CONSENT, GrantedPermissions.class).orElse(GrantedPermissions.NONE);
        var wanted = desired.profile().application().applicationPermissions();
        var differences = new Differences();
        wanted.stream()
                .filter(name -> !granted.contains(GraphPermissions.roleId(present.graph(), name)))
                .forEach(name -> differences.missing("appRoleAssignments", name));
        var notes = new ArrayList<String>();
        var others = othersGranted(wanted, granted, present);
        if (!others.isEmpty()) {
            notes.add("Also granted, and not needed: " + String.join(", ", others));
        }
        var action = differences.all().isEmpty() ? Action.KEEP : Action.CREATE;
        return new PartPlan(action, "Microsoft Graph", differences.all(), notes);
    }

    private static Set<String> othersGranted(List<String> wanted, GrantedPermissions granted, Present present) {
        var others = new TreeSet<String>();
        present.graph().appRoles().forEach((name, id) -> {
            if (granted.contains(id) && !wanted.contains(name)) {
                others.add(name);
            }
        });
        return others;
    }

    /** One grant for each permission, so that each is journaled by itself. */
    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        var made = new ArrayList<String>();
        for (var permission : run.desired().profile().application().applicationPermissions()) {
            switch (run.provisioner().ensure(this, () -> observe(run, permission))) {
                case Outcome.Made one -> made.add(one.what());
                case Outcome.Kept _, Outcome.Undone _ -> {}
                case Outcome.Blocked blocked -> {
                    return blocked;
                }
                case Outcome.Waiting waiting -> {
                    return waiting;
                }
                case Outcome.Refused refused -> {
                    return refused;
                }
            }
        }
        run.known().consented();
        return made.isEmpty()
                ? new Outcome.Kept(Part.CONSENT)
                : new Outcome.Made(Part.CONSENT, Action.CREATE, String.join(", ", made));
    }

    private static ObservedState observe(SetupRun run, String permission) throws InterruptedException {
        var principals = run.directory().servicePrincipals();
        var client = run.known().neededPrincipal();
        var graph = run.graph();
        var roleId = GraphPermissions.roleId(graph, permission);
        var granted = principals.grantedRoles(client.id(), graph.id());
        return granted.containsKey(roleId)
                ? new AsDesired(permission, granted.getOrDefault(roleId, ""))
                : new Different(
                        run.provisioner().intention(Part.CONSENT, permission, Effect.CREATED),
                        true,
                        () -> principals.grantRole(client.id(), graph.id(), roleId));
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var principals = run.directory().servicePrincipals();
        var client = run.servicePrincipal();
        if (client.isEmpty()
                || !principals.grantedRoles(client.get().id(), run.graph().id()).containsValue(entry.id())) {
            return Optional.empty();
        }
        return Undo.delete(() -> principals.revokeRole(client.get().id(), entry.id()));
    }
}
