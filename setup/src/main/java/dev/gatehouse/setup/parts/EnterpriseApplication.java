package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.ServicePrincipal;
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
import tools.jackson.databind.json.JsonMapper;

/** The service principal of the app registration: the application as it exists in the tenant. */
final class EnterpriseApplication implements SetupPart {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public Part part() {
        return Part.SERVICE_PRINCIPAL;
    }

    @Override
    public Optional<ServicePrincipal> read(TenantReading reading) throws InterruptedException {
        var application = reading.application();
        return application.isEmpty()
                ? Optional.empty()
                : reading.search().principal(reading.journal(), application.get());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var differences = new Differences();
        present.servicePrincipal()
                .ifPresentOrElse(
                        principal -> differences.compare("accountEnabled", principal.enabled(), true),
                        () -> differences.missing(
                                "appId",
                                present.application().map(Application::appId).orElse("(of the new application)")));
        return PartPlan.of(
                present.servicePrincipal().isPresent(), AppRegistration.name(desired, present), differences, List.of());
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
        var principals = run.directory().servicePrincipals();
        var app = run.known().neededApplication();
        var seen = run.search().principal(run.journal(), app);
        run.known().principal(seen);
        if (seen.isEmpty()) {
            var intention = run.provisioner().intention(Part.SERVICE_PRINCIPAL, app.displayName(), Effect.CREATED);
            return new Different(intention, true, () -> {
                var made = principals.create(app.appId());
                run.known().principal(Optional.of(made));
                return made.id();
            });
        }
        var present = seen.get();
        if (present.enabled()) {
            return new AsDesired(app.displayName(), present.id());
        }
        var before = JSON.createObjectNode().put("accountEnabled", false);
        var intention = run.provisioner()
                .intention(Part.SERVICE_PRINCIPAL, app.displayName(), Effect.CHANGED)
                .with(before);
        return new Different(intention, true, () -> {
            principals.change(present.id(), JSON.createObjectNode().put("accountEnabled", true));
            return present.id();
        });
    }

    @Override
    public void lookUp(SetupRun run) throws InterruptedException {
        var app = run.known().application();
        if (app.isPresent()) {
            run.known().principal(run.search().principal(run.journal(), app.get()));
        }
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var principals = run.directory().servicePrincipals();
        var found = run.servicePrincipal().filter(principal -> principal.id().equals(entry.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.effect() == Effect.CREATED) {
            return Undo.delete(() -> principals.remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        if (found.get().enabled()) {
            fields.put("accountEnabled", false);
        }
        return Undo.restore(fields, () -> principals.change(entry.id(), fields));
    }
}
