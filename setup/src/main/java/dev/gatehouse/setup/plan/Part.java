package dev.gatehouse.setup.plan;

import static dev.gatehouse.setup.profile.EntraRole.APPLICATION_ADMINISTRATOR;
import static dev.gatehouse.setup.profile.EntraRole.APPLICATION_DEVELOPER;
import static dev.gatehouse.setup.profile.EntraRole.CLOUD_APPLICATION_ADMINISTRATOR;
import static dev.gatehouse.setup.profile.EntraRole.GLOBAL_ADMINISTRATOR;
import static dev.gatehouse.setup.profile.EntraRole.GUEST_INVITER;
import static dev.gatehouse.setup.profile.EntraRole.PRIVILEGED_ROLE_ADMINISTRATOR;
import static dev.gatehouse.setup.profile.EntraRole.SECURITY_ADMINISTRATOR;
import static dev.gatehouse.setup.profile.EntraRole.USER_ADMINISTRATOR;

import dev.gatehouse.setup.profile.EntraRole;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The things that the set-up manages, in the order in which they can be made: each may need those before it. The roles
 * and scopes are those of Microsoft's reference, least first.
 */
@SuppressWarnings("ImmutableEnumChecker") // The sets are unmodifiable copies, which Error Prone cannot see.
public enum Part {
    GUEST(
            "Guest user",
            "User.Invite.All",
            Set.of(GUEST_INVITER, USER_ADMINISTRATOR, GLOBAL_ADMINISTRATOR),
            "User.ReadWrite.All",
            Set.of(USER_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    ROLE(
            "Role assignment",
            "RoleManagement.ReadWrite.Directory",
            Set.of(PRIVILEGED_ROLE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    PARTNER(
            "Cross-tenant access",
            "Policy.ReadWrite.CrossTenantAccess",
            Set.of(SECURITY_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    APPLICATION(
            "App registration",
            "Application.ReadWrite.All",
            Set.of(
                    APPLICATION_DEVELOPER,
                    CLOUD_APPLICATION_ADMINISTRATOR,
                    APPLICATION_ADMINISTRATOR,
                    GLOBAL_ADMINISTRATOR),
            "Application.ReadWrite.All",
            Set.of(CLOUD_APPLICATION_ADMINISTRATOR, APPLICATION_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    SERVICE_PRINCIPAL(
            "Service principal",
            "Application.ReadWrite.All",
            Set.of(
                    APPLICATION_DEVELOPER,
                    CLOUD_APPLICATION_ADMINISTRATOR,
                    APPLICATION_ADMINISTRATOR,
                    GLOBAL_ADMINISTRATOR),
            "Application.ReadWrite.All",
            Set.of(CLOUD_APPLICATION_ADMINISTRATOR, APPLICATION_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    CONSENT(
            "Admin consent, application permissions",
            "AppRoleAssignment.ReadWrite.All",
            Set.of(PRIVILEGED_ROLE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)),
    DELEGATED_CONSENT(
            "Admin consent, delegated permissions",
            "DelegatedPermissionGrant.ReadWrite.All",
            Set.of(
                    CLOUD_APPLICATION_ADMINISTRATOR,
                    APPLICATION_ADMINISTRATOR,
                    PRIVILEGED_ROLE_ADMINISTRATOR,
                    GLOBAL_ADMINISTRATOR)),
    /** Only where the application may replace its own secret: it has to be among its own owners. */
    OWNER(
            "Ownership of itself",
            "Application.ReadWrite.All",
            Set.of(
                    APPLICATION_DEVELOPER,
                    CLOUD_APPLICATION_ADMINISTRATOR,
                    APPLICATION_ADMINISTRATOR,
                    GLOBAL_ADMINISTRATOR)),
    SECRET(
            "Client secret or certificate",
            "Application.ReadWrite.All",
            Set.of(
                    APPLICATION_DEVELOPER,
                    CLOUD_APPLICATION_ADMINISTRATOR,
                    APPLICATION_ADMINISTRATOR,
                    GLOBAL_ADMINISTRATOR));

    private final String title;
    private final String creatingScope;
    private final Set<EntraRole> creators;
    private final String changingScope;
    private final Set<EntraRole> changers;

    Part(String title, String scope, Set<EntraRole> roles) {
        this(title, scope, roles, scope, roles);
    }

    Part(String title, String creatingScope, Set<EntraRole> creators, String changingScope, Set<EntraRole> changers) {
        this.title = title;
        this.creatingScope = creatingScope;
        this.creators = Collections.unmodifiableSet(EnumSet.copyOf(creators));
        this.changingScope = changingScope;
        this.changers = Collections.unmodifiableSet(EnumSet.copyOf(changers));
    }

    /** A few words for a line of the plan. */
    public String title() {
        return title;
    }

    /** The word in JSON, e.g. {@code service_principal}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The roles of which the administrator needs one. Nobody needs a role to keep something. */
    public Set<EntraRole> rolesFor(Action action) {
        return switch (action) {
            case CREATE, UNKNOWN -> creators;
            case CHANGE -> changers;
            case KEEP -> Set.of();
        };
    }

    /** The delegated permissions that the administrator's token needs besides those for reading. */
    public Set<String> scopesFor(Action action) {
        return switch (action) {
            case CREATE, UNKNOWN -> Set.of(creatingScope);
            case CHANGE -> Set.of(changingScope);
            case KEEP -> Set.of();
        };
    }
}
