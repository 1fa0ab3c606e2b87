package dev.gatehouse.setup;

import static dev.gatehouse.setup.plan.Difference.NONE;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.CredentialTerms;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.plan.TenantPolicies;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares how a tenant is with how it should be. It asks nobody and changes nothing. */
public final class Planner {

    /** A secret that ends sooner than this is worth a word. */
    public static final Duration SECRET_WARNING = Duration.ofDays(30);

    private static final String COLLABORATION = "b2bCollaborationInbound";

    private Planner() {}

    /** The difference, part by part. */
    public static Plan plan(Desired desired, Present present, Admin admin) {
        var steps = new ArrayList<Step>();
        for (var part : desired.parts()) {
            var draft = present.unreadable().containsKey(part)
                    ? unreadable(part, desired, present)
                    : draft(part, desired, present);
            steps.add(new Step(
                    part,
                    draft.action(),
                    draft.object(),
                    draft.differences(),
                    draft.notes(),
                    admin.missingFor(part, draft.action())));
        }
        return new Plan(desired, present, admin, steps);
    }

    private static Draft draft(Part part, Desired desired, Present present) {
        return switch (part) {
            case GUEST -> guest(desired, present);
            case ROLE -> role(desired, present);
            case PARTNER -> partner(desired, present);
            case APPLICATION -> application(desired, present);
            case SERVICE_PRINCIPAL -> servicePrincipal(desired, present);
            case CONSENT -> consent(desired, present);
            case DELEGATED_CONSENT -> delegatedConsent(desired, present);
            case OWNER -> owner(desired, present);
            case SECRET -> secret(desired, present);
        };
    }

    private static Draft unreadable(Part part, Desired desired, Present present) {
        var object = draft(part, desired, present).object();
        return new Draft(
                Action.UNKNOWN, object, List.of(), List.of(present.unreadable().getOrDefault(part, "")));
    }

    // ---- Step 1 of the guide -----------------------------------------------------------------------------------

    static List<Difference> guestDifferences(Desired desired, Present present) {
        var profile = desired.profile().guest();
        var differences = new Differences();
        if (present.guest().isEmpty()) {
            differences.missing("invitedUserEmailAddress", desired.guestMail());
            differences.missing("invitedUserDisplayName", profile.displayName());
            differences.missing("invitedUserType", "Guest");
            return differences.all;
        }
        var guest = present.guest().get();
        differences.compare("displayName", guest.displayName(), profile.displayName());
        differences.compare("accountEnabled", guest.enabled(), true);
        return differences.all;
    }

    private static Draft guest(Desired desired, Present present) {
        var notes = new ArrayList<String>();
        present.guest().ifPresent(guest -> {
            if (guest.userType().equalsIgnoreCase("Member")) {
                notes.add("The account is a member, not a guest. Gatehouse leaves that as it is.");
            }
            notes.add(
                    guest.isRedeemed()
                            ? "The invitation has been redeemed."
                            : "The invitation has not been redeemed yet.");
        });
        if (present.guest().isEmpty()) {
            notes.addAll(invitationNotes(present.policies()));
        }
        return new Draft(
                action(present.guest().isPresent(), guestDifferences(desired, present)),
                desired.guestMail(),
                guestDifferences(desired, present),
                notes);
    }

    private static List<String> invitationNotes(TenantPolicies policies) {
        if (policies.inviters().isEmpty()) {
            return List.of("Who may invite guests in this tenant is not known.");
        }
        return policies.inviters().get().equals("none")
                ? List.of(
                        "This tenant lets nobody invite guests, administrators included. Change that first: External Identities > External collaboration settings > Guest invite settings.")
                : List.of();
    }

    private static Draft role(Desired desired, Present present) {
        var role = desired.profile().guest().role();
        var differences = new Differences();
        if (present.roleAssignment().isEmpty()) {
            differences.missing("roleDefinitionId", role.title());
            differences.missing("principalId", desired.guestMail());
            differences.missing("directoryScopeId", "/");
        }
        return new Draft(
                action(present.roleAssignment().isPresent(), differences.all),
                role.title(),
                differences.all,
                List.of());
    }

    /** The switches of the trust tab by Microsoft's names. Settings that the profile does not turn on stay untouched. */
    static List<Difference> partnerDifferences(Desired desired, Present present) {
        var trust = desired.profile().trust();
        var partner = present.partner();
        var differences = new Differences();
        if (partner.isEmpty()) {
            differences.missing("tenantId", desired.profile().tenantId().toString());
        }
        if (trust.multifactorAuthentication()) {
            differences.switchedOn(partner, "inboundTrust", "isMfaAccepted");
        }
        if (trust.compliantDevices()) {
            differences.switchedOn(partner, "inboundTrust", "isCompliantDeviceAccepted");
        }
        if (trust.hybridJoinedDevices()) {
            differences.switchedOn(partner, "inboundTrust", "isHybridAzureADJoinedDeviceAccepted");
        }
        if (trust.automaticRedemption()) {
            differences.switchedOn(partner, "automaticUserConsentSettings", "inboundAllowed");
        }
        return differences.all;
    }

    private static Draft partner(Desired desired, Present present) {
        var differences = partnerDifferences(desired, present);
        return new Draft(
                action(present.partner().isPresent(), differences),
                "%s (%s)"
                        .formatted(
                                desired.profile().provider(), desired.profile().tenantId()),
                differences,
                collaborationNotes(present));
    }

    /** What the tenant configured for the provider counts, otherwise what it configured for everybody. */
    private static List<String> collaborationNotes(Present present) {
        var own = present.partner().map(partner -> partner.path(COLLABORATION)).filter(JsonNode::isObject);
        var everybodys = present.policies()
                .partnerDefaults()
                .map(defaults -> defaults.path(COLLABORATION))
                .filter(JsonNode::isObject);
        var isBlocked = own.or(() -> everybodys)
                .filter(group -> isBlocked(group, "usersAndGroups") || isBlocked(group, "applications"))
                .isPresent();
        if (!isBlocked) {
            return List.of();
        }
        return List.of(
                own.isPresent()
                        ? "B2B collaboration with this organization is blocked in this tenant, at least for some, so that the analysts may not get in. Gatehouse leaves that as it is: Cross-tenant access settings, inbound."
                        : "This tenant blocks B2B collaboration by default, so that the analysts do not get in. Gatehouse leaves that as it is: allow it for this organization under Cross-tenant access settings, inbound.");
    }

    private static boolean isBlocked(JsonNode group, String whom) {
        return group.path(whom).path("accessType").asString("").equals("blocked");
    }

    // ---- Step 2 of the guide -----------------------------------------------------------------------------------

    static final String ONLY_THIS_DIRECTORY = "AzureADMyOrg";

    static List<Difference> applicationDifferences(Desired desired, Present present) {
        var profile = desired.profile().application();
        var differences = new Differences();
        if (present.application().isEmpty()) {
            differences.missing("displayName", profile.displayName());
            differences.missing("signInAudience", ONLY_THIS_DIRECTORY);
            profile.applicationPermissions()
                    .forEach(name -> differences.missing("requiredResourceAccess", name + " (Role)"));
            profile.delegatedPermissions()
                    .forEach(name -> differences.missing("requiredResourceAccess", name + " (Scope)"));
            return differences.all;
        }
        var application = present.application().get();
        if (desired.adopted().isEmpty()) {
            // An adopted application also serves others, whom another audience could lock out.
            differences.compare("signInAudience", application.signInAudience(), ONLY_THIS_DIRECTORY);
        }
        var roles = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Role");
        for (var name : profile.applicationPermissions()) {
            if (!roles.contains(roleId(present, name))) {
                differences.missing("requiredResourceAccess", name + " (Role)");
            }
        }
        var scopes = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Scope");
        for (var name : profile.delegatedPermissions()) {
            if (!scopes.contains(scopeId(present, name))) {
                differences.missing("requiredResourceAccess", name + " (Scope)");
            }
        }
        return differences.all;
    }

    private static Draft application(Desired desired, Present present) {
        var differences = applicationDifferences(desired, present);
        var notes = new ArrayList<String>();
        present.application().ifPresent(application -> {
            if (!application.tags().contains(Desired.TAG)) {
                notes.add("Made by somebody else and adopted; it will never be removed.");
            }
        });
        return new Draft(
                action(present.application().isPresent(), differences),
                applicationName(desired, present),
                differences,
                notes);
    }

    private static String applicationName(Desired desired, Present present) {
        return present.application()
                .map(application -> "%s (%s)".formatted(application.displayName(), application.appId()))
                .orElseGet(() -> desired.profile().application().displayName());
    }

    private static Draft servicePrincipal(Desired desired, Present present) {
        var differences = new Differences();
        present.servicePrincipal()
                .ifPresentOrElse(
                        principal -> differences.compare("accountEnabled", principal.enabled(), true),
                        () -> differences.missing(
                                "appId",
                                present.application().map(Application::appId).orElse("(of the new application)")));
        return new Draft(
                action(present.servicePrincipal().isPresent(), differences.all),
                applicationName(desired, present),
                differences.all,
                List.of());
    }

    /** The application permissions that were not granted yet, by name. */
    static List<String> missingConsent(Desired desired, Present present) {
        return desired.profile().application().applicationPermissions().stream()
                .filter(name -> !present.granted().containsKey(roleId(present, name)))
                .toList();
    }

    private static Draft consent(Desired desired, Present present) {
        var missing = missingConsent(desired, present);
        var differences = new Differences();
        missing.forEach(name -> differences.missing("appRoleAssignments", name));
        var wanted = desired.profile().application().applicationPermissions();
        var notes = new ArrayList<String>();
        var others = othersGranted(wanted, present);
        if (!others.isEmpty()) {
            notes.add("Also granted, and not needed: " + String.join(", ", others));
        }
        var action = missing.isEmpty() ? Action.KEEP : Action.CREATE;
        return new Draft(action, "Microsoft Graph", differences.all, notes);
    }

    private static Set<String> othersGranted(List<String> wanted, Present present) {
        var others = new TreeSet<String>();
        present.graph().appRoles().forEach((name, id) -> {
            if (present.granted().containsKey(id) && !wanted.contains(name)) {
                others.add(name);
            }
        });
        return others;
    }

    /** The delegated permissions that were not granted yet, by name. */
    static List<String> missingDelegated(Desired desired, Present present) {
        return desired.profile().application().delegatedPermissions().stream()
                .filter(name -> present.delegated().stream()
                        .noneMatch(grant -> grant.scopes().contains(name)))
                .toList();
    }

    private static Draft delegatedConsent(Desired desired, Present present) {
        var differences = new Differences();
        missingDelegated(desired, present).forEach(name -> differences.missing("scope", name));
        return new Draft(
                action(present.delegated().isPresent(), differences.all),
                "Microsoft Graph",
                differences.all,
                List.of());
    }

    private static Draft owner(Desired desired, Present present) {
        var differences = new Differences();
        if (!present.ownsItself()) {
            differences.missing("owners", applicationName(desired, present));
        }
        return new Draft(
                action(present.ownsItself(), differences.all),
                applicationName(desired, present),
                differences.all,
                List.of("With %s it can replace its own secret before it ends. The guide does not ask for this."
                        .formatted(ProviderProfile.ROTATION_PERMISSION)));
    }

    private static Draft secret(Desired desired, Present present) {
        var profile = desired.profile().application();
        var all = present.application().stream()
                .flatMap(application -> application.keys().stream())
                .filter(key -> key.isValidAt(present.at()))
                .toList();
        var notes = new ArrayList<String>();
        for (var key : all) {
            var what =
                    switch (key) {
                        case Application.Password _ -> "Secret '%s' (Secret ID %s)";
                        case Application.Certificate _ -> "Certificate '%s' (%s)";
                    };
            notes.add((what + " is valid until %s.")
                    .formatted(
                            key.displayName(),
                            key.keyId(),
                            key.end().map(Planner::day).orElse("ever")));
        }
        var valid = all.stream().filter(profile::accepts).toList();
        if (!valid.isEmpty() && valid.stream().allMatch(key -> endsBefore(key, present.at()))) {
            notes.add("It ends in less than %d days: rotate it.".formatted(SECRET_WARNING.toDays()));
        }
        var rules = CredentialTerms.rules(present);
        var terms = CredentialTerms.of(profile, rules);
        var differences = new Differences();
        if (valid.isEmpty() || desired.secretWanted()) {
            notes.addAll(terms.notes(profile, rules, present.policies().whyUnknown()));
            differences.missing("displayName", profile.secretDescription());
            if (profile.usesCertificate()) {
                differences.missing("type", "certificate");
                notes.add("The key pair is made here. The private key goes to the device and nowhere else.");
            }
            differences.missing("endDateTime", "in " + terms.words());
            if (!valid.isEmpty() && !profile.usesCertificate()) {
                notes.add(
                        "The Value of an existing secret cannot be read back, so that the device gets one of its own.");
            }
        }
        return new Draft(
                differences.all.isEmpty() ? Action.KEEP : Action.CREATE,
                profile.secretDescription(),
                differences.all,
                notes);
    }

    private static boolean endsBefore(Application.Key key, Instant now) {
        return key.end().isPresent() && key.end().get().isBefore(now.plus(SECRET_WARNING));
    }

    static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    // ---- Words -------------------------------------------------------------------------------------------------

    /**
     * The id of an application permission of Microsoft Graph, as this tenant's Graph gives it.
     *
     * @throws IllegalArgumentException when Graph offers no such permission, as in some national clouds
     */
    static String roleId(Present present, String name) {
        return offered(present.graph().appRoles().get(name), name);
    }

    static String scopeId(Present present, String name) {
        return offered(present.graph().scopes().get(name), name);
    }

    private static String offered(@Nullable String id, String name) {
        if (id == null) {
            throw new IllegalArgumentException(
                    "Microsoft Graph does not offer the permission %s in this cloud".formatted(name));
        }
        return id;
    }

    private static Action action(boolean exists, List<Difference> differences) {
        if (!exists) {
            return Action.CREATE;
        }
        return differences.isEmpty() ? Action.KEEP : Action.CHANGE;
    }

    private record Draft(Action action, String object, List<Difference> differences, List<String> notes) {}

    /** Collects differences. */
    private static final class Differences {

        private final List<Difference> all = new ArrayList<>();

        void missing(String field, String desired) {
            all.add(new Difference(field, NONE, desired));
        }

        void compare(String field, Object present, Object desired) {
            if (!present.equals(desired)) {
                all.add(new Difference(field, present.toString(), desired.toString()));
            }
        }

        void switchedOn(Optional<ObjectNode> settings, String group, String field) {
            var value = settings.map(node -> node.path(group).path(field));
            if (value.filter(node -> node.asBoolean(false)).isEmpty()) {
                var present = value.filter(node -> node.isBoolean())
                        .map(node -> node.asString())
                        .orElse(NONE);
                all.add(new Difference(group + "." + field, present, "true"));
            }
        }
    }
}
