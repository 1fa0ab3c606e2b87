package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.directory.ServicePrincipals;
import dev.gatehouse.setup.parts.GrantedPermissions;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.plan.TenantPolicies;
import dev.gatehouse.setup.profile.EntraRole;
import dev.gatehouse.setup.signin.SignInMethod;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A customer's tenant without Microsoft: it has what it is told to have, and an administrator who signs in when told. */
final class PretendTenant implements TenantAccess {

    static final String ADMIN = "ada@contoso.example";
    static final String APPLICATION = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
    static final String SECRET = "abc8Q~the-secret-that-nobody-sees";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final List<String> PERMISSIONS = List.of(
            "SecurityAlert.Read.All", "SecurityEvents.Read.All", "ThreatHunting.Read.All", "SecurityIncident.Read.All");

    private final EnumSet<Part> done = EnumSet.noneOf(Part.class);
    private final Map<Part, String> unreadable = new HashMap<>();
    private final Set<String> consented = new TreeSet<>();
    private final CountDownLatch approved = new CountDownLatch(1);
    private Set<EntraRole> roles = EnumSet.of(EntraRole.GLOBAL_ADMINISTRATOR);
    private String invitation = "PendingAcceptance";
    private boolean guestEnabled = true;
    private TenantPolicies policies = TenantPolicies.unrestricted();

    /** Somebody has done these by hand. */
    PretendTenant with(Part... parts) {
        done.addAll(List.of(parts));
        if (done.contains(Part.CONSENT)) {
            consented.addAll(PERMISSIONS);
        }
        return this;
    }

    /** Somebody has done all of it by hand. */
    PretendTenant complete() {
        return with(Part.values());
    }

    PretendTenant without(Part part) {
        done.remove(part);
        return this;
    }

    PretendTenant withoutConsentTo(String permission) {
        consented.remove(permission);
        return this;
    }

    PretendTenant unreadable(Part part) {
        unreadable.put(part, "Microsoft answered 403.");
        return this;
    }

    /** What the tenant's own policies say. */
    PretendTenant ruledBy(TenantPolicies others) {
        policies = others;
        return this;
    }

    PretendTenant redeemed() {
        invitation = "Accepted";
        return this;
    }

    PretendTenant blocked() {
        guestEnabled = false;
        return this;
    }

    PretendTenant asAdminWith(EntraRole... few) {
        roles = Set.of(few);
        return this;
    }

    /** The administrator types the code. */
    void approve() {
        approved.countDown();
    }

    @Override
    public Visit visit(SetUp setUp, Cloud cloud, Consumer<SignInMethod.Code> show) {
        return new Visit() {
            @Override
            public String signIn(Set<String> scopes) throws InterruptedException {
                show.accept(new SignInMethod.Code(
                        URI.create("https://microsoft.example/devicelogin"),
                        "ABCD1234",
                        "Go there and type that.",
                        Duration.ofMinutes(15)));
                approved.await();
                return ADMIN;
            }

            @Override
            public Plan plan(Desired desired) {
                return PretendTenant.this.plan(desired);
            }

            @Override
            public Applied apply(Plan plan, SecretKeeper keeper, Progress progress) throws InterruptedException {
                return PretendTenant.this.apply(plan, cloud, keeper, progress);
            }

            @Override
            public void close() {}
        };
    }

    Plan plan(Desired desired) {
        return Planner.plan(desired, present(desired), new Admin(ADMIN, Optional.of(roles), false));
    }

    private Applied apply(Plan plan, Cloud cloud, SecretKeeper keeper, Progress progress) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var step : plan.steps()) {
            progress.begins(step.part());
            var outcome = step.isBlocked()
                    ? new Outcome.Blocked(step.part(), step.missingRoles())
                    : make(step.part(), plan, cloud, keeper);
            progress.ends(outcome);
            outcomes.add(outcome);
        }
        return new Applied(outcomes, Optional.of(ApplicationId.parse(APPLICATION)));
    }

    private Outcome make(Part part, Plan plan, Cloud cloud, SecretKeeper keeper) throws InterruptedException {
        if (plan.step(part).action() == Action.KEEP) {
            return new Outcome.Kept(part);
        }
        if (part == Part.SECRET) {
            try {
                keeper.keep(
                        new Connection(
                                plan.desired().tenant(),
                                ApplicationId.parse(APPLICATION),
                                new ClientSecret(SECRET),
                                cloud),
                        "0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11",
                        NOW.plus(Duration.ofDays(730)));
            } catch (SecretKeeper.NotKept e) {
                return new Outcome.Refused(part, e.reason());
            }
        }
        with(part);
        return new Outcome.Made(part, Action.CREATE, part.title());
    }

    private Present present(Desired desired) {
        var roleIds = new HashMap<String, String>();
        PERMISSIONS.forEach(name -> roleIds.put(name, "id of " + name));
        var graph = new ServicePrincipal(
                "graph", ServicePrincipal.MICROSOFT_GRAPH, true, roleIds, Map.of("User.Read", "id of User.Read"));
        var granted = new HashMap<String, String>();
        consented.forEach(name -> granted.put("id of " + name, "grant of " + name));
        var found = new EnumMap<Part, Object>(Part.class);
        found.put(
                Part.GUEST,
                new Guest("guest", "Expel SOC", desired.guestMail(), "Guest", guestEnabled, Optional.of(invitation)));
        found.put(Part.ROLE, "role");
        found.put(Part.PARTNER, partner());
        found.put(Part.APPLICATION, application());
        found.put(Part.SERVICE_PRINCIPAL, new ServicePrincipal("principal", APPLICATION, true, Map.of(), Map.of()));
        found.put(Part.DELEGATED_CONSENT, new ServicePrincipals.DelegatedGrant("delegated", List.of("User.Read")));
        found.keySet().removeIf(part -> !done.contains(part) || unreadable.containsKey(part));
        found.put(Part.CONSENT, new GrantedPermissions(granted));
        return new Present(
                new Directory.Organization(desired.tenant().toString(), "Contoso", List.of("contoso.example")),
                graph,
                policies,
                found,
                unreadable,
                NOW);
    }

    private static ObjectNode partner() {
        return (ObjectNode) JSON.readTree("""
                {"inboundTrust":{"isMfaAccepted":true,"isCompliantDeviceAccepted":true,
                                 "isHybridAzureADJoinedDeviceAccepted":true},
                 "automaticUserConsentSettings":{"inboundAllowed":true}}""");
    }

    private Application application() {
        var resource = JSON.createObjectNode().put("resourceAppId", ServicePrincipal.MICROSOFT_GRAPH);
        var access = resource.putArray("resourceAccess");
        PERMISSIONS.forEach(
                name -> access.addObject().put("id", "id of " + name).put("type", "Role"));
        access.addObject().put("id", "id of User.Read").put("type", "Scope");
        return new Application(
                "object",
                APPLICATION,
                "Expel Defender for Identity",
                "AzureADMyOrg",
                Set.of(),
                JSON.createArrayNode().add(resource),
                done.contains(Part.SECRET)
                        ? List.of(new Application.Password(
                                "key",
                                "Expel API",
                                Optional.empty(),
                                Optional.of(NOW.plus(Duration.ofDays(700))),
                                Optional.empty()))
                        : List.of(),
                List.of(),
                Optional.empty());
    }
}
