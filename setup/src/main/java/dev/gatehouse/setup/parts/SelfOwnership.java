package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.util.List;
import java.util.Optional;

/**
 * The application's ownership of its own registration, without which it may not replace its own secret. What is found of
 * it is the id of the owner.
 */
final class SelfOwnership implements SetupPart {

    @Override
    public Part part() {
        return Part.OWNER;
    }

    @Override
    public boolean isWanted(Desired desired) {
        return desired.profile().application().rotatesItself();
    }

    @Override
    public Optional<String> read(TenantReading reading) throws InterruptedException {
        var application = reading.application();
        var principal = reading.servicePrincipal();
        var ownsItself = application.isPresent()
                && principal.isPresent()
                && reading.directory()
                        .applications()
                        .owners(application.get().id())
                        .contains(principal.get().id());
        return ownsItself ? Optional.of(principal.get().id()) : Optional.empty();
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var name = AppRegistration.name(desired, present);
        var ownsItself = present.has(Part.OWNER);
        var differences = new Differences();
        if (!ownsItself) {
            differences.missing("owners", name);
        }
        return PartPlan.of(
                ownsItself,
                name,
                differences,
                List.of("With %s it can replace its own secret before it ends. The guide does not ask for this."
                        .formatted(ProviderProfile.ROTATION_PERMISSION)));
    }

    @Override
    public boolean mayBeMadeByOwner() {
        return true;
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, () -> observe(run));
    }

    private static ObservedState observe(SetupRun run) throws InterruptedException {
        var applications = run.directory().applications();
        var app = run.known().neededApplication();
        var itself = run.known().neededPrincipal();
        if (applications.owners(app.id()).contains(itself.id())) {
            return new AsDesired(app.displayName(), itself.id());
        }
        var intention = run.provisioner().intention(Part.OWNER, app.displayName(), Effect.CREATED);
        return new Different(intention, true, () -> {
            applications.addOwner(app.id(), itself.id());
            return itself.id();
        });
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var applications = run.directory().applications();
        var app = run.journal().application();
        if (app.isEmpty() || !applications.owners(app.get()).contains(entry.id())) {
            return Optional.empty();
        }
        return Undo.delete(() -> applications.removeOwner(app.get(), entry.id()));
    }
}
