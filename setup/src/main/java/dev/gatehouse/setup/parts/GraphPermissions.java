package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.ServicePrincipal;
import org.jspecify.annotations.Nullable;

/** The ids of Microsoft Graph's permissions, as the Graph of one tenant gives them. */
final class GraphPermissions {

    private GraphPermissions() {}

    /**
     * The id of an application permission.
     *
     * @throws IllegalArgumentException when Graph offers no such permission, as in some national clouds
     */
    static String roleId(ServicePrincipal graph, String name) {
        return offered(graph.appRoles().get(name), name);
    }

    /**
     * The id of a delegated permission.
     *
     * @throws IllegalArgumentException when Graph offers no such permission, as in some national clouds
     */
    static String scopeId(ServicePrincipal graph, String name) {
        return offered(graph.scopes().get(name), name);
    }

    private static String offered(@Nullable String id, String name) {
        if (id == null) {
            throw new IllegalArgumentException(
                    "Microsoft Graph does not offer the permission %s in this cloud".formatted(name));
        }
        return id;
    }
}
