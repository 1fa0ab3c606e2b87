package dev.gatehouse.intake.diagnose;

/** Where in Microsoft's portals things are, as the portals write it. */
final class Portal {

    static final String OVERVIEW = "Entra admin center > App registrations > the application > Overview";
    static final String SECRETS = "Entra admin center > App registrations > the application > Certificates & secrets";
    static final String PERMISSIONS = "Entra admin center > App registrations > the application > API permissions";
    static final String AUTHENTICATION = "Entra admin center > App registrations > the application > Authentication";
    static final String PROPERTIES = "Entra admin center > Enterprise applications > the application > Properties";
    static final String CONDITIONAL_ACCESS = "Entra admin center > Conditional Access > Policies";
    static final String SIGN_IN_LOGS =
            "Entra admin center > Monitoring & health > Sign-in logs > Service principal sign-ins";

    static final String USER_SIGN_IN_LOGS = "Entra admin center > Monitoring & health > Sign-in logs > User sign-ins";

    private Portal() {}
}
