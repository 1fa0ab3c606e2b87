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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The app registration that collects, with the permissions that it asks for. */
final class AppRegistration implements SetupPart {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONLY_THIS_DIRECTORY = "AzureADMyOrg";

    @Override
    public Part part() {
        return Part.APPLICATION;
    }

    @Override
    public Optional<Application> read(TenantReading reading) throws InterruptedException {
        return reading.search().application(reading.journal());
    }

    /** What people call it, whether it is there or not. */
    static String name(Desired desired, Present present) {
        return present.application()
                .map(application -> "%s (%s)".formatted(application.displayName(), application.appId()))
                .orElseGet(() -> desired.profile().application().displayName());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var notes = new ArrayList<String>();
        present.application().ifPresent(application -> {
            if (!application.tags().contains(Desired.TAG)) {
                notes.add("Made by somebody else and adopted; it will never be removed.");
            }
        });
        var differences = present.application().isPresent()
                ? differences(desired, present, present.application().get())
                : everything(desired);
        return PartPlan.of(present.application().isPresent(), name(desired, present), differences, notes);
    }

    private static Differences everything(Desired desired) {
        var profile = desired.profile().application();
        var differences = new Differences();
        differences.missing("displayName", profile.displayName());
        differences.missing("signInAudience", ONLY_THIS_DIRECTORY);
        profile.applicationPermissions()
                .forEach(name -> differences.missing("requiredResourceAccess", name + " (Role)"));
        profile.delegatedPermissions()
                .forEach(name -> differences.missing("requiredResourceAccess", name + " (Scope)"));
        return differences;
    }

    private static Differences differences(Desired desired, Present present, Application application) {
        var profile = desired.profile().application();
        var differences = new Differences();
        if (desired.adopted().isEmpty()) {
            // An adopted application also serves others, whom another audience could lock out.
            differences.compare("signInAudience", application.signInAudience(), ONLY_THIS_DIRECTORY);
        }
        var roles = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Role");
        for (var name : profile.applicationPermissions()) {
            if (!roles.contains(GraphPermissions.roleId(present.graph(), name))) {
                differences.missing("requiredResourceAccess", name + " (Role)");
            }
        }
        var scopes = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Scope");
        for (var name : profile.delegatedPermissions()) {
            if (!scopes.contains(GraphPermissions.scopeId(present.graph(), name))) {
                differences.missing("requiredResourceAccess", name + " (Scope)");
            }
        }
        return differences;
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, () -> observe(run));
    }

    private static ObservedState observe(SetupRun run) throws InterruptedException {
        var seen = run.search().application(run.journal());
        return seen.isPresent() ? compare(run, seen.get()) : missing(run);
    }

    private static ObservedState missing(SetupRun run) {
        var desired = run.desired();
        var name = desired.profile().application().displayName();
        return new Different(run.provisioner().intention(Part.APPLICATION, name, Effect.CREATED), false, () -> {
            var wanted = JSON.createObjectNode().put("displayName", name).put("signInAudience", ONLY_THIS_DIRECTORY);
            wanted.putArray("tags").add(Desired.TAG).add(desired.providersTag());
            wanted.set("requiredResourceAccess", RequiredAccess.merged(desired, run.graph(), Optional.empty()));
            return use(run, run.directory().applications().register(wanted));
        });
    }

    private static ObservedState compare(SetupRun run, Application present) {
        var desired = run.desired();
        use(run, present);
        var before = JSON.createObjectNode();
        var fields = JSON.createObjectNode();
        if (desired.adopted().isEmpty() && !present.signInAudience().equals(ONLY_THIS_DIRECTORY)) {
            before.put("signInAudience", present.signInAudience());
            fields.put("signInAudience", ONLY_THIS_DIRECTORY);
        }
        if (RequiredAccess.isIncomplete(desired, run.graph(), present)) {
            before.set("requiredResourceAccess", present.requiredResourceAccess());
            fields.set("requiredResourceAccess", RequiredAccess.merged(desired, run.graph(), Optional.of(present)));
        }
        if (fields.isEmpty()) {
            return new AsDesired(present.displayName(), present.id());
        }
        var intention = run.provisioner()
                .intention(Part.APPLICATION, present.displayName(), Effect.CHANGED)
                .with(before);
        return new Different(intention, true, () -> {
            run.directory().applications().change(present.id(), fields);
            return present.id();
        });
    }

    private static String use(SetupRun run, Application chosen) {
        run.known().application(Optional.of(chosen));
        run.provisioner().save(run.journal().using(chosen.id()));
        return chosen.id();
    }

    @Override
    public void lookUp(SetupRun run) throws InterruptedException {
        run.known().application(run.search().application(run.journal()));
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var applications = run.directory().applications();
        var found = applications.object(entry.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.effect() == Effect.CREATED) {
            return Undo.delete(() -> applications.remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        var audience = entry.before().path("signInAudience");
        if (audience.isString() && found.get().signInAudience().equals(ONLY_THIS_DIRECTORY)) {
            fields.set("signInAudience", audience);
        }
        if (entry.before().path("requiredResourceAccess") instanceof ArrayNode asked) {
            var left = RequiredAccess.withoutOurs(run.desired(), run.graph(), found.get(), asked);
            if (!left.equals(found.get().requiredResourceAccess())) {
                fields.set("requiredResourceAccess", left);
            }
        }
        return Undo.restore(fields, () -> applications.change(entry.id(), fields));
    }

    /** The journal may have been lost, or be on another machine; the tag is not. */
    @Override
    public List<Entry> unrecorded(RemovalRun run) throws InterruptedException {
        if (run.journal().of(Part.APPLICATION).anyMatch(entry -> entry.effect() == Effect.CREATED)) {
            return List.of();
        }
        var name = run.desired().profile().application().displayName();
        return run.search().tagged().stream()
                .map(application -> new Entry(
                        Part.APPLICATION,
                        name,
                        application.id(),
                        Effect.CREATED,
                        application.created().orElse(Instant.EPOCH),
                        JSON.createObjectNode()))
                .toList();
    }
}
