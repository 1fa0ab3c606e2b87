package dev.gatehouse.setup.directory;

import java.util.Map;

/**
 * An application as it exists in a tenant.
 *
 * @param id the object id
 * @param appId the Application (client) ID
 * @param enabled whether it may sign in
 * @param appRoles the application permissions that it offers: name to id
 * @param scopes the delegated permissions that it offers: name to id
 */
public record ServicePrincipal(
        String id, String appId, boolean enabled, Map<String, String> appRoles, Map<String, String> scopes) {

    /** The Application ID of Microsoft Graph, the same in every tenant. */
    public static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";
}
