package dev.gatehouse.setup;

import dev.gatehouse.setup.Journal.Deed;
import dev.gatehouse.setup.Sight.Bad;
import dev.gatehouse.setup.Sight.Good;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Step 2 of the guide, but for the secret: the app registration, its service principal, and the consent to what it asks for. */
final class RegistrationSteps {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Desired desired;
    private final Making making;
    private final Search search;
    private final Found found;

    RegistrationSteps(Directory directory, Desired desired, Making making, Search search, Found found) {
        this.directory = directory;
        this.desired = desired;
        this.making = making;
        this.search = search;
        this.found = found;
    }

    Sight lookAtApplication(Present plan) throws InterruptedException {
        var profile = desired.profile().application();
        var seen = search.application(making.journal());
        if (seen.isEmpty()) {
            return new Bad(making.intention(Part.APPLICATION, profile.displayName(), Deed.CREATED), false, () -> {
                var wanted = JSON.createObjectNode()
                        .put("displayName", profile.displayName())
                        .put("signInAudience", Planner.ONLY_THIS_DIRECTORY);
                wanted.putArray("tags").add(Desired.TAG).add(desired.providersTag());
                wanted.set("requiredResourceAccess", RequiredAccess.merged(desired, plan, Optional.empty()));
                return use(directory.applications().register(wanted));
            });
        }
        var present = seen.get();
        use(present);
        var before = JSON.createObjectNode();
        var fields = JSON.createObjectNode();
        if (desired.adopted().isEmpty() && !present.signInAudience().equals(Planner.ONLY_THIS_DIRECTORY)) {
            before.put("signInAudience", present.signInAudience());
            fields.put("signInAudience", Planner.ONLY_THIS_DIRECTORY);
        }
        if (RequiredAccess.isIncomplete(desired, plan, present)) {
            before.set("requiredResourceAccess", present.requiredResourceAccess());
            fields.set("requiredResourceAccess", RequiredAccess.merged(desired, plan, seen));
        }
        if (fields.isEmpty()) {
            return new Good(present.displayName(), present.id());
        }
        return new Bad(making.intention(Part.APPLICATION, present.displayName(), Deed.CHANGED, before), true, () -> {
            directory.applications().change(present.id(), fields);
            return present.id();
        });
    }

    private String use(Application chosen) {
        found.application(Optional.of(chosen));
        making.save(making.journal().using(chosen.id()));
        return chosen.id();
    }

    Sight lookAtServicePrincipal() throws InterruptedException {
        var app = found.neededApplication();
        var seen = search.principal(making.journal(), app);
        found.principal(seen);
        if (seen.isEmpty()) {
            return new Bad(making.intention(Part.SERVICE_PRINCIPAL, app.displayName(), Deed.CREATED), true, () -> {
                var made = directory.servicePrincipals().create(app.appId());
                found.principal(Optional.of(made));
                return made.id();
            });
        }
        var present = seen.get();
        if (present.enabled()) {
            return new Good(app.displayName(), present.id());
        }
        var before = JSON.createObjectNode().put("accountEnabled", false);
        return new Bad(making.intention(Part.SERVICE_PRINCIPAL, app.displayName(), Deed.CHANGED, before), true, () -> {
            directory
                    .servicePrincipals()
                    .change(present.id(), JSON.createObjectNode().put("accountEnabled", true));
            return present.id();
        });
    }

    /** One grant for each permission, so that each is journaled by itself. */
    Outcome consent(Present seen) throws InterruptedException {
        var made = new ArrayList<String>();
        for (var permission : desired.profile().application().applicationPermissions()) {
            switch (making.make(Part.CONSENT, () -> lookAtConsent(seen, permission))) {
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
        return made.isEmpty()
                ? new Outcome.Kept(Part.CONSENT)
                : new Outcome.Made(Part.CONSENT, Action.CREATE, String.join(", ", made));
    }

    Sight lookAtConsent(Present seen, String permission) throws InterruptedException {
        var client = found.neededPrincipal();
        var roleId = Planner.roleId(seen, permission);
        var granted = directory
                .servicePrincipals()
                .grantedRoles(client.id(), seen.graph().id());
        if (granted.containsKey(roleId)) {
            return new Good(permission, granted.getOrDefault(roleId, ""));
        }
        return new Bad(making.intention(Part.CONSENT, permission, Deed.CREATED), true, () -> directory
                .servicePrincipals()
                .grantRole(client.id(), seen.graph().id(), roleId));
    }

    Sight lookAtDelegatedConsent(Present seen) throws InterruptedException {
        var client = found.neededPrincipal();
        var wanted = desired.profile().application().delegatedPermissions();
        var name = String.join(" ", wanted);
        var given = directory
                .servicePrincipals()
                .delegatedGrant(client.id(), seen.graph().id());
        if (given.isEmpty()) {
            return new Bad(making.intention(Part.DELEGATED_CONSENT, name, Deed.CREATED), true, () -> directory
                    .servicePrincipals()
                    .grantDelegated(client.id(), seen.graph().id(), wanted));
        }
        var grant = given.get();
        if (grant.scopes().containsAll(wanted)) {
            return new Good(name, grant.id());
        }
        var before = JSON.createObjectNode().put("scope", String.join(" ", grant.scopes()));
        var all = new LinkedHashSet<>(grant.scopes());
        all.addAll(wanted);
        return new Bad(making.intention(Part.DELEGATED_CONSENT, name, Deed.CHANGED, before), true, () -> {
            directory.servicePrincipals().changeDelegatedGrant(grant.id(), all);
            return grant.id();
        });
    }

    Sight lookAtOwner() throws InterruptedException {
        var app = found.neededApplication();
        var itself = found.neededPrincipal();
        if (directory.applications().owners(app.id()).contains(itself.id())) {
            return new Good(app.displayName(), itself.id());
        }
        return new Bad(making.intention(Part.OWNER, app.displayName(), Deed.CREATED), true, () -> {
            directory.applications().addOwner(app.id(), itself.id());
            return itself.id();
        });
    }
}
