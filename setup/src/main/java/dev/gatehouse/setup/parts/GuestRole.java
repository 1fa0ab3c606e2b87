package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import java.util.List;
import java.util.Optional;

/** The directory role that the guest account holds. What is found of it is the id of the assignment. */
final class GuestRole implements SetupPart {

    @Override
    public Part part() {
        return Part.ROLE;
    }

    @Override
    public boolean mayStayUnread() {
        return true;
    }

    @Override
    public Optional<String> read(TenantReading reading) throws InterruptedException {
        var guest = reading.guest();
        return guest.isEmpty()
                ? Optional.empty()
                : reading.search().role(reading.journal(), guest.get().id());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var role = desired.profile().guest().role();
        var isAssigned = present.has(Part.ROLE);
        var differences = new Differences();
        if (!isAssigned) {
            differences.missing("roleDefinitionId", role.title());
            differences.missing("principalId", desired.guestMail());
            differences.missing("directoryScopeId", "/");
        }
        return PartPlan.of(isAssigned, role.title(), differences, List.of());
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, () -> observe(run));
    }

    private static ObservedState observe(SetupRun run) throws InterruptedException {
        var guest = run.known().neededGuest();
        var role = run.desired().profile().guest().role();
        var assigned = run.search().role(run.journal(), guest);
        return assigned.isPresent()
                ? new AsDesired(role.title(), assigned.get())
                : new Different(
                        run.provisioner().intention(Part.ROLE, role.title(), Effect.CREATED),
                        true,
                        () -> run.directory().roles().assign(guest, role.templateId()));
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var roles = run.directory().roles();
        var guest = run.search().guest(run.journal());
        var role = run.desired().profile().guest().role().templateId();
        return guest.isPresent() && roles.isAssignment(entry.id(), guest.get().id(), role)
                ? Undo.delete(() -> roles.remove(entry.id()))
                : Optional.empty();
    }
}
